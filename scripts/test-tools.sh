#!/usr/bin/env bash
# Makes sure of what the tests need beside the product itself: browsers and a PostgreSQL server. Missing ones are installed.
source "$(dirname "$0")/steps.sh"

have_chromium() {
  [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
}
# The engine of iPhones, as close as it comes on this system; it needs a screen to draw on.
have_webkit() {
  command -v WebKitWebDriver && command -v Xvfb
}
have_postgresql() {
  [ -n "${TEST_DATABASE_URL:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb
}

missing=()
have_chromium >/dev/null || missing+=(chromium)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
have_postgresql >/dev/null || missing+=(postgresql)
have_webkit >/dev/null || missing+=(webkit2gtk-driver xvfb)
[ ${#missing[@]} = 0 ] && exit 0
can_apt || fail "the tests need ${missing[*]}. On Debian or Ubuntu: sudo apt-get install ${missing[*]}. Elsewhere set CHROMIUM to a browser's path and put PostgreSQL's initdb on PATH."
apt_install "${missing[@]}"
