#!/usr/bin/env bash
# Fills a database of its own with demo patients (once; FRESH=1 makes it anew), prints the sign-in, and runs the product on it.
source "$(dirname "$0")/steps.sh"

mkdir -p instance
database=instance/demo.sqlite3
sign_in=instance/demo-sign-in.txt
export DATABASE_URL="sqlite:///$PWD/$database"
export DATABASE_OWNER_URL="$DATABASE_URL"
read_settings
if [ -n "${FRESH:-}" ] || [ ! -s "$sign_in" ]; then
  rm -f "$database" "$database"-* "$sign_in"
  step "Filling $database with demo patients"
  .venv/bin/afterblock migrate >/dev/null
  .venv/bin/afterblock demo | tee "$sign_in.new"
  mv "$sign_in.new" "$sign_in"
else
  step "Demo patients are in $database already (make demo FRESH=1 makes them anew)"
  cat "$sign_in"
fi
exec scripts/run.sh
