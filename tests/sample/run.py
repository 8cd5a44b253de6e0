#!/usr/bin/env python3
"""The sample company is what its texts give, fits together, and can be analysed as it lies there.

run.py BUILD_FOLDER
"""
import collections
import csv
import datetime
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from checks import ROOT, SAMPLE, Program, Suite, build_folder, small_company  # noqa: E402
from database import Database  # noqa: E402

FIRST_DAY, DAY_AFTER = "2025-11-01", "2026-11-01"
TRIVIAL = 6  # characters; shorter turns ("好", "谢谢") may come from many
SECOND_COUNTER = "2026-08-12"


def table(name):
    with open(SAMPLE / name, encoding="utf-8-sig", newline="") as file:
        if name.endswith(".jsonl"):
            return [json.loads(line) for line in file]
        return list(csv.DictReader(file, delimiter="\t" if name.endswith(".tsv") else ","))


def talks():
    """Every conversation of the texts."""
    for path in sorted((SAMPLE / "source").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "talk" in row:
                yield row


def check_made(suite):
    done = subprocess.run([sys.executable, ROOT / "tools" / "make_sample.py", "--check"], capture_output=True, text=True)
    suite.check("tools/make_sample.py --check", done.returncode == 0, done.stdout + done.stderr)
    folders = [small_company(suite.folder / name) for name in ("one", "two")]
    files = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    suite.check("the small company is the same each time", len(files[0]) == 11 and files[0] == files[1])


def check_words(suite):
    said = collections.defaultdict(set)
    for row in talks():
        for turn in row["turns"]:
            if turn[0] == "c" and len(turn[1]) >= TRIVIAL:
                said[re.sub(r"[\W_]", "", turn[1])].add(row["customer"])
    twice = [text for text, people in said.items() if len(people) > 1 and text]
    suite.check(f"no two customers say the same ({len(said)} utterances)", len(said) > 3000 and not twice, twice)


def check_people(suite):
    people = {row["客户编号"] for row in table("customers.csv")}
    columns = {"messages.csv": "客户编号", "orders.csv": "客户编号", "responses.csv": "客户编号", "events.jsonl": "customer",
               "touchpoints.csv": "customer", "usage.csv": "customer", "observations.csv": "customer", "identities.csv": "customer"}
    unknown = {(name, row.get(column)) for name, column in columns.items() for row in table(name) if row.get(column) and row[column] not in people}
    suite.check("every customer of every file is registered", len(people) >= 300 and not unknown, unknown)
    handles = {row["handle"] for row in table("identities.csv")}
    strange = {row["handle"] for row in table("weibo.jsonl")} - handles
    suite.equal("every Weibo name is somebody's", strange, set())


def check_times(suite):
    outside, back, last = [], [], {}
    for row in table("messages.csv"):
        if row["消息编号"].startswith("M9") or row["消息编号"] in ("M00045", "M00419"):
            continue
        if not FIRST_DAY <= row["时间"] < DAY_AFTER:
            outside.append(row)
        if row["时间"] < last.get(row["会话"], ""):
            back.append(row["消息编号"])
        last[row["会话"]] = row["时间"]
    suite.check("every message is of the year, and none is before the one it follows", not outside and not back, (outside, back))


def minutes(row):
    start, end = (datetime.datetime.fromisoformat(row[name]) for name in ("start", "end"))
    return (end - start).total_seconds() / 60


def check_visits(suite):
    steps = table("touchpoints.csv")
    suite.check("no step ends before it begins", all(row["start"] <= row["end"] for row in steps))
    hall = {row["case"]: row["resource"] for row in steps if row["activity"] == "等候"}
    early = [row for row in steps if row["activity"] == "窗口办理" and hall[row["case"]] == "望江营业厅" and row["start"] < SECOND_COUNTER]
    suite.equal("one counter in Wangjiang until August", {row["resource"] for row in early}, {"窗口1"})
    stands = collections.defaultdict(list)
    for row in early:
        stands[row["start"][:10]].append((row["start"], row["end"]))
    both = [(one, two) for day in stands.values() for one, two in zip(sorted(day), sorted(day)[1:]) if two[0] < one[1]]
    suite.check("and one customer at it at a time", not both, both)
    waits = collections.defaultdict(list)
    for row in steps:
        if row["activity"] == "等候" and row["resource"] == "望江营业厅":
            waits["after" if row["start"] >= SECOND_COUNTER else row["start"][:7]].append(minutes(row))
    mean = {month: sum(some) / len(some) for month, some in waits.items()}
    grow = [mean[month] for month in ("2025-11", "2026-02", "2026-05", "2026-07")]
    suite.check("waits grow to July and drop in August", grow == sorted(grow) and grow[0] < 75 and grow[-1] > 140 and mean["after"] < 12, mean)


def check_truth(suite):
    truth = json.loads((SAMPLE / "truth" / "truth.json").read_text(encoding="utf-8"))
    suite.check("25 to 35 points of the story", 25 <= len(truth["story"]) <= 35, len(truth["story"]))
    labels = table("truth/" + truth["conversations"])
    ids = {row["消息编号"] for row in table("messages.csv")} | {row["id"] for name in ("weibo.jsonl", "shop_chat.tsv") for row in table(name)}
    lost = [row["conversation"] for row in labels if not set(row["messages"]) <= ids]
    suite.check(f"the {len(labels)} labelled conversations are there", len(labels) >= 900 and not lost, lost)
    names = {row["会话"] for row in table("messages.csv")} | {row["conversation"] for row in table("weibo.jsonl")}
    lost = [row["conversation"] for row in labels if not row["conversation"].startswith("SC-") and row["conversation"] not in names]
    suite.check("and have their conversation's id, but in the shop", not lost, lost)


EMOTIONS = {"neutral", "joy", "gratitude", "anticipation", "surprise", "anxiety", "confusion", "disappointment", "grievance", "anger", "contempt"}
STATES = {"need": {"basic", "safety", "belong", "esteem", "self", "none"}, "stage": {"need", "search", "evaluate", "buy", "use", "none"},
          "bond": {"advocate", "loyal", "neutral", "waver", "leave"}, "escalation": {0, 1, 2}, "satisfaction": {-2, -1, 0, 1, 2}}


def check_labels(suite):
    wrong = []
    for row in talks():
        truth = row["truth"]
        said = sum(turn[0] == "c" for turn in row["turns"])
        fits = len(truth["emotion"]) == said and set(truth["emotion"]) <= EMOTIONS
        wrong += [] if fits and all(truth[name] in states for name, states in STATES.items()) else [row["talk"]]
    suite.check("labels are those of the codebook, an emotion for each turn of the customer", not wrong, wrong)


def check_analysis(suite, program):
    outcome = program.run("analyze", SAMPLE, "--db", suite.folder / "sample.duckdb", "--pack", "power", "--quiet")
    suite.check("it is analysed without a complaint", outcome.code == 0 and "3 rejected + 2 duplicate" in outcome.out and "source/" not in outcome.out
                and "truth" not in outcome.out, outcome.out)


def check_churn(suite, program):
    """The command, the table and the portrait say the same of one customer, and within which time."""
    data = suite.folder / "sample.duckdb"
    outcome = program.run("churn", "--db", data, "--limit", "0", "--json")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    told = {row["customer"]: row["risk"] for row in rows if "customer" in row}
    with Database(data) as database:
        kept = {who: (float(p), int(days)) for who, p, days in database.rows(
            "SELECT plain_id(subject), p, horizon_days FROM churn_risks JOIN subjects ON subject_no = churn_risks.person")}
    suite.check(f"churn says of {len(told)} customers what churn_risks holds", len(kept) > 50 and told.keys() == kept.keys() and
                all(abs(told[who] - p) < 6e-5 and days == 90 for who, (p, days) in kept.items()),
                [(who, told.get(who), kept.get(who)) for who in sorted(told.keys() | kept.keys())
                 if abs(told.get(who, 9) - kept.get(who, (8, 0))[0]) >= 6e-5][:5])
    if "C1003" in kept:
        portrait = json.loads(program.run("profile", "C1003", "--db", data, "--json").out)
        suite.check("and so does the portrait", abs(portrait["churn"]["p"] - kept["C1003"][0]) < 6e-5
                    and portrait["churn"]["horizon_days"] == 90, portrait.get("churn"))


def main():
    with Suite("sample") as suite:
        check_made(suite)
        for check in (check_words, check_people, check_times, check_visits, check_truth, check_labels):
            check(suite)
        program = Program(build_folder())
        check_analysis(suite, program)
        check_churn(suite, program)
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
