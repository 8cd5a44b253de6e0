#!/usr/bin/env python3
"""Hostile files: never a crash, a hang or 2 GiB; one sentence with the place; the other files still come in.

run.py BUILD_FOLDER [NAME]: all cases, or one. Each file lies beside a good one of ten rows and is
analysed, inspected and, where it is text, piped into `xinjing read`.
"""
import csv
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import company  # noqa: E402
import files  # noqa: E402
from checks import Program, Suite, build_folder  # noqa: E402
from database import Database, file_records  # noqa: E402

MOST_BYTES = 2 * 2**30
SECONDS = 60
CRASH = re.compile(r"terminate called|Segmentation|Sanitizer|CHECK|core dumped|std::|INTERNAL")


def good_file(folder):
    rows = [{"message_id": f"g{i}", "conversation": "tg", "customer": "kg", "time": company.stamp(60 * i), "speaker": "customer",
             "channel": "shop", "text": f"第{i}次问了，快递到哪里了？"} for i in range(10)]
    company.write_csv(folder / "good_messages.csv", rows)


def survived(suite, what, outcome, codes):
    """The child ended by itself, in time, in bounds, with a known exit code and no inner words."""
    return suite.check(what, not outcome.late and outcome.code in codes and outcome.peak_bytes < MOST_BYTES
                       and not CRASH.search(outcome.err), lambda: outcome)


def check_rejects(suite, name, path):
    """Reason, file, line, column for every row; never the text."""
    text = path.read_text(encoding="utf-8", errors="replace")
    rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
    columns = {"file", "line", "column", "reason"}
    whole = all(columns <= set(row) and row["reason"] and row["file"] == name and int(row["line"]) > 0 for row in rows)
    suite.check(f"{name}: rejects have reason, file, line, column", whole, lambda: text[:1500])
    suite.check(f"{name}: rejects never have the text", files.SECRET not in text, lambda: text[:1500])
    return len(rows)


def check_counts(suite, name, database, rejects, wanted):
    records = {record[0]: record for record in file_records(database)}
    good = records.get("good_messages.csv")
    suite.check(f"{name}: the good file is kept whole", good is not None and good[2:] == (10, 10, 0, 0), lambda: records)
    odd = records.get(name, (name, "", 0, 0, 0, 0))
    suite.check(f"{name}: rows in = kept + rejected + duplicate", odd[2] == sum(odd[3:]), lambda: odd)
    listed = check_rejects(suite, name, rejects) if rejects.exists() else 0
    suite.equal(f"{name}: every rejected row is listed", listed, odd[4])
    if wanted is not None:
        suite.equal(f"{name}: rows kept and rejected", odd[3:5], wanted)


def run_case(suite, program, name, make, wanted):
    folder = suite.folder / name.replace(".", "_")
    folder.mkdir()
    good_file(folder)
    make(folder / name)
    database, rejects = folder / "db" / "company.duckdb", folder / "db" / "rejects.csv"
    database.parent.mkdir()
    outcome = program.run("analyze", folder, "--db", database, "--rejects", rejects, timeout=SECONDS)
    if not survived(suite, f"{name}: analyze survives", outcome, {0, 1}):
        return
    said = outcome.out + outcome.err
    suite.check(f"{name}: the text is not in the messages", files.SECRET not in said, said)
    if wanted == (0, 0):
        told = [line for line in said.splitlines() if name in line]
        suite.check(f"{name}: the file is named in one line or two", 1 <= len(told) <= 2, said)
    check_counts(suite, name, database, rejects, wanted)
    again = program.run("analyze", folder, "--db", database, "--rejects", rejects, timeout=SECONDS)
    survived(suite, f"{name}: a second run survives", again, {0, 1})
    with Database(database) as rows:
        kept = 10 + (wanted[0] if wanted else 0)
        count = int(rows.value("SELECT COUNT(*) FROM messages"))
        suite.check(f"{name}: a second run adds nothing", count == kept if wanted else count >= 10, count)
    outcome = program.run("inspect", folder / name, timeout=SECONDS)
    survived(suite, f"{name}: inspect survives", outcome, {0, 1, 3, 4, 8})
    said = outcome.out if outcome.code in (0, 1) else outcome.err
    suite.check(f"{name}: inspect says what it is, or why not, without the text",
                files.SECRET not in said and said.strip() and (outcome.code in (0, 1) or len(said.strip().splitlines()) == 1), lambda: outcome)


def run_gb18030_text(suite):
    database = suite.folder / "gb18030_csv" / "db" / "company.duckdb"
    if database.exists():
        with Database(database) as rows:
            texts = {text for text, in rows.rows("SELECT text FROM messages WHERE message_id LIKE 'x%'")}
        suite.equal("gb18030.csv: the words are right", texts, {"电费怎么又涨了", "请你们解释一下", "谢谢"})


def run_stream(suite, program):
    """`xinjing read` answers every bad line and goes on."""
    good = '{"id":"%s","text":"你们太慢了"}\n'
    bad = [b"{\n", b"[]\n", b'{"id":"n","text":"a\0b"}\n', b'{"id":"u","text":"\xff\xfe\xc0\x80"}\n', b"[" * 200_000 + b"\n",
           b'{"id":"t","turns":' + b'[{"turns":' * 50_000 + b"\n", b'{"id":"l","text":"' + "长".encode() * 3_500_000 + b'"}\n',
           b'{"id":"e","turns":[]}\n', b'{"id":"w","turns":[{"speaker":7,"text":[]}]}\n', b'{"id":"s","text":"\\ud800"}\n', b"\xef\xbb\xbf{}\n"]
    lines = b"".join((good % f"g{i}").encode() + line for i, line in enumerate(bad)) + (good % "end").encode()
    outcome = program.run("read", stdin=lines, timeout=SECONDS)
    if not survived(suite, "read: a stream of bad lines is survived", outcome, {0, 1, 3}):
        return
    out = outcome.out.splitlines()
    suite.equal("read: one line out for each line in", len(out), 2 * len(bad) + 1)
    good_lines = [line for line in out if '"episode"' in line]
    suite.check("read: every good line is read", all(any(f'"id":"g{i}"' in line for line in good_lines) for i in range(len(bad))), out[0][:200])
    suite.check("read: the last line is read", '"id":"end"' in out[-1] and '"episode"' in out[-1], out[-1][:200])
    suite.check("read: errors come with the number of their line", re.search(r"\b2\b", outcome.err), outcome.err[:500])


def main():
    chosen = sys.argv[2:3]
    program = Program(build_folder())
    with Suite("hostile") as suite:
        for name, make, wanted in files.CASES:
            if make is files.unreadable and os.geteuid() == 0:
                suite.skip(name, "root may read everything")
            elif not chosen or chosen == [name]:
                run_case(suite, program, name, make, wanted)
        run_gb18030_text(suite)
        if not chosen or chosen == ["read"]:
            run_stream(suite, program)
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
