#!/usr/bin/env python3
"""What the commands say about a small part of the sample company, word for word, against tests/golden/expected.

run.py BUILD_FOLDER [--update]
Probabilities are shown in tens of percent and counts of nats are left out, so that a model that was
fitted again does not change every line; states, quotes, sentences and exit codes stay. --update writes
what the program says now: read the diff before you keep it.
"""
import argparse
import difflib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from checks import SAMPLE, Program, Suite, small_company  # noqa: E402
from database import Database  # noqa: E402

PEOPLE = ("C1001", "C1004", "C1019", "家有江野")


def rounded(text):
    """Percents to tens; nats, numbers of grounds, times and rates of a run left out."""
    text = re.sub(r"(\d+(?:\.\d+)?)–(\d+(?:\.\d+)?)%", "…–…%", text)
    text = re.sub(r"(\d+(?:\.\d+)?)%", lambda m: f"{round(float(m[1]) / 10) * 10}%", text)
    text = re.sub(r"[-+]?\d+\.\d+( nats| 奈特)", r"…\1", text)
    text = re.sub(r"\d+( grounds| 条依据)", r"…\1", text)
    text = re.sub(r"\d+\.\d( constructs each| 项；)", r"…\1", text)
    text = re.sub(r"[-+]\d\.\d \([-+]\d\.\d…[-+]\d\.\d\)", "…", text)
    return text


def explained(text):
    """Of `explain`: everything but the weights, and of the grounds of a conversation the first as a pattern."""
    out, rows = [], 0
    for line in rounded(text).splitlines():
        if re.match(r"  \d{4}-\d\d-\d\d |    ", line):
            rows += 1
            line = "  DAY CHANNEL CONVERSATION (AGE, DECAY)\n    “WORDS”: for STATE NATS; against STATE NATS" if rows == 1 else None
        elif re.search(r"% +-> ", line):
            line = re.sub(r"[-+]\d+\.\d+ \( *\d+\)", "…", line)
        out += [line] if line is not None else []
    return "\n".join(out) + "\n"


def plain(text):
    return text


def two_digits(text):
    """Money and numbers with a point to two digits: another compiler may round the last ones differently."""
    def rounded_number(match):
        return match[1] + f"{float('%.2g' % float(match[2].replace(',', ''))):g}"
    return re.sub(r"(¥|(?<![\w.-]))(\d[\d,]*\.\d+(?:e[-+]?\d+)?|(?<=¥)\d[\d,]*)", rounded_number, text)


def reduced_reading(text):
    """The states of each reading, one conversation a line or two."""
    out = []
    for line in text.splitlines():
        reading = json.loads(line)
        if "error" in reading:
            out.append(f"{reading['id']}: {reading['error']}")
            continue
        episode = reading["episode"]
        emotions = " ".join(turn["emotion"]["state"] for turn in reading["turns"] if "emotion" in turn)
        motives = " ".join(sorted(state for state, p in episode["motive"].items() if p >= 0.5))
        aspects = " ".join(sorted(f"{one['code']}{one['polarity']:+d}" for one in episode["aspect"] if one["p"] >= 0.5))
        kept = " ".join(sorted(f"{one['aspect']}:{one['status']}{'(promised)' if one['promised'] else ''}"
                               for one in episode["expectation"] if one["p"] >= 0.5))
        satisfaction = episode["satisfaction"]["mean"]
        out.append(f"{reading['id']}: {reading['lang']}; emotion {emotions}; need {episode['need']['state']}; "
                   f"stage {episode['stage']['state']}; bond {episode['bond']['state']}; "
                   f"escalation {episode['escalation']['level']}; urgency {episode['urgency']['level']}; "
                   f"{'satisfied' if satisfaction > 0.3 else 'dissatisfied' if satisfaction < -0.3 else 'neither'}\n"
                   f"    motive {motives or '-'}; aspect {aspects or '-'}; expectation {kept or '-'}")
    return "\n".join(out) + "\n"


def reduced_evidence(text):
    """Of `explain --json`: where each piece of evidence stands, not what it weighs."""
    rows = {(row["day"], row["conversation"], row["message"], row["state"], row["quote"]) for row in json.loads(text)
            if row["state"] != "*" and row["source"] == "cue"}
    return "\n".join(" | ".join(map(str, row)) for row in sorted(rows)) + "\n"


