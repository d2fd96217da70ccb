"""Keeping the worklist's columns: written with every reading and every sign-off, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.domain.instants import Instant, as_datetime, local_time, of_datetime, of_known
from server.domain.worklist import follow_up_at, silent_at, stage_of
from server.persistence.tables import Episode
from server.schemas.fields import parse_moment


def place(episode: Episode, reading: Mapping[str, Any] | None) -> None:
    """Work out where an episode stands, from its row and its reading (None while it has none)."""
    silent = follow_up = None
    if episode.status == "performed" and episode.performed_at is not None:
        t0, local = of_datetime(episode.performed_at), local_time(episode.zone)
        signed, ended = of_known(episode.signed_at), _ended(episode)
        silent = silent_at(t0, local, of_known(episode.last_entry_at), ended)
        if silent is not None and signed is not None and signed > silent:
            silent = None  # read as it is: the silence is known until the diary speaks again
        follow_up = follow_up_at(t0, local, signed, ended)
    episode.silent_at = None if silent is None else as_datetime(silent)
    episode.follow_up_at = None if follow_up is None else as_datetime(follow_up)
    episode.stage = stage_of(episode.status, reading, episode.sign_state, more_to_come=follow_up is not None)


def _ended(episode: Episode) -> Instant | None:
    """The first event that ends the reading."""
    told = (parse_moment(event["at"]) for event in episode.record.get("events") or [])
    return min((of_datetime(moment) for moment in told if moment is not None), default=None)
