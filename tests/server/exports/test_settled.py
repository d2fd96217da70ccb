from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.exports import settled as module
from server.exports.settled import Settled, settled

DIARIES = Path(__file__).parents[2] / "data" / "simulated-episodes.jsonl"
CRITERIA = "snrb-default/1"


def test_the_tables_of_one_export_ask_once(monkeypatch: pytest.MonkeyPatch):
    lines = DIARIES.read_text().splitlines()[:2]
    diaries = [json.loads(line) for line in lines]
    wanted = [settled(diary, CRITERIA) for diary in diaries]
    asked: list[str] = []

    def counting(diary: dict[str, str], criteria: str) -> str:
        asked.append(diary["episode_id"])
        return settled(diary, criteria)

    monkeypatch.setattr(module, "settled", counting)
    since = Settled()
    for _ in range(3):
        assert [since(diary, CRITERIA) for diary in diaries] == wanted
    assert len(asked) == 2
    since(diaries[0] | {"as_of": None}, CRITERIA)
    assert len(asked) == 3, "another diary is another question"