def cases(small, data, missing):
    """(name, words, how its output is compared, language)."""
    out = [("inspect-" + path.stem, ("inspect", path), plain, lang) for path in sorted(small.iterdir())
           if path.suffix in (".csv", ".tsv", ".jsonl") for lang in ("en", "zh")]
    for person in PEOPLE:
        out += [("profile-" + person, ("profile", person, "--db", data, "--quotes", "1"), rounded, lang) for lang in ("en", "zh")]
    out += [("explain-need", ("explain", "C1001", "need", "--db", data), explained, lang) for lang in ("en", "zh")]
    out += [("explain-act-cues", ("explain", "C1004", "act", "--db", data, "--json"), reduced_evidence, "en"),
            ("read", ("read", HERE / "conversations.jsonl"), reduced_reading, "en")]
    journey = ("--quiet", "journey", SAMPLE / "touchpoints.csv")
    out += [(name, (*words, SAMPLE / "orders.csv", SAMPLE / "customers.csv"), two_digits, lang) for lang in ("en", "zh") for name, words in
            (("clv", ("clv", "--limit", "3", "--horizon", "12w")), ("clv-region", ("clv", "--covariate", "region", "--limit", "1")),
             ("clv-validate", ("clv", "--validate")))]
    both = [("cards-list", ("cards", "list")), ("packs-list", ("packs", "list")), ("packs-show", ("packs", "show", "power")),
            ("unknown-pack", ("read", "--pack", "bank")), ("help", ("--help",)), ("unknown-command", ("anlyze",)), ("no-command", ()),
            ("cards-uses", ("cards", "uses")), ("cards-allows", ("cards", "allows", "urgency", "priority")),
            ("cards-refuses", ("cards", "allows", "temperament", "price")), ("unknown-pack-shown", ("packs", "show", "bank")),
            ("unknown-use", ("profile", "C1001", "--db", data, "--use", "fun")),
            ("profile-refused", ("profile", "C1001", "--db", data, "--use", "price")),
            ("explain-refused", ("explain", "C1001", "temperament", "--db", data, "--use", "priority")),
            ("promises-refused", ("promises", "--db", data, "--rates", "agent", "--use", "员工评分")),
            ("read-refused", ("read", HERE / "conversations.jsonl", "--use", "准入")),
            ("report-refused", ("report", "--db", data, "--use", "staff_scoring")),
            ("export-refused", ("export", missing, "--db", data, "--use", "pricing")),
            ("bad-option", ("profile", "C1001", "--colour", "blue")), ("no-value", ("profile", "C1001", "--db")),
            ("bad-lang", ("--lang=de", "doctor")), ("missing-argument", ("profile",)),
            ("too-many-arguments", ("profile", "C1001", "C1002", "C1003")),
            ("promises", ("promises", "--db", data, "--limit", "2")), ("promises-of", ("promises", "C1036", "--db", data, "--all")),
            ("promises-rates", ("promises", "--db", data, "--rates", "channel")),
            ("recommend", ("recommend", "--db", data)), ("recommend-to", ("recommend", "C1001", "--db", data, "--top", "3")),
            ("recommend-refused", ("recommend", "C1001", "--db", data, "--use", "定价")),
            ("recommend-no-customer", ("recommend", "C9999", "--db", data)),
            ("recommend-too-few", ("--quiet", "recommend", small / "orders.csv", "--level", "category")),
            ("rfm", ("rfm", "--db", data)), ("rfm-bad-cuts", ("rfm", "--db", data, "--cuts", "fixed", "--money-cuts", "9,5,7,8")),
            ("clv-small", ("clv", "--db", data, "--limit", "3")), ("clv-too-few", ("clv", "--db", data, "--as-of", "2025-11-20")), ("clv-bad-horizon", ("clv", "--db", data, "--horizon", "soon")),
            ("preference", ("preference", "--db", data)), ("preference-of", ("preference", "C1001", "--db", data)),
            ("preference-gaps", ("preference", "--gaps", "--db", data)),
            ("preference-refused", ("preference", "--db", data, "--use", "price")),
            ("promises-bad-due", ("promises", "--db", data, "--due", "soon")),
            ("journey", (*journey, "--limit", "4", "--ideal", "取号>等候>窗口办理>评价?")),
            ("journey-what-if", (*journey, "--limit", "1", "--variants", "1", "--what-if", "等候=0.5")),
            ("journey-too-few", (*journey, "--what-if", "受理=0.5")), ("journey-bad-change", (*journey, "--what-if", "等候")),
            ("journey-bad-path", (*journey, "--ideal", "a>b")), ("journey-no-rows", (*journey, "--channel", "电报")),
            ("usage", ("usage", SAMPLE / "usage.csv", SAMPLE / "customers.csv", "--days", "366", "--limit", "3", "--quiet")),
            ("usage-of", ("usage", "--db", data, "--customer", "C1001", "--days", "366")),
            ("usage-without-readings", ("usage", SAMPLE / "orders.csv", "--quiet")),
            ("usage-bad-plans", ("usage", "--db", data, "--plans", missing)),
            ("churn-too-few", ("churn", "--db", data)), ("churn-bad-horizon", ("churn", "--db", data, "--horizon", "soon")),
            ("churn-refused", ("churn", "--db", data, "--use", "price")),
            ("churn-no-label", ("churn", "--table", HERE / "churn.csv")),
            ("churn-not-two", ("churn", "--table", HERE / "churn.csv", "--label", "tariff")),
            ("churn-no-column", ("churn", "--table", HERE / "churn.csv", "--label", "gone")),
            ("churn-table", ("churn", "--table", HERE / "churn.csv", "--label", "left", "--limit", "3")),
            ("missing-folder", ("analyze", missing, "--db", missing.with_suffix(".duckdb"))),
            ("missing-file", ("inspect", missing)), ("missing-database", ("profile", "C1001", "--db", missing)),
            ("no-database-but-text", ("profile", "C1001", "--db", SAMPLE / "README.md")),
            ("unknown-customer", ("profile", "C9999", "--db", data)), ("unknown-construct", ("explain", "C1001", "mood", "--db", data)),
            ("bad-date", ("profile", "C1001", "--db", data, "--as-of", "yesterday")),
            ("bad-mapping", ("analyze", small, "--db", missing.with_suffix(".duckdb"), "--map", missing.with_name("bad.toml"))),
            ("unknown-mapping", ("analyze", small, "--db", missing.with_suffix(".duckdb"), "--map", missing.with_name("odd.toml"))),
            ("bad-zone", ("analyze", small, "--db", missing.with_suffix(".duckdb"), "--timezone", "Beijing"))]
    return out + [(name, words, plain, lang) for name, words in both for lang in ("en", "zh")]


