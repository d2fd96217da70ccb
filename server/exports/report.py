"""The one-page report of an episode: what the page says, from the plain JSON of a diary and its reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from server.charts.course import Course
from server.charts.picture import draw
from server.charts.wording import description
from server.charts.words import anaesthetics, figure, joined
from server.exports import effects, signature, summary
from server.exports.dates import day_of, local
from server.exports.signature import Signature
from server.exports.typesetting import Paper, for_paper, typeset

Json = Mapping[str, Any]

FLAGS: Final[Mapping[str, str]] = {
    "single_point_baseline": "Baseline is a single score",
    "low_baseline": "Baseline below 4/10",
    "low_precision": "Gaps of more than two weeks make the timing imprecise",
    "clock_suspect": "A phone's clock was off",
}
COUNTS: Final = ("expected", "on_time", "late", "back_filled", "missing", "skipped", "extra")
SUM: Final = (
    "Expected = on time + late + back-filled + missing. Entries that tell why there is no score (skipped) "
    "and extra ones stand beside them."
)
LONGEST_LINE: Final = 90
DISCLAIMER: Final = "Supports a physician's judgement and does not replace it."


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose page it is and where it was made; `born_on` None where it is not known."""

    clinic: str
    name: str
    record_number: str
    born_on: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """What the page was made from: the diary and reading as JSON, its course, and their version."""

    diary: Json
    reading: Json
    record: Json
    course: Course
    read_at: datetime
    version: int
    """The clinic's change number up to which the episode was read."""
    signature: Signature | None = None


def episode_report(heading: Heading, source: Source, paper: Paper, now: datetime) -> bytes:
    """The page as PDF."""
    return typeset("episode", content(heading, source, paper, now), now)


def paragraph(source: Source) -> str:
    """The reading as one dated paragraph of plain text, without the patient's name."""
    diary, reading = source.diary, source.reading
    procedure, zone = diary["procedure"], str(diary["zone"])
    given = joined([*map(_drug, anaesthetics(procedure))]) or "anaesthetic not recorded"
    steroid = _steroid(procedure)
    drugs = f"{given}, {'no steroid' if steroid == 'none' else steroid}" if steroid else given
    return (
        f"Selective nerve root block {root_name(procedure)}, {moment(procedure, zone)} ({drugs}), "
        f"pain before {figure(reading['baseline']['pre'])}/10. {summary.paragraph(reading, procedure)} "
        f"Read {local(source.read_at, zone)} from the patient's diary by criteria {reading['criteria']}, "
        f"data version {source.version}. {signature.paragraph(source.signature, procedure, zone)}"
    )


def content(heading: Heading, source: Source, paper: Paper, now: datetime) -> dict[str, Any]:
    """Everything the page says, as plain data."""
    diary, reading = source.diary, source.reading
    procedure, zone = diary["procedure"], str(diary["zone"])
    root = root_name(procedure)
    return {
        "paper": paper,
        "lang": "en",
        "title": f"Outcome of a nerve root block: {line(heading.name)}, {root}",
        "description": description(source.course),
        "clinic": line(heading.clinic),
        "kind": "Outcome after a selective nerve root block",
        "status": signature.status(source.signature, zone),
        "patient": {
            "name": line(heading.name),
            "facts": [*facts_of(heading), root, f"T0 {moment(procedure, zone)}"],
        },
        "chart": for_paper(draw(source.course, layout="paper")),
        "chart-alt": f"Phase chart. {description(source.course)}",
        "caution": summary.caution(reading, procedure),
        "shape": summary.shape_sentence(reading),
        "answers": [
            {"title": answer.title, "sentence": answer.sentence, "reasons": list(answer.reasons)}
            for answer in summary.answers(reading, procedure)
        ],
        "decision": _decision(source.signature, procedure),
        "confidence": summary.confidence_sentence(reading),
        "counts": [
            [name.replace("_", "-" if name == "back_filled" else " "), reading["data"][name]]
            for name in COUNTS
        ],
        "sum": SUM,
        "flags": flags(reading),
        "procedure": procedure_rows(source.record, procedure),
        "effects": effects.rows(diary, reading),
        "foot": f"Read {local(source.read_at, zone)} ({zone}) by criteria {reading['criteria']}, "
        f"data version {source.version}, episode {diary['episode_id']}. {DISCLAIMER}",
        "foot-right": f"Afterblock · made {local(now, zone)}",
    }


