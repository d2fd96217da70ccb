#!/usr/bin/env bash
# Style and types of both languages; changes nothing.
source "$(dirname "$0")/steps.sh"
source scripts/node.sh

step "ruff"
.venv/bin/ruff check --quiet .
.venv/bin/ruff format --quiet --check .
step "mypy"
.venv/bin/mypy --no-error-summary
step "TypeScript"
(cd pwa && npm run --silent check)
