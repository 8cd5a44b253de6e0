#!/usr/bin/env python3
"""Compares the part of a portrait that README.md shows with what the program prints of the sample
company now. Usage: readme_example.py [BUILD_FOLDER] [--update]

--update writes the README anew; look at the difference before you commit it.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PERSON = "C1047"
# language -> first words of the block in the README, constructs that are shown, the last group
SHOWN = {
    "zh": ("客户画像", {"情绪", "诉求动机", "需要层次", "关系信号"}, "依据不足"),
    "en": ("Portrait of", {"Emotion", "Motive", "Need level", "Bond"}, "Not enough ground"),
}
LONGEST = 110


def run(program, *words):
    return subprocess.run([str(program), *words, "--quiet"], cwd=ROOT, check=True, timeout=300,
                          stdout=subprocess.PIPE).stdout.decode()


def shortened(line):
    """A list of names that is too long for a page ends with dots."""
    if len(line.encode()) <= LONGEST:
        return line
    kept = line.encode()[:LONGEST].decode("utf-8", "ignore")
    mark = "、" if "、" in kept else ", "
    return kept[:kept.rindex(mark)] + ("……" if mark == "、" else ", ...")


def part_of(portrait, constructs, last):
    """The head, the lines of some constructs with their quotes, and the last group."""
    lines = portrait.rstrip("\n").split("\n")
    shown = lines[:lines.index("")]
    group, keeps = "", False
    for line in lines[len(shown):]:
        if line and not line.startswith(" "):
            group, keeps = line, line == last
            if keeps:
                shown += ["", line]
        elif group == last:
            shown += [shortened(line)] if line else []
        elif line.startswith("      "):
            shown += [line] if keeps else []
        elif line:
            keeps = line.strip().split("  ")[0] in constructs
            if keeps and group not in shown:
                shown += ["", group]
            shown += [line] if keeps else []
    return "\n".join(shown)


def main():
    words = [word for word in sys.argv[1:] if word != "--update"]
    program = ROOT / (words[0] if words else "build/release") / "bin" / "xinjing"
    readme = ROOT / "README.md"
    old = new = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        database = str(pathlib.Path(folder) / "sample.duckdb")
        run(program, "analyze", "sample", "--db", database, "--pack", "power")
        for lang, (begin, constructs, last) in SHOWN.items():
            portrait = run(program, "profile", PERSON, "--db", database, "--lang", lang, "--quotes", "1")
            block = "```\n" + part_of(portrait, constructs, last) + "\n```"
            new = re.sub(r"```\n" + begin + r".*?\n```", lambda _: block, new, flags=re.S)
    if new == old:
        print("README.md shows what the program prints")
        return 0
    if "--update" in sys.argv:
        readme.write_text(new, encoding="utf-8")
        print("README.md is updated")
        return 0
    print("README.md: shows another portrait than the program; tools/readme_example.py --update")
    return 1


if __name__ == "__main__":
    sys.exit(main())
