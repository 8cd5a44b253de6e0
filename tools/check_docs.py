#!/usr/bin/env python3
"""Checks that the documentation is true where a program can tell. Usage: check_docs.py [BUILD_FOLDER]

- docs/commands.md has a section for every command and names in it every argument that
  `xinjing COMMAND --help` prints, and no section for a command that does not exist;
- every relative link in a .md file leads to a file, and to a heading where it names one;
- every docs/*.md that a source file or script sends its reader to is there;
- no file names a folder of the machine it was written on, or the host of a package registry.

Prints each fault as file:line: sentence, and exits with 1 if there is any.
"""
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMANDS = "docs/commands.md"
# Written in pieces, so that this file does not find itself.
FOREIGN = [
    (re.compile(r"(?<![\w.~/-])/" + r"work/"), "a folder of the machine it was written on"),
    (re.compile(r"/tmp/" + r"bash_jobs"), "a folder of the machine it was written on"),
    (re.compile(r"https?://[\w.:@-]*(registry|mirror|artifact|nexus|proxy|pypi|npmjs|deb\.debian|maven)"),
     "the host of a package registry"),
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
MENTION = re.compile(r"(?<![\w/])docs/[\w./-]+\.md")
TEXT_SUFFIXES = {".h", ".cc", ".py", ".sh", ".cmake", ".txt", ".md", ".toml", ".json", ".jsonl", ".csv",
                 ".tsv", ".sql", ".yml", ".yaml", ".scenario", ".sha256", ""}


def git_files():
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def lines_outside_code(text):
    """(number, line) of a Markdown text, without fenced blocks and code spans."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield number, re.sub(r"`[^`]*`", "``", line)


def anchor_of(heading):
    """The anchor that GitHub gives a heading."""
    kept = [c for c in heading.strip().lower()
            if c in " -_" or unicodedata.category(c)[0] in "LN"]
    return "".join(kept).replace(" ", "-")


def anchors_of(path):
    found, fenced = set(), False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        heading = re.match(r"#{1,6}\s+(.*)", line)
        if heading and not fenced:
            found.add(anchor_of(heading.group(1)))
    return found


def link_faults(name, text):
    for number, line in lines_outside_code(text):
        for found in LINK.finditer(line):
            target = found.group(1) or found.group(2)
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            path, _, anchor = target.partition("#")
            there = (ROOT / name).parent / path if path else ROOT / name
            if not there.exists():
                yield f"{name}:{number}: the link {target} leads nowhere"
            elif anchor and there.suffix == ".md" and anchor not in anchors_of(there):
                yield f"{name}:{number}: {path or name} has no heading #{anchor}"


def mention_faults(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        for mention in MENTION.findall(line):
            if not (ROOT / mention).exists():
                yield f"{name}:{number}: there is no {mention}"


def foreign_faults(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in FOREIGN:
            if pattern.search(line):
                yield f"{name}:{number}: names {what}"


def file_faults(name):
    path = ROOT / name
    if path.suffix not in TEXT_SUFFIXES:
        return
    text = path.read_bytes().decode("utf-8", "replace")
    yield from foreign_faults(name, text)
    if path.suffix == ".md":
        yield from link_faults(name, text)
    if path.suffix in (".md", ".h", ".cc", ".py", ".sh", ".cmake", ".sql", ".toml"):
        yield from mention_faults(name, text)


def help_of(program, *words):
    done = subprocess.run([str(program), *words, "--help", "--lang", "en"], cwd=ROOT, timeout=60,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError(f"{program.name} {' '.join(words)} --help fails: {done.stderr.decode().strip()}")
    return done.stdout.decode()


def indented_words(text, title):
    """The first words of the two-space indented lines that follow the line `title`."""
    lines = text.split("\n")
    for line in lines[lines.index(title) + 1:]:
        if not line.strip():
            break
        if re.match(r"  \S", line):
            # "--db, -d TEXT   help": the names end where two spaces or a value word begin
            yield from re.findall(r"(?:^  |, )(--?[\w-]+|[A-Z][\w-]*)", line.split("   ")[0].rstrip())


def commands_of(overview):
    between = overview.split("COMMAND [ARGUMENTS]", 1)[1].split("Everywhere:", 1)[0]
    return re.findall(r"^  ([a-z][\w-]*) ", between, re.M)


def sections_of(text):
    """command -> (line, section) for the headings '## `name …`' of docs/commands.md."""
    sections, name = {}, None
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"## `([a-z][\w-]*)", line)
        if line.startswith("## "):
            name = heading.group(1) if heading else None
            if name:
                sections[name] = (number, "")
        elif name:
            sections[name] = (sections[name][0], sections[name][1] + line + "\n")
    return sections


def argument_faults(name, line, section, usage):
    if "Arguments:" not in usage.split("\n"):
        return
    for argument in indented_words(usage, "Arguments:"):
        if not re.search(r"(?<![\w-])" + re.escape(argument) + r"(?![\w-])", section):
            yield f"{COMMANDS}:{line}: the section on {name} lacks {argument}"


def command_faults(program):
    text = (ROOT / COMMANDS).read_text(encoding="utf-8")
    overview = help_of(program)
    commands, sections = commands_of(overview), sections_of(text)
    for word in indented_words(overview, "Everywhere:"):
        if word not in text:
            yield f"{COMMANDS}:1: lacks the option {word}"
    for name in commands:
        if name not in sections:
            yield f"{COMMANDS}:1: lacks the command {name}"
            continue
        yield from argument_faults(name, *sections[name], help_of(program, name))
    for name, (line, _) in sections.items():
        if name not in commands:
            yield f"{COMMANDS}:{line}: there is no command {name}"


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
    program = ROOT / build / "bin" / "xinjing"
    faults = [fault for name in git_files() for fault in file_faults(name)]
    if program.exists():
        faults += command_faults(program)
    else:
        faults.append(f"{program}: is not built, so {COMMANDS} cannot be compared with it")
    print("\n".join(faults) if faults else "the documentation agrees with the program and with itself")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
