"""Readings and invitations in the form people see: words, a picture, a QR code."""

from __future__ import annotations

import io
from typing import Any

import segno

from server.charts.course import Course
from server.charts.palette import Theme
from server.charts.panels import Layout
from server.charts.picture import draw
from server.charts.reading_json import course_from
from server.domain.diary import parse_episode
from server.domain.series import grade_entries
from server.exports import summary
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


def in_words(found: EpisodeReading) -> dict[str, Any]:
    """The reading with its four answers, shape and confidence in sentences."""
    procedure = found.diary["procedure"]
    return {
        "reading": found.reading,
        "read_at": found.read_at,
        "answers": summary.answers(found.reading, procedure),
        "shape_sentence": summary.shape_sentence(found.reading),
        "confidence_sentence": summary.confidence_sentence(found.reading),
        "caution": summary.caution(found.reading, procedure),
    }


def as_chart(found: EpisodeReading, *, theme: Theme, layout: Layout) -> str:
    """The phase chart as SVG text."""
    return draw(as_course(found), theme=theme, layout=layout)


def as_course(found: EpisodeReading) -> Course:
    """The course that charts are drawn from."""
    grades = {graded.entry.name: graded.grade for graded in grade_entries(parse_episode(found.diary))}
    return course_from(found.diary, found.reading, grades, set(found.edited))
