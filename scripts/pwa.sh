#!/usr/bin/env bash
# Builds the patient and clinic apps into pwa/dist.
source "$(dirname "$0")/steps.sh"

installed="pwa/package.json pwa/package-lock.json"
# The red-flag table is the server's; the patient app carries a copy for use without a network.
sources="server/domain/red_flags.json $(find pwa -mindepth 1 -maxdepth 1 ! -name node_modules ! -name dist ! -name tests)"

if ! unchanged pwa/node_modules/.installed $installed; then
  source scripts/node.sh
  step "Installing the apps' packages (npm ci)"
  (cd pwa && npm ci --include=dev --no-fund --no-audit --loglevel=error)
  remember pwa/node_modules/.installed $installed
fi
if ! { [ -f pwa/dist/index.html ] && unchanged pwa/node_modules/.built $sources; }; then
  source scripts/node.sh
  step "Building the patient and clinic apps"
  (cd pwa && npm run --silent build)
  remember pwa/node_modules/.built $sources
fi
