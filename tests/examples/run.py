#!/usr/bin/env python3
"""Does the whole reader say of the cards' own examples what the cards say?

run.py BUILD_FOLDER [--verbose]
Every [[example]] of constructs/*/card.toml, and every row of tests/tables/normal/cues.*.tsv, becomes a customer with one
message; they are analysed as a company's are, with models, cues and detectors together. An example comes out where its
unit shows the state of its card: the evidence counts it, whatever else it shows. A row of a table comes out where what
must be found is, and what must not be is not. The share that comes out may not fall below what was reached; --verbose
names those that do not, and what was shown instead.
"""
import csv
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from checks import Program, Suite, build_folder  # noqa: E402
from database import Database  # noqa: E402

EXAMPLES_LEAST = 0.73  # of the examples of the cards; 122 of 166 with models 1.5
TABLES_LEAST = 0.66  # of the rows of the tables; 77 of 116


def examples():
    """(name, speaker, text, construct, state, found, group)."""
    for path in sorted((ROOT / "constructs").glob("*/card.toml")):
        card = tomllib.loads(path.read_text(encoding="utf-8"))
        for index, one in enumerate(card.get("example", []), 1):
            yield (f"{card['id']}-{index}", card["subject"], one["text"], card["id"], one["state"], True, "examples of cards")


def rows():
    for path in sorted((ROOT / "tests" / "tables" / "normal").glob("cues.*.tsv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            construct, state = row["state"].split(":")
            yield (f"{path.name}-{number}", row["speaker"], row["text"], construct, state, row["found"] == "yes", "rows of tables")


def shown(program, folder, cases):
    """{name: {(construct, state)}} that the program's evidence counts."""
    (folder / "in").mkdir()
    with open(folder / "in" / "messages.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["message_id", "conversation", "customer", "time", "speaker", "channel", "text"])
        for name, speaker, text, *_ in cases:
            if speaker == "agent":  # who answers somebody
                asked = "网断了三天了，还没修好" if text[0] > "z" else "The internet has been down for three days"
                table.writerow([f"{name}/0", name, name, "2025-11-03 10:00:00", "customer", "chat", asked])
            table.writerow([f"{name}/1", name, name, "2025-11-03 10:01:00", speaker, "chat", text])
    outcome = program.run("analyze", folder / "in", "--db", folder / "db", "--threads", "1", "--quiet")
    assert outcome.code == 0, outcome
    out = {}
    with Database(folder / "db") as database:
        for conversation, construct, state in database.rows(
                "SELECT c.conversation, e.construct, e.state FROM evidence e JOIN conversations c USING (conversation_no) "
                "WHERE e.state <> '*' AND e.n > 0"):
            out.setdefault(conversation, set()).add((construct, state))
    return out


def main():
    with Suite("examples") as suite:
        cases = [*examples(), *rows()]
        found = shown(Program(build_folder()), suite.folder, cases)
        for group, least in (("examples of cards", EXAMPLES_LEAST), ("rows of tables", TABLES_LEAST)):
            wrong, of = [], [case for case in cases if case[-1] == group]
            for name, _, text, construct, state, wanted, _ in of:
                said = found.get(name, set())
                if ((construct, state) in said) != wanted:
                    wrong.append(f"{name} {construct}:{state} {'' if wanted else 'not '}in “{text}”; "
                                 f"shown: {' '.join(sorted(s for c, s in said if c == construct)) or '-'}")
            right = len(of) - len(wrong)
            print(f"{group}: {right} of {len(of)} come out ({right / len(of):.2f})")
            if "--verbose" in sys.argv[1:]:
                print("\n".join(f"    {line}" for line in wrong))
            suite.check(f"{group}: at least {least:.2f} come out", right / len(of) >= least, "\n".join(wrong))
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
