#!/usr/bin/env bash
# Sets up, builds the program, analyses the sample company in sample/ and shows an overview and one
# portrait, and writes the report. Running it again is harmless: what is there is not made again.
# 安装所需、编译、分析样例公司，显示总览和一份画像，写出报告。可以反复运行。
set -euo pipefail
cd "$(dirname "$0")"

locale="${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}"
case "$locale" in zh*) lang=zh ;; *) lang=en ;; esac
say() { if [ "$lang" = zh ]; then echo "$2"; else echo "$1"; fi; }
step() { echo "== $(say "$1" "$2") ($(date +%H:%M:%S))"; }

step "setting up (the first time: packages and DuckDB, a minute or two)" \
     "准备环境（第一次要安装软件包和 DuckDB，约一两分钟）"
tools/setup.sh

mkdir -p build/demo
step "building the program (the first time: a few minutes; then seconds)" \
     "编译程序（第一次几分钟，以后几秒）"
cmake --preset release -S . >build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
log=build/release.build.log
cmake --build build/release --target xinjing >"$log" 2>&1 &
build=$!
trap 'kill "$build" 2>/dev/null || true' EXIT
while kill -0 "$build" 2>/dev/null; do
  sleep 1
  [ -t 1 ] && printf '\r  %s ' "$(grep -o '^\[[0-9]*/[0-9]*\]' "$log" | tail -1)"
done
[ -t 1 ] && printf '\r              \r'
wait "$build" || { grep -E 'error|FAILED' -A6 "$log" | head -60; exit 1; }
trap - EXIT

xinjing=build/release/bin/xinjing
db=build/demo/demo.xj.duckdb
case $lang in zh) person=C1047 ;; *) person=C1049 ;; esac

step "analysing the sample company: Qinglan Power, a year of invented files" \
     "分析样例公司：清澜电力（虚构），一年的资料"
"$xinjing" analyze sample --db "$db" --pack power --lang "$lang"

step "a portrait: $person" "一份画像：$person"
"$xinjing" profile "$person" --db "$db" --lang "$lang"

step "the report for a manager, in both languages" "给管理者的报告，中英文各一份"
for one in zh en; do
  "$xinjing" report --db "$db" --lang "$one" --company "$(test "$one" = zh && echo 清澜电力 || echo "Qinglan Power")" --out "build/demo/report.$one.html" --xlsx "build/demo/report.$one.xlsx" >/dev/null
done
say "  open it in a browser:  $PWD/build/demo/report.en.html  (in Chinese: report.zh.html; tables: report.en.xlsx)" \
    "  用浏览器打开：$PWD/build/demo/report.zh.html （英文：report.en.html；表格：report.zh.xlsx）"

echo
say "Try next:" "接着试试："
cat <<NEXT
  $xinjing explain $person need --db $db
  $xinjing profile C1003 --db $db
  $xinjing inspect sample/messages.csv
  $xinjing --help
NEXT
say "Your own files: docs/guide.en.md. Tests: ./test.sh" \
    "用自己的文件：docs/guide.zh.md。测试：./test.sh"
