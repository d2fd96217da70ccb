"""Side effects per injection, beside the rates published for selective nerve root injections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.codes import SIDE_EFFECTS
from server.domain.instants import MINUTE
from server.domain.rates import Rate
from server.domain.series import Series

IMMEDIATE_MINUTES: Final = 70
"""The early check-ins with their tolerance. A design choice: the published question came straight after."""

PARTS: Final = MappingProxyType(
    {"cervical": "cervical", "thoracic": "thoracic", "lumbar": "lumbosacral", "sacral": "lumbosacral"}
)
"""The part of the spine a region belongs to, as the published rates are grouped."""
UNKNOWN_PART: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """Rates from one paper, in percent of injections; what could not be verified in the paper is left out."""

    source: str
    injections: int
    any_immediate: float
    immediate: MappingProxyType[str, MappingProxyType[str, float]]


HUSTON: Final = Published(
    source="Huston 2005, Arch Phys Med Rehabil 86:277-83 "
    "(306 injections in 151 patients, asked straight after)",
    injections=306,
    any_immediate=39.4,
    immediate=MappingProxyType(
        {
            "lumbosacral": MappingProxyType(
                {
                    "injection_site_pain": 17.1,
                    "increased_radicular_pain": 8.8,
                    "lightheadedness": 6.5,
                    "increased_spinal_pain": 5.1,
                    "nausea": 3.7,
                    "headache": 1.4,
                    "vomiting": 0.5,
                }
            ),
            "cervical": MappingProxyType({"injection_site_pain": 22.7}),
        }
    ),
)


class SideEffects(NamedTuple):
    """What one diary reports: `asked` early and `entered` at all say whether silence means none."""

    asked: bool
    entered: bool
    immediate: frozenset[str]
    ever: frozenset[str]


def side_effects_of(series: Series) -> SideEffects:
    """The side effects one diary reports between T0 and what ended it.

    A skipped check-in that reports nothing is no answer; an entry with a suspect clock is none about the
    first hour.
    """
    until = series.t0 + IMMEDIATE_MINUTES * MINUTE
    end = series.as_of if series.ending is None else series.ending.at
    early: set[str] = set()
    ever: set[str] = set()
    asked = entered = False
    for entry, grade in zip(series.entries, series.grades, strict=True):
        codes = {effect.code for effect in entry.answers.side_effects if effect.code is not None}
        silent = entry.answers.skipped is not None and not codes
        if silent or not series.t0 <= entry.taken_at <= end:
            continue
        entered = True
        ever |= codes
        if entry.taken_at <= until and grade != "clock_suspect":
            asked = True
            early |= codes
    return SideEffects(asked, entered, frozenset(early), frozenset(ever))


Masks = NDArray[np.uint16]
_BITS: Final = {code: 1 << place for place, code in enumerate(SIDE_EFFECTS)}


@lru_cache(maxsize=10_000)
def mask_of(codes: frozenset[str]) -> int:
    """Side effects as bits, in the order of the code list."""
    return sum(_BITS[code] for code in codes)


class SideEffectRow(NamedTuple):
    """One side effect (or `any` of them) in one part of the spine, per injection.

    `immediate` is out of the injections with an early answer, `ever` out of those with any entry. Side
    effects come together: rows do not add up. `published` is in percent and stands beside `immediate`.
    """

    part: str
    code: str
    immediate: Rate
    ever: Rate
    published: float | None


def side_effect_rows(
    part: str, immediate: Masks, ever: Masks, asked: NDArray[np.bool_], entered: NDArray[np.bool_]
) -> list[SideEffectRow]:
    """The rows of one part of the spine (`all` for the whole), `any` first; one place for each injection."""
    early, whole = immediate[asked], ever[entered]
    published: Mapping[str, float] = HUSTON.immediate.get(part, {})
    anything = HUSTON.any_immediate if part == "all" else None
    rows = [SideEffectRow(part, "any", _rate(early != 0), _rate(whole != 0), anything)]
    for code, bit in _BITS.items():
        rates = _rate((early & bit) != 0), _rate((whole & bit) != 0)
        rows.append(SideEffectRow(part, code, *rates, published.get(code)))
    return rows


def _rate(found: NDArray[np.bool_]) -> Rate:
    return Rate(int(found.sum()), len(found))