class Golden:
    def __init__(self, suite, program, update):
        self.suite, self.program, self.update = suite, program, update
        self.small = small_company(suite.folder / "small")
        self.names = set()

    def transcript(self, words, outcome, reduce):
        shown = " ".join(self.unplaced(str(word)) for word in words)
        out = reduce(outcome.out) if outcome.code == 0 or reduce is plain else outcome.out
        parts = [f"$ xinjing {shown}".rstrip(), out.rstrip("\n")]
        if outcome.err.strip():
            parts.append("[stderr]\n" + reduce(outcome.err).rstrip("\n") if reduce is plain else "[stderr]")
        return self.unplaced("\n".join(part for part in parts if part) + f"\n[exit code {outcome.code}]\n")

    def unplaced(self, text):
        return text.replace(str(self.small), "small").replace(str(self.suite.folder), "WORK").replace(str(SAMPLE), "sample").replace(str(HERE), "HERE")

    def case(self, name, words, reduce, lang):
        self.program.lang = lang
        self.compare(f"{name}.{lang}", self.transcript(words, self.program.run(*words), reduce))

    def compare(self, name, got):
        path = HERE / "expected" / f"{name}.txt"
        self.names.add(path.name)
        wanted = path.read_text(encoding="utf-8") if path.exists() else ""
        if self.update and got != wanted:
            path.write_text(got, encoding="utf-8")
            print(f"updated {path.name}")
            wanted = got
        lines = difflib.unified_diff(wanted.splitlines(), got.splitlines(), "expected", "got", lineterm="", n=1)
        self.suite.check(name, got == wanted, lambda: "\n".join(lines))

    def leftovers(self):
        rest = {path.name for path in (HERE / "expected").glob("*.txt")} - self.names
        if self.update:
            for name in rest:
                (HERE / "expected" / name).unlink()
        self.suite.check("every expected text belongs to a case", self.update or not rest, sorted(rest))


