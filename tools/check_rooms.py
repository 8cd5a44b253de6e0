#!/usr/bin/env python3
"""Checks the rule of rooms (ARCHITECTURE.md): a file includes its own room and rooms to its left.

Prints each broken rule as file:line: sentence, and exits with 1 if there is any.
"""
import pathlib
import re
import sys

ROOMS = ("base sources ingest store language learn survey evidence psychology behaviour profile "
         "insight playbook desk report serve cli").split()
# Third-party headers and the only files that may include them. Standard, POSIX and test headers
# are free.
HOMES = {
    "fmt/": ["src/base/format.h"],
    "simdjson": ["src/base/json.h"],
    "toml++/": ["src/base/toml.cc"],
    "xxhash": ["src/base/hash.cc"],
    "duckdb": ["src/base/duckdb.cc", "src/base/duckdb.h"],
    "zip": ["src/sources/zip.cc"],
    "zlib": ["src/sources/gzip.cc"],
    "expat": ["src/sources/xes.cc"],
    "xlsxwriter": ["src/report/report_workbook.cc"],
    "iconv": ["src/sources/encoding.cc"],
    "utf8proc": ["src/language/normalise.cc"],
    "unicode/": ["src/language/words.cc"],
    "CLI/": ["src/cli/arguments.cc"],
    "spdlog/": ["src/base/log.cc"],
}
FREE = ("gtest/", "gmock/", "benchmark/", "sys/")
PURE = ROOMS[ROOMS.index("language"):ROOMS.index("playbook") + 1]
IMPURE = re.compile(r"std::chrono::\w+_clock::now|std::this_thread|std::j?thread\b|std::[io]fstream|"
                    r"\bstd::c(out|err|in)\b|\bgetenv\(|std::random_device|\bfopen\(|\bprintf\(")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def third_party_problem(path, name):
    if "." not in name and "/" not in name or name.startswith(FREE):
        return None
    for prefix, homes in HOMES.items():
        if name.startswith(prefix):
            if path in homes:
                return None
            return f"<{name}> belongs to {' or '.join(homes)} alone"
    return None


def room_problem(path, room, name):
    other = name.split("/")[0]
    if other not in ROOMS:
        return None
    if ROOMS.index(other) > ROOMS.index(room):
        return f"room {room} includes room {other}, which is to its right"
    if {room, other} == {"psychology", "behaviour"}:
        return "psychology and behaviour never include each other"
    table = re.search(r"_table(_test)?\.(h|cc)$", path)
    if other == "store" and room not in ("store", "cli") and not table:
        return "only *_table files and cli include store/"
    return None


def problems_of(path, text):
    room = path.split("/")[1]
    is_test = path.endswith("_test.cc")
    table = re.search(r"_table(_test)?\.(h|cc)$", path)
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        if include:
            kind, name = include.groups()
            problem = third_party_problem(path, name) if kind == "<" else room_problem(path, room, name)
            if problem:
                yield f"{path}:{number}: {problem}"
        elif room in PURE and not is_test and not table and IMPURE.search(line):
            yield f"{path}:{number}: room {room} is pure: no clock, I/O, threads or randomness of its own"


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    found = []
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        name = path.relative_to(root).as_posix()
        if name.split("/")[1] not in ROOMS:
            found.append(f"{name}:1: no such room")
            continue
        found += problems_of(name, path.read_text(encoding="utf-8"))
    print("\n".join(found) if found else "rooms: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
