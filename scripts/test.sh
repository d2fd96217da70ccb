#!/usr/bin/env bash
# Every test there is: style and types, TypeScript, then Python and the browser on both databases.
source "$(dirname "$0")/steps.sh"
source scripts/node.sh

# The servers and workers that tests start read compiled files instead of compiling the product each time.
unset PYTHONDONTWRITEBYTECODE

scripts/lint.sh
step "TypeScript tests (vitest)"
(cd pwa && npm run --silent test)
step "Python and browser tests (pytest), on SQLite and PostgreSQL"
# Two processes, each with a PostgreSQL of its own.
.venv/bin/python -m pytest -q -n 2 --dist worksteal --durations=15 --ignore tests/e2e --ignore tests/faults
step "Browser tests and faults (pytest)"
# A file stays in one process: its tests share a running server and a browser.
.venv/bin/python -m pytest -q -n 2 --dist loadfile --durations=15 tests/e2e tests/faults
