"""Code lists of the procedure record beyond the diary format: no reading depends on them."""

from typing import Final

GUIDANCE: Final = ("fluoroscopy", "ct", "ct_fluoroscopy", "ultrasound", "mri", "none", "other")
CONTRAST_SPREADS: Final = (
    "along_root",
    "epidural",
    "neighbouring_root",
    "obstructed",
    "intra_epineural",
    "vascular",
    "not_given",
)
"""What the contrast showed; spread beyond the root, or none along it, explains a false answer."""
ANTICOAGULANTS: Final = ("none", "paused", "continued")
DIABETES: Final = ("none", "without_insulin", "insulin")
COMPLICATIONS: Final = (
    "vasovagal",
    "vascular_puncture",
    "dural_puncture",
    "bleeding",
    "allergic_reaction",
    "toxicity",
    "blood_pressure",
    "lasting_paraesthesia",
    "unexpected_weakness",
    "stopped_early",
    "other",
)
"""What went wrong during the injection or in the recovery room."""
INSTRUMENTS: Final = ("odi", "ndi")
"""Disability questionnaires, their totals in percent: Oswestry (back) and Neck Disability Index."""