def analysed(golden, data, lang):
    """The summary of a fresh analysis; progress lines are not part of it."""
    golden.program.lang = lang
    outcome = golden.program.run("analyze", golden.small, "--db", data, "--pack", "power", "--quiet")
    golden.compare(f"analyze.{lang}", golden.transcript(("analyze", golden.small, "--pack", "power"), outcome, rounded))
    again = golden.program.run("analyze", golden.small, "--db", data, "--quiet")
    golden.compare(f"analyze-again.{lang}", golden.transcript(("analyze", golden.small), again, rounded))


def reduced_report(report):
    """Of the data of a report: what is said first, what happened when and where, who is listed."""
    out = [f"counts {report['counts']}"]
    for part, claims in report["headline"].items():
        out += [f"{part}: {claim['id']} ({claim['section']}, {len(claim['rows'])} rows)" for claim in claims]
    for event in report["events"]:
        out.append(f"{event['kind']} {event['what']} {event['from']} {event['to']} {event['direction']} "
                   f"{' '.join(event['aspects'])} {event['department'] or '-'} {event['channel'] or '-'} | {event['text']}")
    for name, people in report["people"].items():
        out.append(f"{name}: {' '.join(person['customer'] for person in people)}")
    promises = report["promises"]
    out.append(f"promises made {promises['made']} kept {promises['kept']} broken {promises['broken']} overdue {promises['overdue']}")
    return "\n".join(out) + "\n"


def report_data(golden, data, lang):
    """What `report --json` says; every quoted row stands in the database, every interval holds its estimate."""
    golden.program.lang = lang
    file = golden.suite.folder / f"report.{lang}.json"
    outcome = golden.program.run("report", "--db", data, "--json", file)
    report = json.loads(file.read_text(encoding="utf-8")) if outcome.code == 0 else {}
    golden.compare(f"report.{lang}", reduced_report(report) if report else str(outcome))
    wrong = []

    def look(value, place):
        if isinstance(value, dict):
            if "mark" in value and not 0 <= value["mark"][0] < value["mark"][1] <= len(value["text"]):
                wrong.append(f"{place}: {value}")
            for key, inner in value.items():
                look(inner, f"{place}.{key}")
        elif isinstance(value, list):
            numbers = len(value) == 3 and all(isinstance(one, (int, float)) for one in value)
            if numbers and place.split(".")[-1] in ("share", "value", "mean", "unmet", "overall", "unsatisfied") and \
                    not value[1] <= value[0] + 1e-3 <= value[2] + 2e-3:
                wrong.append(f"{place}: {value}")
            for inner in value:
                look(inner, place)

    look(report, "report")
    golden.suite.check(f"marks and intervals of the report hold ({lang})", bool(report) and not wrong, "\n".join(wrong[:5]))
    shown = json.dumps(report, ensure_ascii=False)
    golden.suite.check(f"no full name in the report ({lang})", "冯铁山" not in shown, "冯铁山")


# What a report may hold under a use, and what it must not.
EMPTY_FOR = {"priority": ("emotion", "curves", "calming", "motives", "offered", "needs", "drivers", "stages", "types"),
             "segmentation": ("emotion", "curves", "calming", "offered", "types"), "service": ()}


def report_for_uses(golden, data):
    """A report for a use holds only what the cards allow for it, and names the rest."""
    golden.program.lang = "zh"
    for use, empty in EMPTY_FOR.items():
        file = golden.suite.folder / f"report.{use}.json"
        outcome = golden.program.run("report", "--db", data, "--json", file, "--use", use)
        report = json.loads(file.read_text(encoding="utf-8")) if outcome.code == 0 else {}
        withheld = {one["construct"]: one["reason"] for one in report.get("withheld", [])}
        full = [name for name in empty if report[name]] if report else ["no report"]
        golden.suite.check(f"a report for {use} holds nothing of what it may not", report.get("use") == use and not full and all(withheld.values()),
                           f"{outcome} {full}")
        golden.suite.check(f"a report for {use} names what it withholds", ("emotion" in withheld) == ("emotion" in empty), withheld)


