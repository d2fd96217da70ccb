"""Records no diary can use, each of which a broken or hostile phone might send."""

from typing import Any

from tests.factories.world import Phone, entry

LONG = 17 * 1024


def nested(depth: int) -> Any:
    value: Any = "bottom"
    for _ in range(depth):
        value = [value]
    return value


def bodies() -> dict[str, Any]:
    """Bodies with one thing wrong, by the name of what is wrong."""
    good = entry()
    without = {
        f"no {key}": {k: v for k, v in good.items() if k != key} for key in ("taken_at", "scale", "pain")
    }
    wrong: dict[str, dict[str, Any]] = {
        "pain 11": {"pain": 11},
        "pain -1": {"pain": -1},
        "pain 3.5": {"pain": 3.5},
        "pain as text": {"pain": "3"},
        "pain true": {"pain": True},
        "pain list": {"pain": [3]},
        "pain object": {"pain": {"value": 3}},
        "pain huge": {"pain": 10**400},
        "pain nothing": {"pain": None},
        "pain and skipped": {"skipped": "asleep"},
        "skipped unknown": {"pain": None, "skipped": "holiday"},
        "scale unknown": {"scale": "forever"},
        "scale number": {"scale": 1},
        "scale surrogate": {"scale": "\ud800"},
        "scale nul": {"scale": "now\0"},
        "axial text": {"axial": "7"},
        "axial huge": {"axial": 10**400},
        "activity unknown": {"activity": "dancing"},
        "relief 101": {"stated_relief_percent": 101},
        "relief huge": {"stated_relief_percent": 10**400},
        "numb 1": {"numb": 1},
        "weak text": {"weak": "no"},
        "checkin list": {"checkin_id": []},
        "checkin long": {"checkin_id": "x" * 81},
        "note list": {"note": ["a"]},
        "note long": {"note": "x" * 2001},
        "effects text": {"side_effects": "flushing"},
        "effects of text": {"side_effects": ["flushing"]},
        "effect unknown": {"side_effects": [{"code": "wings", "severity": "mild"}]},
        "effect without severity": {"side_effects": [{"code": "flushing"}]},
        "effects many": {"side_effects": [{"code": "flushing", "severity": "mild"}] * 41},
        "analgesic without drug": {"analgesics": [{"dose_mg": 400}]},
        "analgesic dose 0": {"analgesics": [{"drug": "ibuprofen", "dose_mg": 0}]},
        "analgesic dose text": {"analgesics": [{"drug": "ibuprofen", "dose_mg": "400"}]},
        "analgesic dose huge": {"analgesics": [{"drug": "ibuprofen", "dose_mg": 10**400}]},
        "analgesic time": {"analgesics": [{"drug": "ibuprofen", "taken_at": "noon"}]},
        "analgesics object": {"analgesics": {"drug": "ibuprofen"}},
        "too long": {"future": "x" * LONG},
    }
    times = {
        f"taken_at {text!r}": {"taken_at": text}
        for text in (
            "",
            "yesterday",
            "2026-03-01",
            "2026-03-01T14:02",
            "2026-03-01T14:02:00",
            "2026-03-01 14:02:00Z",
            "2026-02-30T14:02:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T23:59:60Z",
            "1899-12-31T23:59:59Z",
            "2201-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
            "0001-01-01T00:00:00+23:59",
            "2026-03-01T14:02:00+24:00",
            "2026-03-01T14:02:00+01:75",
            "２０２６-03-01T14:02:00Z",
            "2026-03-01T14:02:00Z\0",
            1772373600,
            None,
            ["2026-03-01T14:02:00Z"],
        )
    }
    return {
        **without,
        **{name: good | change for name, change in (wrong | times).items()},
        "recorded_at bad": good | {"recorded_at": "2026-03-01T14:02:00+01:75"},
        "body a list": [good],
        "body text": "pain 3",
        "body number": 7,
        "body true": True,
        "body nothing": None,
        "body empty": {},
    }


def reports() -> dict[str, Any]:
    """Bodies of symptom reports with one thing wrong."""
    good = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    return {
        "report without reports": {"taken_at": good["taken_at"]},
        "report unknown": good | {"reports": [{"code": "sadness"}]},
        "report code list": good | {"reports": [{"code": ["infection"]}]},
        "report of text": good | {"reports": ["infection"]},
        "report level": good | {"shown_level": "Z"},
        "report of an entry": entry(),
    }


def operations(phone: Phone) -> dict[str, Any]:
    """Whole records that cannot be used, by name; none of them may cost a good one its place."""
    found: dict[str, Any] = {name: phone.put() | {"body": body} for name, body in bodies().items()}
    found |= {name: phone.put(body, kind="flag_report") for name, body in reports().items()}
    for name, value in {"null": None, "number": 7, "text": "\ud800\0", "list": [], "true": True}.items():
        found[f"record is {name}"] = value
    found["record is nested"] = nested(60)
    found["record empty"] = {}
    for key in ("rev_id", "entry_id", "episode_id", "op", "recorded"):
        found[f"no {key}"] = {k: v for k, v in phone.put().items() if k != key}
        found[f"{key} number"] = phone.put() | {key: 7}
        found[f"{key} null"] = phone.put() | {key: None}
        found[f"{key} odd"] = phone.put() | {key: "\ud800\0"}
        found[f"{key} nested"] = phone.put() | {key: {"a": nested(5)}}
    found["parent_rev odd"] = phone.put(parent_rev="first")
    found["op unknown"] = phone.put(op="merge")
    found["kind unknown"] = phone.put(kind="letter")
    found["schema text"] = phone.put(schema="one")
    recorded = phone.put()["recorded"]
    for key, value in {
        "day": "2026-02-30",
        "local": "2026-03-02T08:30:05Z",
        "offset_min": 100_000,
        "zone": "",
        "elapsed_ms": "long",
        "skew_ms": 1.5,
    }.items():
        found[f"recorded {key}"] = phone.put(recorded=recorded | {key: value})
    return found
