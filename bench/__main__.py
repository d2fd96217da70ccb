"""Runs every measurement in a process of its own, so that none disturbs the next one's memory or timing."""

import subprocess
import sys

MEASUREMENTS = {
    "analyse": "Reading diaries: time against json.loads of the same lines, a second process, flat memory",
    "accuracy": "Reading accuracy on simulated diaries, per noise level",
    "cohort": "Cohort summary over 100,000 readings: time and memory",
    "clinic": "The worklist of 5,000 episodes, an episode page and its chart, at the server",
    "report": "The one-page report of an episode as PDF",
    "sync": "Sync endpoint against a minimal server on the same database",
    "reminders": "One round of the worker over 100,000 active episodes: time, memory, query plans",
    "page": "Size of the patient page",
    "phone": "The patient app on a slow phone: first load, saving, starting without a network",
    "lighthouse": "Lighthouse on the patient page, the worklist and an episode page",
}
ARGUMENTS = {"analyse": ["--large"]}


def main(names: list[str]) -> int:
    """Run the named measurements (all without names); 1 when one failed or is over its budget."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    failed = []
    for name in names or MEASUREMENTS:
        print(f"\n== {name}: {MEASUREMENTS[name]}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}", *ARGUMENTS.get(name, [])]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    print(f"\nOver budget or failed: {', '.join(failed)}" if failed else "\nEverything within its budget")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
