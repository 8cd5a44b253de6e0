#!/usr/bin/env python3
"""`xinjing erase`: afterwards no byte of the file knows the person, every table is as if they had
never come, and another delivery of the same rows does not bring them back.

run.py BUILD_FOLDER
The file's bytes are searched as they are, and in a copy without compression, where short texts would
show; that both searches find the person before the erasure is a check of its own.
"""
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from checks import Program, Suite, build_folder, small_company  # noqa: E402
from database import Database, difference, snapshot  # noqa: E402
from person import HANDLES, LONG, MASKED, MESSAGES, NAME, NEEDLES, PERSON, PHONE, WORDS, make_company  # noqa: E402

WHOLE = {"churn_risks", "customer_values", "journey_edges", "journey_steps", "journey_variants", "preferences", "recommendations",
         "said_did"}
GONE = {**NEEDLES, "long text": LONG[:40]}


def bytes_of(path):
    """The file, its log and whatever else lies beside it under its name."""
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + "*")) if p.is_file())


def found(blob, needles):
    return [what for what, text in needles.items() if text.encode() in blob]


def uncompressed(path, target):
    """The bytes of a file with the same tables in which no text is packed."""
    with Database(target, write=True) as database:
        database.rows("SET force_compression = 'uncompressed'")
        database.rows(f"ATTACH '{path}' AS company (READ_ONLY)")
        for table, in database.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'company'"):
            database.rows(f'CREATE TABLE "{table}" AS FROM company."{table}"')
        database.rows("DETACH company")
        database.rows("CHECKPOINT")
    return target.read_bytes()


class Erasure:
    def __init__(self, suite, program):
        self.suite, self.program = suite, program
        self.path = suite.folder / "with" / "company.duckdb"
        self.path.parent.mkdir()
        self.wanted = {}

    def analyse(self, data, path):
        outcome = self.program.run("analyze", data, "--db", path, "--quiet")
        self.suite.check(f"analyze {data.name} ends well", outcome.code == 0, lambda: outcome)

    def look_before(self):
        check = self.suite.check
        check("before: the long text is found in the bytes of the file", LONG[:40].encode() in bytes_of(self.path))
        plain = uncompressed(self.path, self.suite.folder / "before.plain")
        self.suite.equal("before: everything is found in the uncompressed copy", found(plain, GONE), list(GONE))
        self.suite.equal("before: personal data in texts was never kept", found(plain, MASKED), [])
        for word in (PERSON, *HANDLES):
            outcome = self.program.run("profile", word, "--db", self.path, "--json")
            check(f"before: profile {word} shows the person", outcome.code == 0 and PERSON in outcome.out, lambda: outcome)

    def erase(self):
        outcome = self.program.run("erase", PERSON, "--db", self.path)
        self.suite.check("erase ends well", outcome.code == 0, lambda: outcome)
        said = outcome.out
        counted = re.search(rf"messages\D+{len(MESSAGES) + 1}\b", said)
        self.suite.check("the receipt counts the rows of messages", counted, said)
        secrets = (NAME, PHONE, *WORDS.values())
        self.suite.check("the receipt has no words of the person", not any(text in said for text in secrets), said)

    def look_after(self, when):
        self.suite.equal(f"{when}: nothing is found in the bytes of the file", found(bytes_of(self.path), GONE), [])
        plain = uncompressed(self.path, self.suite.folder / f"{when.replace(' ', '-')}.plain")
        self.suite.equal(f"{when}: nothing is found in the uncompressed copy", found(plain, GONE), [])
        self.suite.check(f"{when}: other people are still there", b"C1004" in plain and "智充7kW".encode() in plain)
        # Figures over everybody have gone whole, until the next analysis makes them again.
        fitted = WHOLE if when == "after" else set()
        wanted = {table: rows for table, rows in self.wanted.items() if table not in fitted}
        is_now = {table: rows for table, rows in snapshot(self.path).items() if table not in fitted}
        wrong = difference(wanted, is_now, ("never there", "erased"))
        self.suite.check(f"{when}: every table is as if the person had never come", wrong is None, wrong)
        self.look_at_commands(when)

    def look_at_commands(self, when):
        for word in (PERSON, *HANDLES, f"wechat:{HANDLES[0]}"):
            self.suite.equal(f"{when}: profile {word} finds nobody", self.program.run("profile", word, "--db", self.path).code, 4)
        for form in ("csv", "jsonl", "parquet"):
            folder = self.suite.folder / f"export-{form}-{when.replace(' ', '-')}"
            outcome = self.program.run("export", folder, "--db", self.path, "--format", form)
            files = list(folder.glob(f"*.{form}"))
            self.suite.check(f"{when}: export as {form} works", outcome.code == 0 and files, lambda: outcome)
            self.suite.equal(f"{when}: nothing is found in {form}", found(b"".join(p.read_bytes() for p in files), GONE), [])


def main():
    with Suite("erase") as suite:
        erasure = Erasure(suite, Program(build_folder()))
        data = make_company(suite.folder / "data")
        never = suite.folder / "never.duckdb"
        erasure.analyse(small_company(suite.folder / "never-company"), never)
        erasure.wanted = snapshot(never)
        erasure.analyse(data, erasure.path)
        erasure.look_before()
        erasure.erase()
        erasure.look_after("after")
        suite.equal("a second erase finds nobody", erasure.program.run("erase", PERSON, "--db", erasure.path).code, 4)
        erasure.analyse(data, erasure.path)
        erasure.analyse(shutil.copytree(data, suite.folder / "moved"), erasure.path)
        erasure.look_after("delivered again")
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
