#!/usr/bin/env python3
"""Makes the files of the sample company (sample/) from the texts written for it (sample/source/).

make_sample.py            writes them
make_sample.py --check    says whether what is there is what would be written, and whether README.md counts right
make_sample.py --first FOLDER   writes the small company that tests use: the customers of first.jsonl alone

Words were written by hand; figures that fit them (seconds, waits, readings, ratings without a comment,
browsing) are drawn. The same seed gives the same bytes on every machine and every Python from 3.11 on.
"""
import argparse
import csv
import io
import json
import pathlib
import re
import sys

from sample_company import meters, people, service, talks, trade, truth
from sample_company.source import Source

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample"
SEED = 20251101


def delimited(rows, delimiter=",", mark=""):
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return (mark + out.getvalue()).encode()


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def made_files(seed, source, broken):
    """(name -> bytes, name -> number of rows)."""
    conversations = talks.messages(seed, source)
    identities = people.identity_rows(seed, source)
    handles = {(row["customer"], row["channel"]): row["handle"] for row in identities}
    orders = trade.orders(seed, source)
    told, silent = service.visits(seed, source, conversations) if source.drawn() else ([], [])
    tables = {
        "customers.csv": people.customer_rows(seed, source), "identities.csv": identities,
        "messages.csv": talks.message_rows(conversations, broken), "weibo.jsonl": talks.weibo_rows(conversations, handles),
        "shop_chat.tsv": talks.chat_rows(conversations, handles), "orders.csv": trade.order_rows(seed, source, orders),
        "events.jsonl": trade.event_rows(seed, source, orders), "responses.csv": service.response_rows(seed, source, conversations, silent),
        "touchpoints.csv": service.touchpoint_rows(seed, source, conversations, told, silent),
        "usage.csv": meters.usage_rows(seed, source), "observations.csv": service.observation_rows(seed, source, conversations),
        "truth/truth.jsonl": truth.label_rows(conversations)}
    files = {}
    for name, rows in tables.items():
        suffix = pathlib.PurePath(name).suffix
        files[name] = lines(rows) if suffix == ".jsonl" else delimited(rows, "\t" if suffix == ".tsv" else ",", "\ufeff" if name == "customers.csv" else "")
    return files, {name: len(rows) for name, rows in tables.items()}


def sample_files(seed):
    source = Source(SAMPLE / "source")
    files, counts = made_files(seed, source, source.kept("broken"))
    story = truth.story(source)
    files["truth/truth.json"] = (json.dumps(story, ensure_ascii=False, indent=1) + "\n").encode()
    counts["truth/truth.json"] = len(story["story"])
    return files, counts


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def stale(folder, files):
    """What lies there and differs, lacks or is too much."""
    wrong = [name for name, content in files.items() if not (folder / name).exists() or (folder / name).read_bytes() != content]
    there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return wrong + [name for name in there if name not in files and name not in ("README.md", "STORY.md") and not name.startswith("source/")]


def miscounted(readme, files, counts):
    """Rows of the tables of README.md that are not so."""
    said = dict(re.findall(r"^\| `([^`]+)` \| ([\d,]+) \|", readme, re.M))
    wrong = [f"{name} has {count} rows" for name, count in counts.items() if said.get(name, "").replace(",", "") != str(count)]
    text = files["messages.csv"].decode()
    for line, message in re.findall(r"^\| (\d+) \| `(M\d+)` \|", readme, re.M):
        starts = [text[:place.start()].count("\n") + 1 for place in re.finditer(rf"^{message},", text, re.M)]
        if int(line) not in starts:
            wrong.append(f"{message} stands on line {starts} of messages.csv")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--first", metavar="FOLDER", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    print(f"seed {options.seed}")
    if options.first:
        source = Source(SAMPLE / "source", "first.jsonl")
        files, _ = made_files(options.seed, source, source.kept("broken"))
        write(options.first, {name: content for name, content in files.items() if not name.startswith("truth/")})
        return 0
    files, counts = sample_files(options.seed)
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    if options.check:
        wrong = [f"sample/{name} is not what tools/make_sample.py writes" for name in stale(SAMPLE, files)]
        wrong += [f"sample/README.md: {what}" for what in miscounted(readme, files, counts)]
        print("\n".join(wrong) or f"sample/ is what its texts give: {len(files)} files")
        return 1 if wrong else 0
    write(SAMPLE, files)
    for name, count in counts.items():
        print(f"{name:<18} {count:>6} rows")
    for what in miscounted(readme, files, counts):
        print(f"sample/README.md: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
