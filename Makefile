# `make help` lists what there is. Nothing here asks a question; a second run does only what has changed.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help setup tools run demo test lint bench soak screenshots

help:  ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup:  ## install everything the product needs into .venv and pwa/
	@scripts/python.sh
	@scripts/pwa.sh

tools: setup
	@scripts/test-tools.sh

run: setup  ## run the product on http://localhost:8000 (PORT=... for another)
	@scripts/run.sh

demo: setup  ## the same, on a database filled with demo patients
	@scripts/demo.sh

test: tools  ## run every test, on SQLite and PostgreSQL, with a real browser
	@scripts/test.sh

lint: setup  ## check style and types
	@scripts/lint.sh

bench: tools  ## measure speed, size and reading accuracy
	@.venv/bin/python -m bench

soak: tools  ## the test suite with long random campaigns
	@HYPOTHESIS_PROFILE=soak .venv/bin/python -m pytest -q

screenshots: tools  ## take pictures: a few in docs/images, every screen in build/screens
	@.venv/bin/python -m tests.e2e.screenshots
