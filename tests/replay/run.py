#!/usr/bin/env python3
"""The same rows give the same company, however they come: one thread or many, whole or in shards in
any order, one by one, grown, read again with other cards and back. Compared byte for byte.

run.py BUILD_FOLDER [--seed N]
Over a small part of sample/ and, where they lie beside the repository, over the labelled dialogues turned into files.
"""
import argparse
import csv
import io
import pathlib
import random
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from checks import DIALOGUES, ROOT, Program, Suite, small_company  # noqa: E402
from database import difference, file_records, snapshot  # noqa: E402

DELIMITERS = {".csv": ",", ".tsv": "\t"}
# Rows of one conversation that have the same time are told apart by their place in the file, so they
# must stay together; everything else may be torn apart.
TIE_COLUMNS = {"客户编号", "customer", "handle", "时间", "time", "会话", "conversation"}


class Rows:
    """A data file as a list of rows that can be dealt out."""

    def __init__(self, path):
        self.name, self.delimiter = path.name, DELIMITERS.get(path.suffix)
        text = path.read_text(encoding="utf-8-sig")
        if self.delimiter:
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))
            self.header, self.rows = table[0], table[1:]
        else:
            self.header, self.rows = None, text.splitlines()

    def write(self, folder, rows):
        if not rows:
            return
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / self.name, "w", encoding="utf-8", newline="") as file:
            if self.delimiter:
                csv.writer(file, delimiter=self.delimiter, lineterminator="\n").writerows([self.header, *rows])
            else:
                file.write("\n".join(rows) + "\n")

    def groups(self):
        """Rows that must keep their order among themselves, in the order of the file."""
        if not self.delimiter:
            return [[row] for row in self.rows]
        columns = [i for i, name in enumerate(self.header) if name in TIE_COLUMNS]
        groups = {}
        for number, row in enumerate(self.rows):
            key = tuple(row[i] for i in columns) if columns else number
            groups.setdefault(key, []).append(row)
        return list(groups.values())


def data_files(folder):
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".tsv", ".jsonl"))


def deal(source, target, shards, rng):
    """Tears every file into shards at random; gives the folders, in random order."""
    for path in data_files(source):
        rows = Rows(path)
        hands = [[] for _ in range(shards)]
        for group in rows.groups():
            hands[rng.randrange(shards)].extend(group)
        for number, hand in enumerate(hands):
            rng.shuffle(hand) if rows.header is None else None
            rows.write(target / f"shard{number}", hand)
    folders = sorted(target.iterdir())
    rng.shuffle(folders)
    return folders


class Replay:
    def __init__(self, suite, program):
        self.suite, self.program, self.runs = suite, program, 0

    def analyse(self, folders, *options, path=None, home=None):
        """Analyses folders one after another into one file; gives its path."""
        if path is None:
            self.runs += 1
            path = self.suite.folder / f"company{self.runs}.duckdb"
        where = ["--home", home] if home else []
        for folder in folders:
            self.outcome = self.program.run(*where, "analyze", folder, "--db", path, "--quiet", *options, timeout=300)
            if self.outcome.code != 0:
                self.suite.check(f"analyze {folder.name} ends well", False, self.outcome)
        return path

    def same(self, what, wanted, path):
        got = snapshot(path)
        self.suite.check(what, difference(wanted, got) is None, lambda: difference(wanted, got, ("wanted", "got")))


def check_threads(replay, name, data, wanted):
    replay.same(f"{name}: seven threads = one thread", wanted, replay.analyse([data], "--threads", "7"))


def check_shards(replay, name, data, wanted, rng, shards):
    folders = deal(data, replay.suite.folder / f"{name}-shards", shards, rng)
    print(f"{name}: order {' '.join(folder.name for folder in folders)}")
    replay.same(f"{name}: {shards} shards in random order = whole", wanted, replay.analyse(folders))


def check_again(replay, name, data, wanted, path):
    before = file_records(path)
    replay.analyse([data], path=path)
    replay.same(f"{name}: a second run changes nothing", wanted, path)
    replay.suite.equal(f"{name}: a second run reads no row", file_records(path), before)
    copy = replay.suite.folder / f"{name}-copy"
    copy.mkdir()
    for file in data_files(data):
        shutil.copy(file, copy)
    replay.analyse([copy], path=path)
    replay.same(f"{name}: the same files from elsewhere change nothing", wanted, path)
    kept = [sum(record[3] for record in records) for records in (before, file_records(path))]
    replay.suite.equal(f"{name}: their rows are all duplicates or rejected again", kept[1], kept[0])


