# Puts a Node that can build the patient and clinic apps on PATH: the machine's own, or one installed into .venv/node.

node_new_enough() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major >= 22 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

install_node() {
  step "Installing Node into .venv/node, because none of version 20.19 or newer was found"
  .venv/bin/python -m venv --clear .venv/node
  .venv/node/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/node.lock
}

[ -d .venv/node/bin ] && PATH="$PWD/.venv/node/bin:$PATH"
if ! node_new_enough; then
  install_node || { can_apt && apt_install nodejs npm; } || true
  PATH="$PWD/.venv/node/bin:$PATH"
  node_new_enough || fail "Node 20.19 or newer with npm is needed to build the apps. Install it from your system's packages."
fi
export PATH NODE_USE_SYSTEM_CA=${NODE_USE_SYSTEM_CA:-1}  # for a hospital's own TLS certificate
