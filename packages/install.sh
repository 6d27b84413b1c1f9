# Sourced by ./start and ./test. install_packages FILE...: installs the Debian packages listed there that are
# missing: one a line, # comments; "npm unless npm" names a command that does as well, however it came.
install_packages() {
  local missing=() package condition command
  command -v dpkg-query >/dev/null || {
    echo "this is not Debian: bring along what $(printf '%s ' "$@")name, and build with cmake" >&2
    return 1
  }
  while read -r package condition command; do
    [[ $condition == unless ]] && command -v "$command" >/dev/null && continue
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done < <(sed 's/#.*//; /^[[:space:]]*$/d' "$@")
  [[ ${#missing[@]} -eq 0 ]] && return
  local root=()
  if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null || {
      echo "Debian packages are missing, and you are neither root nor is there sudo. As root, run this, then try again:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      return 1
    }
    root=(sudo)
  fi
  echo "installing ${#missing[@]} Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -20 "$log" >&2
    echo "apt-get could not install them; the lines above say why" >&2
    return 1
  fi
  rm -f "$log"
}
