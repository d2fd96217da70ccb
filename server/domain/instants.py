"""Moments in time as whole microseconds, and the patient's wall clock around them."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

Instant = int
"""Microseconds since 1970-01-01T00:00:00 UTC; whole numbers keep every comparison exact."""

MINUTE: Instant = 60_000_000
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)
_RFC_3339 = re.compile(
    r"(?:19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_DATE = re.compile(r"(?:19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}")
_matches_rfc_3339 = _RFC_3339.fullmatch
_read = datetime.fromisoformat  # it reads no small "z", which RFC 3339 allows
_HOURS: dict[str, Instant] = {}
_MINUTES: dict[str, Instant] = {}
_REMEMBERED = 40_000  # parts of times in all: about 4 MB
_KNOWN_DAYS = 4_000  # about eleven years per zone: bounds the memory of a long run


def instant(text: object) -> Instant:
    """Read RFC 3339 with seconds and an offset, years 1900-2200; ValueError for anything else."""
    if type(text) is not str:
        raise ValueError("not a time")
    try:
        # Hours of a date, and minutes with their offset, repeat: two look-ups are faster than reading.
        return _HOURS[text[:13]] + _MINUTES[text[13:]]
    except KeyError:
        return _read_anew(text)


def instants(texts: Iterable[Any]) -> list[Instant]:
    """Read many times as `instant` reads one; TypeError or ValueError when one of them is not a time."""
    hours, minutes = _HOURS, _MINUTES
    try:
        return [hours[text[:13]] + minutes[text[13:]] for text in texts]
    except KeyError:
        return [*map(instant, texts)]


def _read_anew(text: str) -> Instant:
    """Read a time and remember its parts, as far as they are whole seconds and there is room."""
    if not _matches_rfc_3339(text):
        raise ValueError("not a time")
    moment = _read(text if text[-1] != "z" else text[:-1] + "Z")
    offset = (moment.utcoffset() or timedelta()) // _MICROSECOND
    at = (moment - _EPOCH) // _MICROSECOND
    if len(_HOURS) + len(_MINUTES) < _REMEMBERED and "." not in text:
        hour = (at + offset) // HOUR * HOUR
        _HOURS[text[:13]] = hour
        _MINUTES[text[13:]] = at - hour
    return at


def offset_of(text: str) -> Instant:
    """The UTC offset, in microseconds, of a time that `instant` reads."""
    offset = _read(text.upper()).utcoffset()
    return (offset or timedelta()) // _MICROSECOND


def day_of_date(text: object) -> int:
    """Read YYYY-MM-DD as days since 1970-01-01; ValueError for anything else."""
    if type(text) is not str or not _DATE.fullmatch(text):
        raise ValueError("not a date")
    return date.fromisoformat(text).toordinal() - _EPOCH_DAY


def date_of_day(day: int) -> date:
    """The calendar date of a day counted from 1970-01-01."""
    return date.fromordinal(day + _EPOCH_DAY)


class LocalTime:
    """The wall clock of one zone. Offsets are remembered per UTC day, so most answers are one look-up."""

    __slots__ = ("_changing", "_fixed", "_offsets", "_zone")

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._fixed = zone.utcoffset(None) // _MICROSECOND if isinstance(zone, timezone) else None
        self._offsets: dict[int, Instant] = {}
        self._changing: set[int] = set()

    def offset(self, at: Instant) -> Instant:
        """UTC offset in microseconds at an instant."""
        offset = self._known(at // DAY)
        return self._exact(at) if offset is None else offset

    def day(self, at: Instant) -> int:
        """Local calendar day of an instant, in days since 1970-01-01."""
        offset = self._offsets.get(at // DAY)
        return (at + (self.offset(at) if offset is None else offset)) // DAY

    def days(self, moments: Sequence[Instant], first_day: int) -> list[int]:
        """Local calendar days of many instants as `day` gives each, counted from `first_day`."""
        if self._fixed is not None:
            since = first_day * DAY - self._fixed
            return [(at - since) // DAY for at in moments]
        offsets = [self._offsets.get(at // DAY) for at in moments]
        known = zip(moments, offsets, strict=True)
        return [
            (at + (self.offset(at) if offset is None else offset)) // DAY - first_day for at, offset in known
        ]

    def at(self, day: int, time_of_day: Instant = 0) -> Instant:
        """The instant at which the wall clock first shows a time on a local day.

        A time inside the hour skipped in spring is moved on by that hour.
        """
        wall = day * DAY + time_of_day
        if self._fixed is not None:
            return wall - self._fixed
        around = {self._known(day - 1), self._known(day), self._known(day + 1)}
        if len(around) == 1 and (offset := around.pop()) is not None:
            return wall - offset
        naive = _EPOCH.replace(tzinfo=None) + timedelta(microseconds=wall)
        shown = naive.replace(tzinfo=self._zone).utcoffset()
        return wall - (shown or timedelta()) // _MICROSECOND

    def text(self, at: Instant) -> str:
        """RFC 3339 in this zone, or in UTC where the zone's offset has seconds (before about 1930)."""
        moment = _EPOCH + timedelta(microseconds=at)
        whole_minutes = self.offset(at) % MINUTE == 0
        return moment.astimezone(self._zone if whole_minutes else UTC).isoformat()

    def _known(self, utc_day: int) -> Instant | None:
        offset = self._offsets.get(utc_day)
        return self._learn(utc_day) if offset is None else offset

    def _learn(self, utc_day: int) -> Instant | None:
        """Remember the offset of a UTC day; None when the zone changes its offset within it."""
        if utc_day in self._changing:
            return None
        if len(self._offsets) + len(self._changing) > _KNOWN_DAYS:
            self._offsets.clear()
            self._changing.clear()
        first, last = self._exact(utc_day * DAY), self._exact(utc_day * DAY + DAY - 1)
        if first != last:
            self._changing.add(utc_day)
            return None
        self._offsets[utc_day] = first
        return first

    def _exact(self, at: Instant) -> Instant:
        moment = (_EPOCH + timedelta(microseconds=at)).astimezone(self._zone)
        return (moment.utcoffset() or timedelta()) // _MICROSECOND


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    # "localtime" is this machine's own setting, not a name other machines know.
    return frozenset(available_timezones() - {"localtime"})


@lru_cache(maxsize=64)
def local_time(zone: str) -> LocalTime:
    """The wall clock of a zone by its IANA name; ValueError if the name is unknown."""
    if zone not in _zone_names():
        raise ValueError("not an IANA zone name")
    return LocalTime(ZoneInfo(zone))


@lru_cache(maxsize=64)
def fixed_time(offset: Instant) -> LocalTime:
    """The wall clock that is always the same offset (microseconds) away from UTC."""
    return LocalTime(timezone(timedelta(microseconds=offset)))


def of_datetime(moment: datetime) -> Instant:
    """The instant of an aware datetime."""
    return (moment - _EPOCH) // _MICROSECOND


def of_known(moment: datetime | None) -> Instant | None:
    """The instant of an aware datetime; None stays None."""
    return None if moment is None else of_datetime(moment)


def as_datetime(at: Instant) -> datetime:
    """An instant as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=at)
