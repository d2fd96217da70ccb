"""The four answers of a reading as sentences a physician can put into the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.charts.headlines import awaits_relief
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

_SO_FAR: Mapping[str, str] = {
    "anaesthetic_only": "The anaesthetic took the pain away; no lasting relief has followed yet.",
    "none": "Neither the first hours nor the days since have brought clear relief so far.",
}
"""Without a steroid a shape is named before lasting relief could have come."""

_CUT_SHORT = {"none", "anaesthetic_only", "not_readable", "pending"}
"""Shapes that an event may have kept from becoming another."""

_GRADES: Mapping[str, str] = {"A": "high", "B": "good", "C": "limited", "D": "low"}
_FEW_DUE = 4
"""With fewer check-ins due after the injection a grade says little: none of them can be A."""

_LIMITS: Mapping[str, str] = {
    "low_baseline": "a low baseline",
    "verdict_indeterminate": "an unreadable anaesthetic phase",
}
_CONFOUNDERS: Mapping[str, str] = {
    "confounder_sedation": "sedation",
    "confounder_rescue": "an analgesic in the diagnostic window",
    "confounder_volume": "the volume injected",
    "confounder_no_provocation": "no provoking activity tried",
    "confounder_no_provocation_yet": "no provoking activity tried yet",
    "confounder_not_numb": "a limb not numb",
    "confounder_not_numb_yet": "a limb not numb yet",
}
_UNKNOWN: Mapping[str, str] = {
    "unknown_sedation": "sedation",
    "unknown_volume": "the volume",
    "unknown_provocation": "provoking activity",
    "unknown_numbness": "numbness",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers: `sentence` claims, `reasons` say why, `evidence` names the entries by id.

    What the sentence quotes of the reasons word for word is not among them again.
    """

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
    """The course as a whole in one sentence, and in another the event that may have cut it short."""
    shape = reading["shape"]
    note = claims.read_to(reading["steroid"]["reasons"]) if shape in _CUT_SHORT else ""
    told = _SO_FAR.get(shape) if awaits_relief(reading) else None
    return f"{told or _SHAPES[shape]} {note}".rstrip()


def confidence_sentence(reading: Json) -> str:
    """The grade of confidence with what it rests on, in short; the reasons themselves say more."""
    confidence = reading["confidence"]
    reasons, grade = confidence["reasons"], confidence["grade"]
    parts = [f"Confidence {grade}, {_trust(grade, reading['data'])}"]
    if limits := _named(reasons, _LIMITS):
        parts.append(f"limited by {limits}")
    if confounders := _named(reasons, _CONFOUNDERS):
        parts.append(f"confounded by {confounders}")
    if unknown := _named(reasons, _UNKNOWN):
        parts.append(f"not known: {unknown}")
    if note := claims.read_to(reasons):
        parts.append(note[0].lower() + note.partition(";")[0][1:])
    return "; ".join(parts) + "."


def _trust(grade: str, data: Json) -> str:
    """The grade in a word and the check-ins behind it, in the first hours that they are too few."""
    due = data["expected"] - 1  # the check-in before the injection is the baseline
    if grade != "D" and due < _FEW_DUE:
        count = (
            "no check-in was"
            if due < 1
            else "only 1 check-in was"
            if due == 1
            else f"only {due} check-ins were"
        )
        return f"too early to grade well: {count} due after the injection"
    return f"{_GRADES[grade]}: {data['on_time']} of {data['expected']} check-ins on time"


def _named(reasons: list[Json], names: Mapping[str, str]) -> str:
    return joined([names[reason["code"]] for reason in reasons if reason["code"] in names])


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
    return _said_once(" ".join(parts), claims.read_to(reading["confidence"]["reasons"]))


def _said_once(text: str, note: str) -> str:
    """The text with only the first of several equal notes."""
    first, found, rest = text.partition(note) if note else (text, "", "")
    return first + found + rest.replace(f" {note}", "") if found else text


def _answer(
    key: Literal["anaesthetic", "flare", "steroid", "duration"],
    sentence: str,
    reading: Json,
    evidence: list[str],
) -> Answer:
    """An answer; a reason that its sentence already says word for word is not said again."""
    reasons = (text for text in claims.texts(reading[key]["reasons"]) if text not in sentence)
    return Answer(key, TITLES[key], sentence, tuple(reasons), tuple(evidence))