def _decision(signed: Signature | None, procedure: Json) -> Json | None:
    """What the physician concluded, with the note; None while nobody has signed."""
    if signed is None:
        return None
    return {
        "sentence": signature.concluded(signed.conclusion, procedure),
        "note": " ".join((signed.note or "").split()),
    }


def facts_of(heading: Heading) -> list[str]:
    """Number and date of birth."""
    born = [] if heading.born_on is None else [f"born {day_of(heading.born_on)}"]
    return [f"No. {heading.record_number}", *born]


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """A text that people wrote, short enough to leave the page its shape."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[:longest].rstrip()}…"


def flags(reading: Json) -> list[str]:
    """What limits the data, in words, each once."""
    codes = dict.fromkeys((*reading["baseline"]["flags"], *reading["data"]["flags"]))
    return [FLAGS.get(code, code.replace("_", " ")) for code in codes]


def root_name(procedure: Json) -> str:
    """The root as staff say it: `L5 left`."""
    return " ".join(str(procedure[key]) for key in ("level", "side") if procedure.get(key)) or "root unknown"


def moment(procedure: Json, zone: str) -> str:
    """T0 on the patient's clock."""
    return local(datetime.fromisoformat(procedure["performed_at"]), zone)


def procedure_rows(record: Json, procedure: Json) -> list[list[str]]:
    """The procedure record as pairs of name and value; what nobody recorded is left out."""
    given: Sequence[tuple[str, str | None]] = (
        ("Root", f"{root_name(procedure)}, {procedure['region']}" if procedure.get("region") else None),
        ("Indication", _plain(procedure.get("indication"))),
        ("Same session", ", ".join(procedure.get("further_levels") or ())),
        ("Approach", line(record.get("approach") or "")),
        ("Guidance", _plain(procedure.get("guidance"))),
        ("Contrast", _listed(procedure.get("contrast_spread"))),
        ("Anaesthetic", joined([_drug(part) for part in anaesthetics(procedure)]) or "not recorded"),
        ("Steroid", _steroid(procedure)),
        ("Sedation", _yes_no(procedure.get("sedation"))),
        ("Usual pain provoked", _yes_no(procedure.get("concordant_pain_provoked"))),
        ("Provocable before", _yes_no(procedure.get("provocable_before"))),
        ("Complications", _complications(record)),
        ("Operator", line(record.get("operator") or "")),
        ("Ended by", _ending(record)),
    )
    return [[name, value] for name, value in given if value]


def _plain(code: str | None) -> str | None:
    return None if code is None else code.replace("_", " ").capitalize()


def _listed(codes: Sequence[str] | None) -> str | None:
    return _plain(", ".join(codes)) if codes else None


def _complications(record: Json) -> str | None:
    found = record.get("complications")
    return None if found is None else _listed([one["code"] for one in found]) or "none"


def _yes_no(told: bool | None) -> str | None:  # noqa: FBT001 a recorded answer
    return None if told is None else "yes" if told else "no"


def _ending(record: Json) -> str | None:
    """The first repeat or operation: it ends the reading."""
    events = sorted(
        (datetime.fromisoformat(event["at"]), event["kind"]) for event in record.get("events") or []
    )
    return None if not events else f"{events[0][1]}, {day_of(events[0][0])}"


def _drug(part: Json) -> str:
    strength = f" {part['concentration_percent']:g} %" if part.get("concentration_percent") else ""
    volume = f" {part['volume_ml']:g} mL" if part.get("volume_ml") else ""
    return f"{part['drug']}{strength}{volume}{' with adrenaline' if part.get('adrenaline') else ''}"


def _steroid(procedure: Json) -> str | None:
    if "steroid" not in procedure:
        return None
    given = procedure["steroid"]
    if given is None:
        return "none"
    return f"{given['drug']} {given['dose_mg']:g} mg" if given.get("dose_mg") else str(given["drug"])
