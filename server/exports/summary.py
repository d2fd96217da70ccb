"""The four answers of a reading as sentences a physician can put into the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.charts.words import joined
from server.exports import claims

Json = Mapping[str, Any]

TITLES: Mapping[str, str] = {
    "anaesthetic": "Anaesthetic phase",
    "flare": "Flare",
    "steroid": "Steroid onset",
    "duration": "Duration",
}

_SHAPES: Mapping[str, str] = {
    "pending": "The course is still open.",
    "not_readable": "The anaesthetic phase could not be read, so the course as a whole carries no label.",
    "prolonged": "Relief held from the first hours on, for longer than the anaesthetic alone explains.",
    "flare_then_relief": "Pain rose above baseline first; relief followed.",
    "anaesthetic_then_steroid": "The anaesthetic took the pain away, and lasting relief followed.",
    "delayed_steroid_only": "The anaesthetic did not clearly take the pain away; lasting relief came later.",
    "anaesthetic_only": "The anaesthetic took the pain away; no lasting relief followed.",
    "none": "Neither the first hours nor the weeks after brought clear relief.",
}

_GRADES: Mapping[str, str] = {"A": "high", "B": "good", "C": "limited", "D": "low"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers: `sentence` claims, `reasons` say why, `evidence` names the entries by id."""

    key: Literal["anaesthetic", "flare", "steroid", "duration"]
    title: str
    sentence: str
    reasons: tuple[str, ...]
    evidence: tuple[str, ...]


def answers(reading: Json, procedure: Json) -> list[Answer]:
    """The four answers in the order of the course, from the plain JSON of a reading and its procedure."""
    evidence = reading["evidence"]
    return [
        _answer("anaesthetic", claims.anaesthetic(reading, procedure), reading, evidence["anaesthetic"]),
        _answer("flare", claims.flare(reading), reading, evidence["flare"]),
        _answer("steroid", claims.steroid(reading), reading, evidence["onset"]),
        _answer("duration", claims.duration(reading), reading, evidence["loss"]),
    ]


def shape_sentence(reading: Json) -> str:
    """The course as a whole in one sentence."""
    return _SHAPES[reading["shape"]]


def confidence_sentence(reading: Json) -> str:
    """The grade of confidence with every reason in plain words."""
    confidence = reading["confidence"]
    grade = confidence["grade"]
    return " ".join(
        [f"Confidence {grade}, {_GRADES[grade]}.", *_gathered(claims.texts(confidence["reasons"]))]
    )


def caution(reading: Json, procedure: Json) -> str:
    """What the block can say about the root as the source, and what it cannot.

    Sensitivity of nerve root blocks is far better than their specificity (Beynon 2019, BMJ Open 9:e025790),
    so a negative block says more than a positive one.
    """
    root = str(procedure.get("level") or "this root")
    verdict = reading["anaesthetic"]["verdict"]
    if verdict in claims.POSITIVE:
        return f"Consistent with {root} as the source; a positive block alone does not prove it."
    if verdict == "negative":
        return (
            f"Argues against {root} as the source. A nerve root block rules out more readily than it proves, "
            "but one that missed the root looks the same."
        )
    if verdict in ("equivocal", "unconfirmed"):
        return f"Neither supports nor argues against {root} as the source."
    still = "still open" if verdict == "pending" else "not answered by this diary"
    return f"Whether {root} is the source is {still}."


def paragraph(reading: Json, procedure: Json) -> str:
    """The whole reading as plain text of one paragraph, for the record or a letter."""
    sentences = [answer.sentence for answer in answers(reading, procedure)]
    parts = [*sentences, shape_sentence(reading), caution(reading, procedure), confidence_sentence(reading)]
    return " ".join(parts)


def _answer(
    key: Literal["anaesthetic", "flare", "steroid", "duration"],
    sentence: str,
    reading: Json,
    evidence: list[str],
) -> Answer:
    return Answer(key, TITLES[key], sentence, tuple(claims.texts(reading[key]["reasons"])), tuple(evidence))


def _gathered(texts: list[str]) -> list[str]:
    """Reasons with one heading, such as `Unknown: …`, drawn together into one sentence."""
    found: dict[str, list[str]] = {}
    for text in texts:
        heading, colon, rest = text.partition(": ")
        found.setdefault(heading if colon else text, []).append(rest.rstrip("."))
    return [f"{heading}: {joined(rest)}." if any(rest) else heading for heading, rest in found.items()]
