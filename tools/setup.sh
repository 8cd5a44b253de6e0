#!/usr/bin/env bash
# Installs what is missing to build Xinjing on Debian 12, says what it does, and does nothing when all
# is there. tools/setup.sh --tests adds what only the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(g++ cmake ninja-build pkg-config python3 ca-certificates ccache mold
  libfmt-dev libcli11-dev libsimdjson-dev libtomlplusplus-dev libxxhash-dev libutf8proc-dev
  libicu-dev libzip-dev libxlsxwriter-dev libexpat1-dev zlib1g-dev)
if [ "${1:-}" = "--tests" ]; then
  packages+=(libgtest-dev libgmock-dev libbenchmark-dev clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev chromium fonts-noto-cjk)
fi
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "setup: these packages are missing; ask for: apt-get install ${missing[*]}" >&2
    echo "setup: 缺少以上软件包，请管理员安装。" >&2
    exit 1
  fi
  echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  if ! { apt-get update -qq && apt-get install -y --no-remove --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -20 "$log" >&2
    echo "setup: apt-get failed (its last lines are above)" >&2
    exit 1
  fi
fi
tools/fetch_duckdb.sh
tools/fetch_echarts.sh
echo "setup: everything needed is here"
