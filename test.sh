#!/usr/bin/env bash
# Sets up, builds and runs every test. ./test.sh --quick leaves out sanitizers and fuzzing;
# ./test.sh --lint adds clang-tidy over all sources (some ten minutes the first time).
set -euo pipefail
cd "$(dirname "$0")"
quick=no
lint=no
for word in "$@"; do
  case "$word" in
    --quick) quick=yes ;;
    --lint) lint=yes ;;
    *) echo "test.sh: takes --quick and --lint, not $word" >&2; exit 2 ;;
  esac
done

step() { echo "== $* ($(date +%H:%M:%S))"; }
build() {  # preset, what for, targets besides all
  step "building: $2"
  cmake --preset "$1" -S . >"build/$1.configure.log" 2>&1 || { cat "build/$1.configure.log"; exit 1; }
  cmake --build "build/$1" --target all ${3:-} >"build/$1.build.log" 2>&1 || { grep -E 'error|FAILED|warning' -A6 "build/$1.build.log" | head -80; exit 1; }
}

step "setting up"
tools/setup.sh --tests
mkdir -p build
build release "the program, its tests and benchmarks" benches
options=(--build build/release --format)
if [ $quick = no ]; then
  build debug "tests under the address and undefined behaviour sanitizers"
  build fuzz "fuzz targets (Clang)"
  options+=(--sanitized build/debug --fuzz build/fuzz)
fi
[ $lint = yes ] && options+=(--lint)
step "testing"
python3 tools/run_tests.py "${options[@]}"
