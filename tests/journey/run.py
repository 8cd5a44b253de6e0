#!/usr/bin/env python3
"""Journeys of real event logs say what pm4py says of them, and a log that was written out is read again as it was.

run.py BUILD_FOLDER
The figures were computed with pm4py 2.7.23 by bench/journey_peers.py, rows numbered so that equal rows stay two
events. Where the logs do not lie beside the repository, the sample company's touchpoints alone are used.
"""
import csv
import gzip
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from checks import DIALOGUES, SAMPLE, Program, Suite, build_folder  # noqa: E402

LOGS = DIALOGUES / "jrn_event_logs"

# Of each log: pairs of steps and how often one followed another in all; the three most frequent pairs with counts and
# medians of the wait in seconds; starts and ends; ways through and the cases of the first three.
FIGURES = {
    "helpdesk_italian": (40, 13273,
                         [("Resolve ticket", "Closed", 3660, 2746030.5), ("Assign seriousness", "Take in charge ticket", 3361, 8265),
                          ("Take in charge ticket", "Resolve ticket", 3188, 6987)],
                         {"Assign seriousness": 3506, "Insert ticket": 107, "Take in charge ticket": 47, "Resolve ticket": 2,
                          "Create SW anomaly": 1, "Wait": 1},
                         {"Closed": 3661, "Resolve ticket": 2, "VERIFIED": 1}, 160, [2074, 261, 217]),
    "bpic2012_loan": (136, 123878,
                      [("W_Nabellen offertes", "W_Nabellen offertes", 11774, 160229.206), ("A_SUBMITTED", "A_PARTLYSUBMITTED", 10469, 0.271),
                       ("W_Completeren aanvraag", "W_Completeren aanvraag", 10011, 20480.632)],
                      {"A_SUBMITTED": 10469},
                      {"A_DECLINED": 2690, "W_Valideren aanvraag": 2296, "W_Afhandelen leads": 1846, "W_Completeren aanvraag": 1472},
                      3544, [2690, 1546, 227]),
    "bpic2013_incidents": (11, 50755,
                           [("Accepted", "Accepted", 19907, 201), ("Queued", "Accepted", 9619, 2866), ("Accepted", "Queued", 8615, 209)],
                           {"Accepted": 5112, "Queued": 928, "Completed": 3}, {"Completed": 6042, "Accepted": 1}, 1415, [1210, 387, 263]),
}
PATH = "Assign seriousness>Take in charge ticket>Resolve ticket>Closed"
FITNESS = 0.922390  # of optimal alignments, mean over cases of the help desk


def numbered(source, target):
    with open(source, encoding="utf-8", newline="") as rows, open(target, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["touchpoint_id", "case_id", "activity", "started", "resource"])
        for number, row in enumerate(csv.DictReader(rows)):
            writer.writerow([number, row["case"], row["activity"], row["timestamp"], row["resource"]])


def journey(suite, program, *words):
    done = program.run("--quiet", "journey", *words, "--json", "--limit", "0", "--variants", "0", cwd=suite.folder)
    suite.check(f"journey of {pathlib.Path(words[0]).name}", done.code == 0, done)
    return done.out


def check_log(suite, program, name, figures):
    edges, follows, first, starts, ends, variants, cases = figures
    path = suite.folder / f"{name}.csv"
    numbered(LOGS / f"{name}.csv", path)
    rows = [json.loads(line) for line in journey(suite, program, path, *(["--ideal", PATH] if name.startswith("help") else [])).splitlines()]
    of = {what: [row for row in rows if row["what"] == what] for what in ("edge", "step", "variant", "conformance")}
    suite.equal(f"{name}: pairs of steps", (len(of["edge"]), sum(row["n"] for row in of["edge"])), (edges, follows))
    suite.equal(f"{name}: the most frequent", [(row["from"], row["to"], row["n"]) for row in of["edge"][:3]], [row[:3] for row in first])
    apart = max(abs(row["wait"]["median"] - wanted[3]) for row, wanted in zip(of["edge"], first))
    suite.check(f"{name}: medians of their waits", apart < 0.0015, apart)
    suite.equal(f"{name}: starts", {row["activity"]: row["starts"] for row in of["step"] if row["starts"]}, starts)
    got = {row["activity"]: row["ends"] for row in of["step"]}
    suite.equal(f"{name}: ends", {activity: got[activity] for activity in ends}, ends)
    suite.equal(f"{name}: ways through", (len(of["variant"]), [row["cases"] for row in of["variant"][:3]]), (variants, cases))
    for row in of["conformance"]:
        suite.equal(f"{name}: fitness", round(row["fitness"], 6), FITNESS)


def check_round_trip(suite, program):
    xes, table = suite.folder / "log.xes", suite.folder / "log.csv"
    first = journey(suite, program, SAMPLE / "touchpoints.csv", "--xes", xes, "--csv", table, "--raw")
    suite.check("the sample has steps with ends and several ways through", '"overlapped"' in first and first.count('"variant"') > 50)
    suite.equal("written as XES and read again: the same", journey(suite, program, xes), first)
    suite.equal("written as CSV and read again: the same", journey(suite, program, table), first)
    packed = suite.folder / "packed.xes.gz"
    packed.write_bytes(gzip.compress(xes.read_bytes()))
    suite.equal("packed: the same", journey(suite, program, packed), first)
    database = suite.folder / "company.duckdb"
    done = program.run("--quiet", "analyze", xes, "--db", database)
    suite.check("analyze reads XES", done.code == 0 and "touchpoints" in done.out, done)
    again = program.run("--quiet", "analyze", xes, "--db", database)
    suite.check("and knows the file again", again.code == 0 and "nothing new" in again.out, again)


def main():
    with Suite("journey") as suite:
        program = Program(build_folder())
        check_round_trip(suite, program)
        if LOGS.is_dir():
            for name, figures in FIGURES.items():
                check_log(suite, program, name, figures)
        else:
            suite.skip("figures of pm4py", f"no {LOGS.name} beside the repository")
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
