"""What is said of a repeat injection or surgery that ends the reading."""

from server.domain.reasons import Reason, reason
from server.domain.series import Series


def read_to(series: Series, last_day: int | None = None) -> tuple[Reason, ...]:
    """That the diary is read to an event; nothing without one, or where it came after `last_day`."""
    ending = series.ending
    if ending is None:
        return ()
    day = series.day(ending.at)
    if last_day is not None and day > last_day:
        return ()
    return (reason("read_to_repeat" if ending.kind == "repeat" else "read_to_surgery", day=day),)
