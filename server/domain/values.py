"""Checks of single values of a diary: each returns the value, or raises DiaryError naming only the key."""

from collections.abc import Container, Mapping
from typing import Any

from server.domain.codes import ERRORS
from server.domain.instants import Instant, day_of_date, instant

Number = int | float


class DiaryError(ValueError):
    """A diary that cannot be read: a code of `codes.ERRORS` and a sentence that holds no health data."""

    def __init__(self, code: str, path: str = "") -> None:
        self.code = code
        self.path = path
        super().__init__(code, path)

    @property
    def detail(self) -> str:
        """The sentence for people, with the key's path and never its value."""
        return ERRORS[self.code].format(path=self.path)

    def under(self, parent: str) -> "DiaryError":
        """The same error seen from the object that holds the key."""
        inner = f"{parent}.{self.path}" if self.path else parent
        return DiaryError(self.code, inner)


def required(raw: Mapping[str, Any], key: str) -> Any:
    """The value of a key that must be given and not null."""
    value = raw.get(key)
    if value is None:
        raise DiaryError("missing", key)
    return value


def whole(value: object, key: str, low: int, high: int) -> int:
    """A whole number in a range; 3.0 is 3, true and "3" are not numbers."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int:
        raise DiaryError("out_of_range" if type(value) is float else "wrong_type", key)
    if not low <= value <= high:
        raise DiaryError("out_of_range", key)
    return value


def real(value: object, key: str) -> Number:
    """A finite number."""
    if type(value) is not int and type(value) is not float:
        raise DiaryError("wrong_type", key)
    try:
        finite = float("-inf") < float(value) < float("inf")
    except OverflowError:
        finite = False
    if not finite:
        raise DiaryError("out_of_range", key)
    return value


def within(value: object, key: str, low: int, high: int) -> Number:
    """A real number in a range, both ends included."""
    number = real(value, key)
    if not low <= number <= high:
        raise DiaryError("out_of_range", key)
    return number


def amount(value: object, key: str) -> Number:
    """A real number above 0: a volume, a dose, a concentration."""
    number = real(value, key)
    if number <= 0:
        raise DiaryError("out_of_range", key)
    return number


def choice(value: object, key: str, codes: Container[str]) -> str:
    """One code of a list."""
    if type(value) is not str:
        raise DiaryError("wrong_type", key)
    if value not in codes:
        raise DiaryError("unknown_code", key)
    return value


def text(value: object, key: str) -> str:
    """A string."""
    if type(value) is not str:
        raise DiaryError("wrong_type", key)
    return value


def answer(value: object, key: str) -> bool:
    """A yes or no."""
    if type(value) is not bool:
        raise DiaryError("wrong_type", key)
    return value


def moment(value: object, key: str) -> Instant:
    """A time as microseconds since 1970."""
    try:
        return instant(value)
    except ValueError:
        raise DiaryError("bad_time", key) from None


def local_date(value: object, key: str) -> int:
    """A date as days since 1970-01-01."""
    try:
        return day_of_date(value)
    except ValueError:
        raise DiaryError("bad_date", key) from None


def mapping(value: object, key: str) -> Mapping[str, Any]:
    """A JSON object."""
    if not isinstance(value, Mapping):
        raise DiaryError("wrong_type", key)
    return value


def items(value: object, key: str) -> list[Any] | tuple[Any, ...]:
    """A JSON array."""
    if not isinstance(value, list | tuple):
        raise DiaryError("wrong_type", key)
    return value
