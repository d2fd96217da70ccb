"""Criteria sets: every threshold of a reading, frozen under a name and a version, each with its source."""

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class DrugRow:
    """How long one anaesthetic answers the diagnostic question, after T0."""

    window_hours: int
    lower_minutes: int | None
    """Relief lasting from here to `prolonged_hours` fits the drug; None where that is not judged."""
    prolonged_hours: int


SHORT_ACTING: Final = DrugRow(2, 30, 6)
MEDIUM_ACTING: Final = DrugRow(3, 60, 8)
LONG_ACTING: Final = DrugRow(6, 120, 16)
UNKNOWN_DRUG: Final = DrugRow(4, None, 24)

_ROWS: Final = (
    ("lidocaine", SHORT_ACTING),
    ("mepivacaine", MEDIUM_ACTING),
    ("prilocaine", MEDIUM_ACTING),
    ("bupivacaine", LONG_ACTING),
    ("levobupivacaine", LONG_ACTING),
    ("ropivacaine", LONG_ACTING),
    ("unknown", UNKNOWN_DRUG),
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """One set of thresholds. Percentages are relief below baseline, days local, scores 0-10."""

    name: str
    version: int = 1
    positive_line: int = 50
    strong_line: int = 80
    equivocal_line: int = 30
    evaluable_baseline: int = 4
    lowest_baseline: int = 3
    daily_averages_needed: int = 4
    sedation_counts: bool = True
    points_needed: int = 3
    first_point_minutes: int = 70
    window_tolerance_minutes: int = 15
    merging_minutes: int = 8
    rescue_hours: int = 6
    premedication_hours: int = 4
    run_hours: int = 24
    large_volume_ml: float = 2
    large_volume_percent: int = 125
    small_volume_ml: float = 0.5
    small_volume_percent: int = 75
    selective_volume_ml: float = 0.5
    doubtful_volume_ml: float = 1
    widest_judged_hours: int = 6
    flare_from_hours: int = 6
    flare_rise: int = 2
    flare_dose_percent: int = 125
    flare_scale_end_above: int = 8
    flare_last_day: int = 7
    flare_return_day: int = 10
    flare_seen_days: int = 3
    flare_worse_from_day: int = 8
    flare_worse_until_day: int = 12
    flare_quiet_rise: int = 1
    flare_quiet_days: int = 3
    flare_begun_day: int = 3
    flare_spreads: float = 2.5
    variation_evenings: int = 20
    good_relief: int = 50
    some_relief: int = 30
    least_drop: int = 2
    onset_day: int = 14
    late_day: int = 28
    last_onset_day: int = 42
    weekly_apart_days: int = 8
    merged_day: int = 2
    return_relief: int = 20
    loss_run: int = 3
    loss_pair_days: int = 5
    analgesic_ends: bool = True
    analgesic_run: int = 7
    analgesic_percent: int = 125
    dense_until_day: int = 84
    dense_gap_days: int = 28
    longest_gap_days: int = 45
    precise_gap_days: int = 14
    grade_a_percent: int = 80
    grade_a_due: int = 4
    grade_b_percent: int = 60
    grade_b_confounders: int = 1
    grade_d_confounders: int = 3
    drug_rows: tuple[tuple[str, DrugRow], ...] = _ROWS

    @property
    def label(self) -> str:
        """The name stored with every reading, for example `snrb-default/1`."""
        return f"{self.name}/{self.version}"

    def drug_row(self, drug: str, *, adrenaline: bool | None) -> DrugRow:
        """The row of one drug; adrenaline moves lidocaine to the medium-acting one."""
        if drug == "lidocaine" and adrenaline:
            return MEDIUM_ACTING
        return next(row for name, row in self.drug_rows if name == drug)


_CHOICE: Final = "design choice: no published value"
_BORROWED: Final = "borrowed: no threshold made for nerve root blocks is known"

SOURCES: Final = MappingProxyType(
    {
        "positive_line": "Datta 2013, Pain Physician 16(2S):SE97-124",
        "strong_line": "Burnham 2020, Pain Med 21:2071-6 (facet blocks)",
        "equivocal_line": "Dworkin 2008, J Pain 9:105-21 (moderate improvement)",
        "evaluable_baseline": "Stone 2002, BMJ 324:1193 (entry at 4/10 or more)",
        "lowest_baseline": _CHOICE,
        "daily_averages_needed": _CHOICE,
        "sedation_counts": "general teaching: sedation confounds a diagnostic block",
        "points_needed": _CHOICE,
        "first_point_minutes": _CHOICE,
        "window_tolerance_minutes": _CHOICE,
        "merging_minutes": _CHOICE,
        "rescue_hours": _CHOICE,
        "premedication_hours": _CHOICE,
        "run_hours": _CHOICE,
        "large_volume_ml": _CHOICE,
        "large_volume_percent": _CHOICE,
        "small_volume_ml": _CHOICE,
        "small_volume_percent": _CHOICE,
        "selective_volume_ml": "Singh 2015, Pain Physician 18:101-5",
        "doubtful_volume_ml": "Singh 2015, Pain Physician 18:101-5",
        "widest_judged_hours": _CHOICE,
        "flare_from_hours": _CHOICE,
        "flare_rise": f"Goldfarb 2007, J Hand Surg Am 32:1513-20; {_BORROWED}",
        "flare_dose_percent": f"Radiother Oncol 2005;75:64-9; {_BORROWED}",
        "flare_scale_end_above": _CHOICE,
        "flare_last_day": "Goldfarb 2007, J Hand Surg Am 32:1513-20 (followed to day 7)",
        "flare_return_day": "Radiother Oncol 2005;75:64-9 (back within 10 days)",
        "flare_seen_days": _CHOICE,
        "flare_worse_from_day": _CHOICE,
        "flare_worse_until_day": _CHOICE,
        "flare_quiet_rise": _CHOICE,
        "flare_quiet_days": _CHOICE,
        "flare_begun_day": "aftercare texts: from 12 h, peak at 24 to 72 h, settled within 3 days",
        "flare_spreads": f"{_CHOICE}; a normal spread goes that far on one evening in a hundred",
        "variation_evenings": _CHOICE,
        "good_relief": "Dworkin 2008, J Pain 9:105-21 (substantial improvement)",
        "some_relief": "Farrar 2001, Pain 94:149-58",
        "least_drop": "Farrar 2001, Pain 94:149-58 (about 2 points)",
        "onset_day": "Schneider 2024, Interv Pain Med 3:100435",
        "late_day": _CHOICE,
        "last_onset_day": _CHOICE,
        "weekly_apart_days": _CHOICE,
        "merged_day": _CHOICE,
        "return_relief": "Joswig 2016, World Neurosurg 96:323-33 (over 80 % of baseline pain persists)",
        "loss_run": _CHOICE,
        "loss_pair_days": _CHOICE,
        "analgesic_ends": _CHOICE,
        "analgesic_run": _CHOICE,
        "analgesic_percent": f"Radiother Oncol 2005;75:64-9; {_BORROWED}",
        "dense_until_day": _CHOICE,
        "dense_gap_days": _CHOICE,
        "longest_gap_days": _CHOICE,
        "precise_gap_days": _CHOICE,
        "grade_a_percent": f"Ono 2019, JMIR 21:e11398 (85 % is usual); {_CHOICE}",
        "grade_a_due": _CHOICE,
        "grade_b_percent": _CHOICE,
        "grade_b_confounders": _CHOICE,
        "grade_d_confounders": _CHOICE,
        "drug_rows": "Barnsley 1993, Pain 55:99-106; Laur 2012, RAPM 37:28-33; ranges widened by choice",
    }
)
"""Where each threshold comes from; thresholds a set moves have their own source in `LINE_SOURCES`."""

LINE_SOURCES: Final = MappingProxyType(
    {
        "snrb-default": SOURCES["positive_line"],
        "yeom-70": "Yeom 2008, AJNR 29:1017-23 (ROC optimum)",
        "strict-75": _CHOICE,
        "strict-80": "Interv Pain Med 2022, doi 10.1016/j.inpm.2022.100083 (medial branch blocks)",
        "complete-100": "Burnham 2020, Pain Med 21:2071-6 (complete relief, facet blocks)",
    }
)

DEFAULT: Final = Criteria("snrb-default")
SETS: Final = (
    DEFAULT,
    replace(DEFAULT, name="yeom-70", positive_line=70),
    replace(DEFAULT, name="strict-75", positive_line=75),
    replace(DEFAULT, name="strict-80", positive_line=80),
    replace(DEFAULT, name="complete-100", positive_line=100),
)


def find_criteria(name: str) -> Criteria:
    """The newest version of `NAME`, or exactly the one of `NAME/1`; KeyError if there is none."""
    known = [found for found in SETS if name in {found.name, found.label}]
    if not known:
        raise KeyError(name)
    return max(known, key=lambda found: found.version)
