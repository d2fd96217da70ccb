# Shared by the set-up scripts: say each step, stop with a plain sentence, skip a step whose inputs have not changed.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }

# Installs Debian packages; only root on a machine with apt can, so callers say what else a person may do.
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
apt_install() {
  step "Installing $* (apt-get)"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# A stamp holds the checksum of everything a step read, and the folder it ran in: a virtual environment does not survive a move.
fingerprint() { { pwd; find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum; } | cksum; }
unchanged() {
  local stamp=$1; shift
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}
remember() {
  local stamp=$1; shift
  fingerprint "$@" >"$stamp"
}

# Settings from the file .env, unless the environment has them already; values are taken as they are, never run.
read_settings() {
  local line name
  [ -f .env ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    name=${line%%=*}
    [[ $line == *=* && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || continue
    [ -n "${!name+set}" ] || export "$name=${line#*=}"
  done <.env
}
