"""Writes lifelines.json: Kaplan-Meier curves, medians and log-rank tests as lifelines computes them.

lifelines is no dependency of the product or its tests. In an environment of its own:

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install lifelines==0.30.3
    /tmp/oracle/bin/python tests/oracles/make_lifelines.py
"""

import json
import math
import random
from pathlib import Path

import lifelines
import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times

PUBLISHED = json.loads((Path(__file__).parent / "remission.json").read_text())
LIMITS = ("KM_estimate_lower_0.95", "KM_estimate_upper_0.95")


def remission() -> dict:
    """The 6-MP trial."""
    arms = PUBLISHED["weeks"]
    return {
        "durations": [*arms["six_mp"], *arms["placebo"]],
        "ended": [*PUBLISHED["relapsed"]["six_mp"], *[True] * len(arms["placebo"])],
        "groups": ["6-MP"] * len(arms["six_mp"]) + ["placebo"] * len(arms["placebo"]),
    }


def simulated(seed: int, size: int, groups: int, digits: int, follow_up: float) -> dict:
    """Exponential durations, a mean for each group, seen until a random day; rounding makes ties."""
    drawn = random.Random(seed)
    rows = []
    for place in range(size):
        group = place % groups
        lasts, seen = drawn.expovariate(1 / (20 + 6 * group)), drawn.uniform(0.2, 1) * follow_up
        rows.append((round(min(lasts, seen), digits), lasts <= seen, f"group {group}"))
    durations, ended, names = zip(*rows, strict=True)
    return {"durations": durations, "ended": ended, "groups": names}


def number(value: float) -> float | None:
    return None if math.isinf(value) or math.isnan(value) else float(value)


def curve(durations: np.ndarray, ended: np.ndarray) -> dict:
    """One curve at the days on which somebody's relief ended."""
    fitted = KaplanMeierFitter().fit(durations, ended)
    days = sorted(set(durations[ended].tolist()))
    limits = fitted.confidence_interval_survival_function_
    median_limits = median_survival_times(limits)
    return {
        "days": days,
        "share": [number(fitted.survival_function_.loc[day].iloc[0]) for day in days],
        "lower": [number(limits.loc[day, LIMITS[0]]) for day in days],
        "upper": [number(limits.loc[day, LIMITS[1]]) for day in days],
        "at_risk": [int(fitted.event_table.loc[day, "at_risk"]) for day in days],
        "median": number(fitted.median_survival_time_),
        "median_low": number(median_limits[LIMITS[0]].iloc[0]),
        "median_high": number(median_limits[LIMITS[1]].iloc[0]),
    }


def solved(case: dict) -> dict:
    """A case with the answers."""
    durations, ended = np.array(case["durations"], float), np.array(case["ended"], bool)
    groups = np.array(case["groups"])
    test = multivariate_logrank_test(durations, groups, ended)
    return case | {
        "curves": {
            str(name): curve(durations[groups == name], ended[groups == name]) for name in np.unique(groups)
        },
        "log_rank": {
            "statistic": float(test.test_statistic),
            "degrees": int(test.degrees_of_freedom),
            "p": float(test.p_value),
        },
    }


CASES = {
    "remission": remission(),
    "whole days, many ties, three groups": simulated(1, 90, 3, 0, 60),
    "tenths of days, five groups": simulated(2, 200, 5, 1, 150),
    "few and mostly censored, two groups": simulated(3, 14, 2, 1, 14),
}

if __name__ == "__main__":
    written = {
        "source": f"lifelines {lifelines.__version__}, by {Path(__file__).name}",
        "cases": {name: solved(case) for name, case in CASES.items()},
    }
    (Path(__file__).parent / "lifelines.json").write_text(json.dumps(written, indent=None) + "\n")