def check_grown(replay, name, data, wanted, whole):
    """Half of every file first; then the file has grown by the other half. `whole`: a run over all of it."""
    folder = replay.suite.folder / f"{name}-growing"
    folder.mkdir()
    files = data_files(data)
    for file in files:
        lines = file.read_bytes().splitlines(keepends=True)
        (folder / file.name).write_bytes(b"".join(lines[:max(1, len(lines) // 2)]))
    path = replay.analyse([folder])
    replay.suite.check(f"{name}: half of the files has fewer rows", file_records(path) != file_records(whole))
    for file in files:
        shutil.copy(file, folder / file.name)
    replay.analyse([folder], path=path)
    replay.same(f"{name}: grown files = whole files", wanted, path)
    replay.suite.equal(f"{name}: of grown files only what is new is read", file_records(path), file_records(whole))


def other_home(folder):
    """The installed cards and cues, one cue file cut in half."""
    folder.mkdir()
    shutil.copytree(ROOT / "constructs", folder / "constructs")
    if (ROOT / "models").exists():
        (folder / "models").symlink_to(ROOT / "models")
    cues = sorted(folder.glob("constructs/*/cues.zh.tsv"), key=lambda path: -path.stat().st_size)[0]
    lines = cues.read_text(encoding="utf-8").splitlines(keepends=True)
    cues.write_text("".join(lines[:len(lines) // 2]), encoding="utf-8")
    return folder


def check_taken_back(replay, name, data, wanted):
    """Evidence that was retracted and added again leaves no trace."""
    home = other_home(replay.suite.folder / f"{name}-home")
    path = replay.analyse([data], home=home)
    replay.suite.check(f"{name}: other cues give another company", difference(wanted, snapshot(path)) is not None)
    replay.same(f"{name}: other cues and back = never changed", wanted, replay.analyse([data], path=path))
    path = replay.analyse([data], "--gap-minutes", "1")
    replay.suite.check(f"{name}: a shorter gap gives other conversations",
                       difference(wanted, snapshot(path, ["conversations"])) is not None)
    replay.same(f"{name}: a shorter gap and back = never changed", wanted, replay.analyse([data], path=path))


def check_one_by_one(replay, small, rng):
    """A few customers, one row in each run."""
    chosen = set(rng.sample(["C1001", "C1003", "C1004", "C1012", "C1014"], 2))
    print(f"one by one: {' '.join(sorted(chosen))}")
    rows = Rows(small / "messages.csv")
    customer = rows.header.index("客户编号")
    few = [row for row in rows.rows if row[customer] in chosen][:24]
    base = replay.suite.folder / "few"
    rows.write(base / "whole", few)
    wanted = snapshot(replay.analyse([base / "whole"]))
    order = list(range(len(few)))
    rng.shuffle(order)
    for number in order:
        rows.write(base / f"row{number}", [few[number]])
    path = replay.analyse([base / f"row{number}" for number in order])
    replay.same(f"sample: {len(few)} messages one by one in random order = at once", wanted, path)


def run_company(replay, name, data, rng, shards, small):
    """`small`: cheap enough for every variation."""
    path = replay.analyse([data], "--threads", "1")
    wanted = snapshot(path)
    sizes = {table: text.count(b"\n") - 1 for table, text in wanted.items()}
    print(f"{name}: {sizes}")
    replay.suite.check(f"{name}: there is evidence, a tally and portraits",
                       all(sizes[table] > 0 for table in ("messages", "readings", "evidence", "tally", "portraits")), sizes)
    check_threads(replay, name, data, wanted)
    check_shards(replay, name, data, wanted, rng, shards)
    if small:
        check_grown(replay, name, data, wanted, path)
        check_taken_back(replay, name, data, wanted)
    check_again(replay, name, data, wanted, path)


def dialogues_folder(suite):
    files = [path for path in (DIALOGUES / "service_dialogues" / "train.jsonl", DIALOGUES / "service_calls" / "train.jsonl")
             if path.exists()]
    if not files:
        return None
    folder = suite.folder / "dialogues"
    subprocess.run([sys.executable, ROOT / "tools" / "dialogues_to_files.py", folder, *files], check=True)
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", nargs="?", default="build/release")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    rng = random.Random(options.seed)
    with Suite("replay") as suite:
        replay = Replay(suite, Program(options.build))
        small = small_company(suite.folder / "small")
        run_company(replay, "sample", small, rng, 4, True)
        check_one_by_one(replay, small, rng)
        dialogues = dialogues_folder(suite)
        if dialogues:
            run_company(replay, "dialogues", dialogues, rng, 3, False)
        else:
            suite.skip("dialogues", "no labelled dialogues lie beside the repository")
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
