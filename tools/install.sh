# Sourced by ./run, ./test and ./check: makes the virtual environment, and installs system packages when it may.
# All words go to standard error: standard output belongs to `./run --json`.

say() { printf '%s\n' "$*" >&2; }

# need_packages PACKAGE…: installs what is missing, as root; otherwise prints the one command and stops.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    say "Il manque des paquets. Missing packages. / Please run:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    exit 1
  fi
  say "Installation : ${missing[*]}"
  apt-get update -qq >&2
  # policy-rc.d keeps Debian from starting the services of these packages: tests start their own, on loopback.
  local policy=/usr/sbin/policy-rc.d made_policy=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made_policy=1
  fi
  local failed=0
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 || failed=1
  [ -z "$made_policy" ] || rm -f "$policy"
  return $failed
}

# install_python LOCK: a virtual environment in .venv that holds exactly what LOCK pins, and this project.
install_python() {
  local lock=$1 stamp=.venv/installed wanted
  if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Python 3.11 ou plus récent est nécessaire. Python 3.11 or later is needed."
    exit 1
  fi
  python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
  wanted=$(cat "$lock" tools/install.sh | sha256sum | cut -d' ' -f1)
  if [ "$lock" = requirements/run.txt ] && [ -f "$stamp" ] && [ "$(cut -d' ' -f2 "$stamp")" = "$(cat requirements/dev.txt tools/install.sh | sha256sum | cut -d' ' -f1)" ]; then
    wanted= # the development environment holds all that running needs
  fi
  if [ -n "$wanted" ] && { [ ! -f "$stamp" ] || [ "$(cut -d' ' -f2 "$stamp")" != "$wanted" ]; }; then
    say "Installation des bibliothèques Python dans .venv · installing Python libraries in .venv …"
    [ -x .venv/bin/python ] || python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --progress-bar off --require-hashes -r "$lock" >&2
    printf '%s %s\n' "$lock" "$wanted" >"$stamp"
    say "… prêt · ready"
  fi
  printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/.venv/bin/python" -m corneille.run "$@"\n' "$PWD" "$PWD" >.venv/bin/corneille
  chmod +x .venv/bin/corneille
  .venv/bin/python -m tools.messages compile >&2
}
