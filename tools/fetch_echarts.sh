#!/usr/bin/env bash
# Fetches what the report's page is built from into .deps/web: Apache ECharts with the two packages it
# needs, and esbuild, which puts the page and the charts it uses into one file (docs/dependencies.md).
# Does nothing when they are there already. Checks the packages' digests.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(echarts@6.1.0 zrender@6.1.0 tslib@2.3.0 @esbuild/linux-x64@0.28.2)
out=.deps/web
stamp="$out/$(echo "${packages[*]}" | tr -c 'a-zA-Z0-9.\n' '_')"
[ -f "$stamp" ] && exit 0
command -v npm >/dev/null || { echo "fetch_echarts: npm is missing (apt-get install npm)" >&2; exit 1; }
echo "fetch_echarts: downloading ${packages[*]}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "${packages[@]}" >/dev/null)
(cd "$work" && sha256sum --quiet -c -) < tools/echarts.sha256
rm -rf "$out"
for name in echarts zrender tslib; do
  mkdir -p "$out/node_modules/$name"
  # Sources alone: the ready-made bundles, maps and types are ten times as large and not used.
  tar -xzf "$work/$name"-[0-9]*.tgz -C "$out/node_modules/$name" --strip-components=1 \
    --exclude=package/{dist,types,i18n,theme,asset,ssr}
done
tar -xzf "$work"/esbuild-linux-x64-*.tgz -C "$out" --strip-components=2 package/bin/esbuild
touch "$stamp"
echo "fetch_echarts: done ($out)"