def check_quotes(suite, program, data):
    """Every quote of every portrait stands in a message of that person and of the conversation it names."""
    with Database(data) as database:
        people = [row[0] for row in database.rows("SELECT customer FROM v_customers WHERE conversations > 0 ORDER BY ALL")]
        texts = {}
        for person, talk, text in database.rows("SELECT m.customer, COALESCE(c.conversation, c.conversation_no::VARCHAR), m.text "
                                                "FROM v_messages m JOIN v_conversations c USING (conversation_no)"):
            texts.setdefault((person, talk), []).append(text)
    wrong, quotes = [], 0
    for person in people:
        outcome = program.run("profile", person, "--db", data, "--json")
        if outcome.code != 0:
            wrong.append(f"{person}: {outcome}")
            continue
        portrait = json.loads(outcome.out)
        for line in portrait["lines"]:
            for quote in line["because"] + line["against"]:
                quotes += 1
                if quote["quote"] and not any(quote["quote"] in text for text in texts.get((person, quote["conversation"]), [])):
                    wrong.append(f"{person} {line['construct']}: {quote}")
    suite.check(f"all {quotes} quotes of {len(people)} portraits stand in what was said", quotes > 100 and not wrong,
                "\n".join(wrong[:10]))


def check_promises(suite, program, data):
    """The promises of each customer are those that the list of all has of them."""
    listed = [json.loads(line) for line in program.run("promises", "--db", data, "--all", "--limit", "0", "--json").out.splitlines()]
    people = sorted({promise["customer"] for promise in listed})
    wrong = []
    for person in people:
        own = [json.loads(line) for line in program.run("promises", person, "--db", data, "--all", "--json").out.splitlines()]
        wanted = [promise for promise in listed if promise["customer"] == person]
        if sorted(map(json.dumps, own)) != sorted(map(json.dumps, wanted)):
            wrong.append(f"{person}: {own} instead of {wanted}")
    suite.check(f"the {len(listed)} promises to {len(people)} people are the same one by one", len(people) > 10 and not wrong,
                "\n".join(wrong[:3]))
    done = [promise["done"] for promise in listed if "done" in promise]
    with Database(data) as database:
        rows = {(table, int(row[0])) for table in ("orders", "touchpoints", "events") for row in database.rows(f"SELECT row_no FROM {table}")}
    suite.check(f"the {len(done)} rows that close promises are there, each once",
                len(done) > 3 and len({(one["table"], one["row"]) for one in done} & rows) == len(done), done)


def check_packs(suite, program, small, data):
    """The file keeps its packs until others are named; without them its readings and expectations are those of no pack."""
    kept = "SELECT value FROM meta WHERE name = 'packs'"
    norms = "SELECT COUNT(*), COUNT(DISTINCT norm) FROM v_expectations WHERE norm IS NOT NULL"
    with Database(data) as database:
        suite.check("the file keeps its packs", database.rows(kept) == [("power",)], database.rows(kept))
        suite.check("portraits have norms", int(database.rows(norms)[0][1]) > 3, database.rows(norms))
    program.lang = "en"
    outcome = program.run("analyze", small, "--db", data, "--pack", "none", "--quiet")
    suite.check("without packs everything is read again", outcome.code == 0 and " 171 read" in outcome.out, outcome.out)
    with Database(data) as database:
        suite.check("and no norm is left", database.rows(norms) == [("0", "0")], database.rows(norms))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", nargs="?", default="build/release")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    (HERE / "expected").mkdir(exist_ok=True)
    with Suite("golden") as suite:
        golden = Golden(suite, Program(options.build), options.update)
        missing = suite.folder / "missing"
        missing.with_name("bad.toml").write_text('[messages]\ntext = "内容\n', encoding="utf-8")
        missing.with_name("odd.toml").write_text('[messages]\ncolour = "内容"\n', encoding="utf-8")
        for lang in ("en", "zh"):
            analysed(golden, suite.folder / f"{lang}.duckdb", lang)
        data = suite.folder / "en.duckdb"
        for name, words, reduce, lang in cases(golden.small, data, missing):
            golden.case(name, words, reduce, lang)
        for lang in ("en", "zh"):
            report_data(golden, data, lang)
        report_for_uses(golden, data)
        golden.leftovers()
        check_quotes(suite, golden.program, data)
        check_promises(suite, golden.program, data)
        check_packs(suite, golden.program, golden.small, data)
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
