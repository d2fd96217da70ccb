#!/usr/bin/env bash
# Makes .venv with the locked Python packages and the `afterblock` command.
source "$(dirname "$0")/steps.sh"

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && new_enough "$name"; then command -v "$name"; return; fi
  done
  return 1
}

make_environment() {
  local python
  if ! python=$(find_python); then
    can_apt && apt_install python3 python3-venv
    python=$(find_python) || fail "Python 3.11 or newer is needed. Install it, or name it: make setup PYTHON=/path/to/python3."
  fi
  step "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv >/dev/null 2>&1 && return
  # Debian ships python3 without ensurepip.
  can_apt || fail "$python cannot make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv."
  apt_install python3-venv
  "$python" -m venv --clear .venv
}

# uv checks and installs in seconds; it lives in its own folder because `uv pip sync` removes what the lock does not name.
install_uv() {
  [ -x .venv/installer/bin/uv ] && return
  step "Installing uv into .venv/installer"
  pip --require-hashes --target .venv/installer -r scripts/installer.lock
}

# Hospitals often inspect TLS with a certificate of their own, which only the system's store knows.
uv() { .venv/installer/bin/uv pip "$1" --quiet --system-certs --python .venv/bin/python "${@:2}"; }
pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }

# Bytecode is made here once: where Python may not write it, every start would compile all packages again.
install_packages() {
  step "Installing $(grep -c '^[a-z].*==' requirements.lock) locked Python packages"
  if install_uv && uv sync --compile-bytecode --require-hashes requirements.lock; then return; fi
  step "uv does not work here; installing with pip, which takes longer"
  rm -rf .venv/installer
  pip --require-hashes -r requirements.lock
}

install_afterblock() {
  step "Installing the afterblock command"
  local arguments=(--no-deps --no-build-isolation --editable .)
  if [ -x .venv/installer/bin/uv ]; then uv install "${arguments[@]}"; else pip "${arguments[@]}"; fi
}

inputs="requirements.lock pyproject.toml scripts/python.sh scripts/installer.lock"
if unchanged .venv/.installed $inputs && .venv/bin/python -c '' 2>/dev/null; then exit 0; fi
if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python && unchanged .venv/.made scripts/python.sh; }; then
  make_environment
  remember .venv/.made scripts/python.sh
fi
install_packages
install_afterblock
remember .venv/.installed $inputs
