"""Readings and invitations in the form people see: words, a picture, a QR code."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import segno

from server.charts.course import Course
from server.charts.palette import Theme
from server.charts.panels import Layout
from server.charts.picture import draw
from server.charts.reading_json import course_from
from server.domain.criteria import LINE_SOURCES, SETS, find_criteria
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.domain.series import grade_entries
from server.domain.thresholds import verdicts_under
from server.exports import summary
from server.exports.basis import ANSWERED, basis
from server.exports.count_figures import confidence_figures, count_figures
from server.exports.figures import figures
from server.services.enrolment import Invitation
from server.services.review import EpisodeReading


def with_qr(invitation: Invitation) -> dict[str, Any]:
    """The invitation with its link as a QR code; the six digits are never part of the picture."""
    picture = io.BytesIO()
    segno.make(invitation.link, error="m", micro=False).save(
        picture, kind="svg", scale=1, border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return {
        "enrolment_id": invitation.enrolment_id,
        "link": invitation.link,
        "qr_svg": picture.getvalue().decode(),
        "code": invitation.code,
        "expires_at": invitation.expires_at,
    }


def in_words(found: EpisodeReading, criteria: str | None) -> dict[str, Any]:
    """The reading with its four answers, every number opened, and what other lines would make of it.

    With another criteria set than the one in force it is read anew and kept nowhere.
    """
    procedure = found.diary["procedure"]
    episode = parse_episode(found.diary)
    chosen = find_criteria(criteria or found.reading["criteria"])
    full = read(episode, chosen)
    body = found.reading if criteria is None else to_json(full)
    return {
        "reading": body,
        "read_at": found.read_at,
        "what_if": body["criteria"] != found.reading["criteria"],
        "answers": summary.answers(body, procedure),
        "shape_sentence": summary.shape_sentence(body),
        "confidence_sentence": summary.confidence_sentence(body),
        "caution": summary.caution(body, procedure),
        "figures": [
            *figures(full, body, chosen),
            *count_figures(full, body),
            *confidence_figures(full, chosen),
        ],
        "basis": {key: basis(key, chosen, full.window) for key in ANSWERED},
        "lines": [
            {
                "criteria": one.label,
                "line": one.positive_line,
                "verdict": verdict,
                "source": LINE_SOURCES[one.name],
            }
            for one, verdict in zip(SETS, verdicts_under(episode), strict=True)
        ],
    }


def as_chart(found: EpisodeReading, *, theme: Theme, layout: Layout, criteria: str | None) -> str:
    """The phase chart as SVG text, under another criteria set if one is named."""
    if criteria is not None:
        found = replace(found, reading=to_json(read(parse_episode(found.diary), find_criteria(criteria))))
    return draw(as_course(found), theme=theme, layout=layout)


def as_course(found: EpisodeReading) -> Course:
    """The course that charts are drawn from."""
    grades = {graded.entry.name: graded.grade for graded in grade_entries(parse_episode(found.diary))}
    return course_from(found.diary, found.reading, grades, set(found.edited))
