#!/usr/bin/env bash
# Fetches the DuckDB library and its C header into .deps/duckdb (docs/dependencies.md says why from
# these packages). Does nothing when they are there already. Checks the packages' digests.
set -euo pipefail
cd "$(dirname "$0")/.."
library="@duckdb/node-bindings-linux-x64@1.5.6-r.1"
header="duckdb@1.4.4"
out=.deps/duckdb
stamp="$out/$(echo "$library $header" | tr -c 'a-zA-Z0-9.\n' '_')"
[ -f "$stamp" ] && exit 0
command -v npm >/dev/null || { echo "fetch_duckdb: npm is missing (apt-get install npm)" >&2; exit 1; }
echo "fetch_duckdb: downloading $library and $header"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$library" "$header" >/dev/null)
(cd "$work" && sha256sum --quiet -c -) < tools/duckdb.sha256
mkdir -p "$out"
tar -xzf "$work"/duckdb-node-bindings-*.tgz -C "$work" && mv "$work/package/libduckdb.so" "$out/"
tar -xzf "$work"/duckdb-1.4.4.tgz -C "$work" package/src/duckdb/src/include/duckdb.h
mv "$work/package/src/duckdb/src/include/duckdb.h" "$out/"
touch "$stamp"
echo "fetch_duckdb: done ($out)"
