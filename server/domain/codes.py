"""The code lists of the diary: the only values its coded keys may have."""

from typing import Final, Literal, get_args

Scale = Literal["now", "average_24h", "worst_24h"]
SCALES: Final[tuple[str, ...]] = get_args(Scale)
REGIONS: Final = ("cervical", "thoracic", "lumbar", "sacral")
SIDES: Final = ("left", "right", "bilateral")
ACTIVITIES: Final = ("rest", "usual", "provoking")
SKIPS: Final = ("asleep", "nothing_to_report", "other")
SEVERITIES: Final = ("mild", "moderate", "severe")
EVENTS: Final = ("repeat", "surgery")

ANAESTHETICS: Final = (
    "lidocaine",
    "mepivacaine",
    "prilocaine",
    "bupivacaine",
    "levobupivacaine",
    "ropivacaine",
    "unknown",
)
STEROIDS: Final = (
    "dexamethasone",
    "betamethasone",
    "triamcinolone",
    "methylprednisolone",
    "prednisolone",
    "unknown",
)
SIDE_EFFECTS: Final = (
    "injection_site_pain",
    "increased_radicular_pain",
    "increased_spinal_pain",
    "lightheadedness",
    "nausea",
    "vomiting",
    "headache",
    "flushing",
    "poor_sleep",
    "raised_blood_sugar",
    "itching",
    "other",
)
ROOTS: Final = frozenset(
    f"{letter}{number}"
    for letter, most in (("C", 8), ("T", 12), ("L", 5), ("S", 5))
    for number in range(1, most + 1)
)
"""Levels as the record's form offers them."""
ANALGESICS: Final = frozenset(
    (
        *("paracetamol", "acetaminophen", "metamizole", "metamizol", "dipyrone", "novalgin", "tylenol"),
        *("ibuprofen", "naproxen", "diclofenac", "aspirin", "acetylsalicylic acid", "indometacin"),
        *("ketoprofen", "dexketoprofen", "meloxicam", "piroxicam", "celecoxib", "etoricoxib", "parecoxib"),
        *("ketorolac", "aceclofenac", "nabumetone", "codeine", "dihydrocodeine", "tramadol", "tilidine"),
        *("tilidine/naloxone", "tapentadol", "oxycodone", "oxycodone/naloxone", "hydrocodone", "morphine"),
        *("hydromorphone", "fentanyl", "buprenorphine", "methadone", "levomethadone", "gabapentin"),
        *("pregabalin", "carbamazepine", "amitriptyline", "nortriptyline", "duloxetine", "venlafaxine"),
        *("cyclobenzaprine", "methocarbamol", "tizanidine", "baclofen", "pridinol", "lidocaine"),
        *("prednisolone", "prednisone", "dexamethasone"),
    )
)
"""Names of painkillers that name nobody; what people type beside them may."""
INDICATIONS: Final = (
    "cervical_radiculopathy",
    "thoracic_radiculopathy",
    "lumbar_radiculopathy",
    "failed_back_surgery_syndrome",
    "spinal_stenosis",
    "bulging_disc",
    "herniated_disc",
    "arthritis",
    "other",
)

ERRORS: Final = {
    "bad_encoding": "The line is not valid UTF-8.",
    "bad_json": "The line is not valid JSON.",
    "not_an_object": "The line is not a JSON object.",
    "too_deep": "The line is nested over 64 levels.",
    "too_long": "The line is over 8 MiB.",
    "missing": "{path} is required.",
    "wrong_type": "{path} has the wrong type.",
    "out_of_range": "{path} is outside its range.",
    "unknown_code": "{path} is not in its code list.",
    "bad_time": "{path} is not an RFC 3339 time with seconds and offset in the years 1900 to 2200.",
    "bad_date": "{path} is not a date (YYYY-MM-DD).",
    "bad_zone": "{path} is not a known IANA time zone.",
    "pain_and_skip": "{path} must be null exactly when `skipped` is given.",
}
"""Why a line cannot be read: code and sentence. A sentence names keys and never values."""

LANGUAGES: Final = ("en", "es", "de", "ar")
"""What a patient may read; the phone's app has a file of words for each (`pwa/src/i18n`)."""
