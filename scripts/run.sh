#!/usr/bin/env bash
# Prepares the database (the Procfile's release process), then runs the web and worker processes until Ctrl-C.
source "$(dirname "$0")/steps.sh"

read_settings
export PORT=${PORT:-8000}
export PUBLIC_URL=${PUBLIC_URL:-http://localhost:$PORT}
export PATH="$PWD/.venv/bin:$PATH"
step "Preparing the database"
honcho --env /dev/null --no-colour start release
step "Patients: $PUBLIC_URL/   Clinic: $PUBLIC_URL/clinic   Stop with Ctrl-C"
exec honcho --env /dev/null start web worker
