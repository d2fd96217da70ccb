"""Patients' English reads at about grade 6 (Flesch-Kincaid); the other languages follow its sentences."""

import json
import re
import subprocess
import warnings
from collections import defaultdict
from pathlib import Path

import pytest
import textstat

PWA = Path(__file__).parents[1] / "pwa"
GRADE = 6
HARDEST_SENTENCE = 12
"""One sentence alone: "emergency department" weighs heavily where there are few other words."""
SHORTEST_SENTENCE = 4
"""Fewer words are a label, of which the formula makes nothing sensible: one long word is grade 20."""
FEWEST = 5
"""Sentences a part needs to have a level."""


def grade(text: str) -> float:
    with warnings.catch_warnings():
        # The word list is read at the first use, by a library that leaves the file to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        return float(textstat.flesch_kincaid_grade(text))


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[str]]:
    """Every English sentence once, by the part of the app."""
    printed = subprocess.run(
        ["node", "build/texts.mjs"], cwd=PWA, check=True, capture_output=True, text=True, timeout=120
    ).stdout
    parts: dict[str, list[str]] = defaultdict(list)
    for path, text in json.loads(printed)["en"].items():
        part = path.split(".")[1]
        for sentence in re.split(r"(?<=[.?:])\s+", text):
            whole = sentence if re.search(r"[.?:]$", sentence) else f"{sentence}."
            if len(whole.split()) >= SHORTEST_SENTENCE and whole not in parts[part]:
                parts[part].append(whole)
    return parts


def test_every_part_of_the_app_is_easy_to_read(sentences: dict[str, list[str]]):
    levels = {part: grade(" ".join(texts)) for part, texts in sentences.items() if len(texts) >= FEWEST}

    assert len(levels) >= 8
    assert {part: level for part, level in levels.items() if round(level) > GRADE} == {}


def test_no_single_sentence_is_hard(sentences: dict[str, list[str]]):
    hard = {text: grade(text) for texts in sentences.values() for text in texts}

    assert {text: level for text, level in hard.items() if level > HARDEST_SENTENCE} == {}


def test_the_measure_tells_hard_words_from_easy_ones():
    easy = "Call your clinic now. Do not drive."
    hard = "Immediate ambulatory consultation regarding neurological deterioration is recommended."

    assert grade(easy) < GRADE < HARDEST_SENTENCE < grade(hard)
