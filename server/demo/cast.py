"""Who appears in the demo: one invented patient for each course a clinic meets, named after plants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from server.demo.course import Course
from server.demo.diarist import Habits, Spell


@dataclass(frozen=True, slots=True)
class Intended:
    """What the reading shall say; None where the engine has nothing to read yet."""

    verdict: str | None
    flare: str | None
    steroid: str | None
    shape: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """One invented patient. T0 lies `minutes_ago`, or `days_ago` at `clock`; neither means it is planned."""

    key: str
    name: str
    born_on: date
    region: str
    level: str
    side: str
    indication: str
    anaesthetic: dict[str, Any]
    steroid: dict[str, Any] | None
    course: Course
    intended: Intended
    days_ago: int | None = None
    clock: time = time(10, 20)
    minutes_ago: int | None = None
    habits: Habits = field(default_factory=Habits)
    daily_baseline: bool = False
    again: str | None = None
    """The key of an earlier block of the same patient."""
    signed_on: tuple[float, ...] = ()
    """Days after T0 on which the physician signed the reading as it stood."""


LIDOCAINE: Final = {"drug": "lidocaine", "concentration_percent": 2.0, "volume_ml": 0.5, "adrenaline": False}
BUPIVACAINE: Final = {"drug": "bupivacaine", "concentration_percent": 0.5, "volume_ml": 0.5}
ROPIVACAINE: Final = {"drug": "ropivacaine", "concentration_percent": 0.5, "volume_ml": 0.5}
DEXAMETHASONE: Final = {"drug": "dexamethasone", "dose_mg": 10}
TRIAMCINOLONE: Final = {"drug": "triamcinolone", "dose_mg": 40}
METHYLPREDNISOLONE: Final = {"drug": "methylprednisolone", "dose_mg": 40}

SORE: Final = Spell("injection_site_pain", "mild", 0.4, 26)
FLUSHED: Final = Spell("flushing", "mild", 20, 60)
SLEEPLESS: Final = Spell("poor_sleep", "moderate", 20, 50)
HEADACHE: Final = Spell("headache", "mild", 2, 9)
DIZZY: Final = Spell("lightheadedness", "mild", 0, 1.2)
ROOT_PAIN: Final = Spell("increased_radicular_pain", "moderate", 10, 60)

DILIGENT: Final = Habits(noise=0.2, missing=0, late=0, back_filled=0)

CAST: Final[tuple[Role, ...]] = (
    Role(
        key="planned",
        name="Aster Demo",
        born_on=date(1969, 4, 2),
        region="lumbar",
        level="L5",
        side="left",
        indication="herniated_disc",
        anaesthetic=BUPIVACAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=6, block_relief=0.9, wear_off_hours=6),
        intended=Intended(None, None, None, None),
    ),
    Role(
        key="anaesthetic_running",
        name="Basil Demo",
        born_on=date(1975, 11, 19),
        region="lumbar",
        level="L4",
        side="right",
        indication="lumbar_radiculopathy",
        anaesthetic=BUPIVACAINE,
        steroid=TRIAMCINOLONE,
        course=Course(baseline=7, block_relief=0.85, wear_off_hours=6.5),
        intended=Intended("pending", "pending", "pending", "pending"),
        minutes_ago=38,
        habits=Habits(spells=(DIZZY,)),
    ),
    Role(
        key="flare_pending",
        name="Clover Demo",
        born_on=date(1982, 7, 30),
        region="cervical",
        level="C6",
        side="right",
        indication="cervical_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=6, block_relief=0.9, wear_off_hours=2.6),
        intended=Intended("positive_strong", "pending", "pending", "pending"),
        days_ago=1,
        clock=time(8, 40),
        habits=Habits(spells=(SORE, HEADACHE)),
    ),
    Role(
        key="steroid_pending_day_3",
        name="Dahlia Demo",
        born_on=date(1958, 1, 12),
        region="lumbar",
        level="S1",
        side="left",
        indication="bulging_disc",
        anaesthetic=LIDOCAINE,
        steroid=METHYLPREDNISOLONE,
        course=Course(baseline=5, block_relief=0.9, wear_off_hours=2.2, flare_points=3.2, flare_ends_day=5.5),
        intended=Intended("positive_strong", "flare", "pending", "pending"),
        days_ago=3,
        clock=time(9, 10),
        habits=Habits(noise=0.3, missing=0, spells=(ROOT_PAIN,), rescue_days=(1, 2, 3)),
    ),
    Role(
        key="steroid_pending_day_20",
        name="Erica Demo",
        born_on=date(1964, 9, 5),
        region="lumbar",
        level="L5",
        side="right",
        indication="spinal_stenosis",
        anaesthetic=ROPIVACAINE,
        steroid=TRIAMCINOLONE,
        course=Course(baseline=6, block_relief=0.62, wear_off_hours=6, lasting_relief=0.06, onset_day=3),
        intended=Intended("positive", "none", "pending", "pending"),
        days_ago=20,
        clock=time(11, 5),
        habits=Habits(noise=0.3, spells=(FLUSHED,)),
    ),
    Role(
        key="not_readable",
        name="Fern Demo",
        born_on=date(1990, 3, 23),
        region="cervical",
        level="C7",
        side="left",
        indication="cervical_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=7, block_relief=0.8, wear_off_hours=2.5, lasting_relief=0.62, onset_day=4),
        intended=Intended("indeterminate", "none", "responded", "not_readable"),
        days_ago=45,
        clock=time(14, 30),
        habits=Habits(misses_until_hours=5.5, missing=0.2, late=0.15, back_filled=0.1, provokes=False),
    ),
    Role(
        key="prolonged",
        name="Gentian Demo",
        born_on=date(1971, 12, 8),
        region="lumbar",
        level="L4",
        side="left",
        indication="lumbar_radiculopathy",
        anaesthetic=BUPIVACAINE,
        steroid=DEXAMETHASONE,
        course=Course(
            baseline=7,
            block_relief=0.95,
            wear_off_hours=7,
            lasting_relief=0.85,
            onset_day=0.1,
            onset_width=0.05,
        ),
        intended=Intended("positive_strong", "none", "merged", "prolonged"),
        days_ago=60,
        clock=time(9, 35),
        habits=Habits(spells=(FLUSHED,), missing=0.04),
    ),
    Role(
        key="flare_then_relief",
        name="Heather Demo",
        born_on=date(1966, 6, 17),
        region="lumbar",
        level="L5",
        side="left",
        indication="herniated_disc",
        anaesthetic=LIDOCAINE,
        steroid=TRIAMCINOLONE,
        course=Course(
            baseline=6,
            block_relief=0.97,
            wear_off_hours=2.4,
            flare_points=2.8,
            flare_ends_day=3,
            lasting_relief=0.78,
            onset_day=5.5,
            loss_day=63,
        ),
        intended=Intended("positive_strong", "flare", "responded", "flare_then_relief"),
        days_ago=128,
        clock=time(10, 15),
        signed_on=(20,),
        habits=Habits(
            noise=0.45, spells=(SORE, FLUSHED, SLEEPLESS), rescue_days=(1, 2), worst=0.25, back_filled=0.12
        ),
    ),
    Role(
        key="anaesthetic_then_steroid",
        name="Iris Demo",
        born_on=date(1979, 2, 26),
        region="cervical",
        level="C6",
        side="left",
        indication="cervical_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=7, block_relief=0.96, wear_off_hours=2.8, lasting_relief=0.75, onset_day=3.2),
        intended=Intended("positive_strong", "none", "responded", "anaesthetic_then_steroid"),
        days_ago=95,
        clock=time(9, 0),
        habits=Habits(missing=0.03, late=0.04, back_filled=0.02, spells=(HEADACHE, SLEEPLESS)),
        daily_baseline=True,
    ),
    Role(
        key="delayed_steroid_only",
        name="Jasmine Demo",
        born_on=date(1961, 8, 9),
        region="lumbar",
        level="L3",
        side="right",
        indication="lumbar_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=METHYLPREDNISOLONE,
        course=Course(baseline=6, block_relief=0.08, wear_off_hours=2, lasting_relief=0.75, onset_day=6),
        intended=Intended("negative", "local_soreness", "responded", "delayed_steroid_only"),
        days_ago=52,
        clock=time(13, 25),
        habits=Habits(noise=0.3, spells=(SORE,)),
    ),
    Role(
        key="anaesthetic_only",
        name="Kerria Demo",
        born_on=date(1955, 10, 14),
        region="sacral",
        level="S1",
        side="right",
        indication="failed_back_surgery_syndrome",
        anaesthetic=BUPIVACAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=7, block_relief=0.9, wear_off_hours=5.5, lasting_relief=0.06, onset_day=4),
        intended=Intended("positive_strong", "none", "none", "anaesthetic_only"),
        days_ago=57,
        clock=time(8, 50),
        habits=Habits(noise=0.35, missing=0.22, late=0.12, provokes=False),
    ),
    Role(
        key="none",
        name="Lavender Demo",
        born_on=date(1987, 5, 1),
        region="thoracic",
        level="T8",
        side="left",
        indication="thoracic_radiculopathy",
        anaesthetic=ROPIVACAINE,
        steroid=None,
        course=Course(baseline=6, block_relief=0.08, wear_off_hours=6, lasting_relief=0.05, onset_day=4),
        intended=Intended("negative", "none", "not_applicable", "none"),
        days_ago=50,
        clock=time(15, 10),
        signed_on=(40,),
        habits=Habits(noise=0.3, missing=0.1, provokes=False),
    ),
    Role(
        key="red_flag",
        name="Mallow Demo",
        born_on=date(1973, 3, 3),
        region="lumbar",
        level="L4",
        side="right",
        indication="herniated_disc",
        anaesthetic=LIDOCAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=7, block_relief=0.97, wear_off_hours=2.5),
        intended=Intended("positive_strong", "pending", "pending", "pending"),
        days_ago=2,
        clock=time(11, 40),
        habits=Habits(missing=0),
    ),
    Role(
        key="quarantined",
        name="Nigella Demo",
        born_on=date(1992, 12, 20),
        region="cervical",
        level="C5",
        side="right",
        indication="cervical_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=DEXAMETHASONE,
        course=Course(baseline=6, block_relief=0.96, wear_off_hours=2.4, lasting_relief=0.7, onset_day=4),
        intended=Intended("positive_strong", "none", "responded", "anaesthetic_then_steroid"),
        days_ago=30,
        clock=time(10, 45),
    ),
    Role(
        key="short_block",
        name="Orchid Demo",
        born_on=date(1968, 2, 11),
        region="lumbar",
        level="L5",
        side="right",
        indication="lumbar_radiculopathy",
        anaesthetic=LIDOCAINE,
        steroid=None,
        course=Course(baseline=7, block_relief=0.96, wear_off_hours=2.4),
        intended=Intended("positive_strong", "none", "not_applicable", "anaesthetic_only"),
        days_ago=40,
        clock=time(9, 20),
        habits=DILIGENT,
        signed_on=(15,),
    ),
    Role(
        key="long_block",
        name="Orchid Demo",
        born_on=date(1968, 2, 11),
        region="lumbar",
        level="L5",
        side="right",
        indication="lumbar_radiculopathy",
        anaesthetic=BUPIVACAINE,
        steroid=None,
        course=Course(baseline=7, block_relief=0.96, wear_off_hours=6.5),
        intended=Intended("positive_strong", "none", "not_applicable", "anaesthetic_only"),
        days_ago=19,
        clock=time(9, 40),
        habits=DILIGENT,
        again="short_block",
        signed_on=(15,),
    ),
    Role(
        key="first_root",
        name="Peony Demo",
        born_on=date(1977, 6, 24),
        region="lumbar",
        level="L4",
        side="left",
        indication="spinal_stenosis",
        anaesthetic=LIDOCAINE,
        steroid=None,
        course=Course(baseline=6, block_relief=0.97, wear_off_hours=2.5),
        intended=Intended("positive_strong", "none", "not_applicable", "anaesthetic_only"),
        days_ago=41,
        clock=time(13, 15),
        habits=DILIGENT,
    ),
    Role(
        key="second_root",
        name="Peony Demo",
        born_on=date(1977, 6, 24),
        region="lumbar",
        level="L5",
        side="left",
        indication="spinal_stenosis",
        anaesthetic=LIDOCAINE,
        steroid=None,
        course=Course(baseline=6, block_relief=0.97, wear_off_hours=2.5),
        intended=Intended("positive_strong", "none", "not_applicable", "anaesthetic_only"),
        days_ago=20,
        clock=time(13, 45),
        habits=DILIGENT,
        again="first_root",
    ),
)
