"""Which entries and which planned check-ins stand behind each count of a reading."""

from __future__ import annotations

from typing import NamedTuple

from server.domain.schedule import Slot
from server.domain.series import Series

Names = tuple[str, ...]


class Counted(NamedTuple):
    """The entries of each count by name, in order of description, and the check-ins nobody filled."""

    on_time: Names
    late: Names
    back_filled: Names
    skipped: Names
    extra: Names
    missing: tuple[Slot, ...]


def behind_counts(series: Series) -> Counted:
    """What `count` adds up. The check-in before the injection is filled by the baseline and has no entry."""
    grades: dict[str, list[str]] = {"on_time": [], "late": [], "back_filled": [], "skipped": [], "extra": []}
    filled = set[str]()
    for place, (entry, grade) in enumerate(zip(series.entries, series.grades, strict=True)):
        slot = series.fillings.get(place)
        if slot is not None and slot.expected:
            filled.add(slot.key)
            grades[grade].append(entry.name)
        else:
            grades["skipped" if grade == "skipped" else "extra"].append(entry.name)
    missing = (
        slot
        for slot in (*series.now_slots, *series.average_slots.slots)
        if slot.expected and slot.closes <= series.as_of and slot.key not in filled
    )
    named = {key: tuple(names) for key, names in grades.items()}
    return Counted(**named, missing=tuple(sorted(missing, key=lambda slot: slot.planned)))
