#!/usr/bin/env bash
# Prepares the database (the Procfile's release process), then runs the web and worker processes until Ctrl-C.
source "$(dirname "$0")/steps.sh"

export PORT=${PORT:-8000}
export PATH="$PWD/.venv/bin:$PATH"
mkdir -p instance
step "Preparing the database"
honcho --no-colour start release
step "Patients: http://localhost:$PORT/   Clinic: http://localhost:$PORT/clinic   Stop with Ctrl-C"
exec honcho start web worker
