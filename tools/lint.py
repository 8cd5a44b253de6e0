#!/usr/bin/env python3
"""Runs clang-tidy over src/ on all cores; a file that passed is not checked again until it, a header
of ours or the rules change. Usage: lint.py BUILD_FOLDER [FILE...]"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def digest_of(path, seen):
    """The text of a file and of all our headers it includes, in order."""
    if path in seen or not path.is_file():
        return b""
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    return text.encode() + b"".join(digest_of(ROOT / "src" / name, seen) for name in INCLUDE.findall(text))


def plain_command(entry):
    """The compile command without the precompiled header of another compiler."""
    words = entry["command"].split()
    start = next(i for i, word in enumerate(words) if re.search(r"(c|g|clang)\+\+(-\d+)?$", word))
    keep, skip = [], False
    for word in words[start + 1:]:
        if skip:
            skip = False
        elif word in ("-include", "-o", "-MT", "-MF"):
            skip = True
        elif word not in ("-MD", "-c", "-fpch-preprocess", "-Winvalid-pch", "-Werror") and word != entry["file"]:
            keep.append(word)
    return keep


def check(entry, folder):
    path = pathlib.Path(entry["file"])
    rules = (ROOT / ".clang-tidy").read_bytes()
    name = hashlib.sha256(rules + digest_of(path, set()) + str(path.relative_to(ROOT)).encode()).hexdigest()
    stamp = folder / name
    if stamp.exists():
        return ""
    flags = [flag.replace('\\"', '"') for flag in plain_command(entry)]
    done = subprocess.run(["clang-tidy-14", "--quiet", str(path), "--", *flags, "-include",
                           str(ROOT / "src/base/pch.h")], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
        return ""
    return done.stdout + "\n".join(l for l in done.stderr.splitlines() if "warnings generated" not in l)


def main():
    build = ROOT / sys.argv[1]
    only = {str(pathlib.Path(f).resolve()) for f in sys.argv[2:]}
    folder = ROOT / "build" / "lint"
    folder.mkdir(parents=True, exist_ok=True)
    entries = [e for e in json.loads((build / "compile_commands.json").read_text())
               if e["file"].startswith(str(ROOT / "src")) and not e["file"].endswith("_test.cc")
               and (not only or e["file"] in only)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [text for text in pool.map(lambda e: check(e, folder), entries) if text.strip()]
    print("\n".join(problems) if problems else f"lint: {len(entries)} files are clean")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
