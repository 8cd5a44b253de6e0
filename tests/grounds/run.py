#!/usr/bin/env python3
"""No quote, no claim: where the quoted words are deleted, the claim that rests on them weakens.

run.py BUILD_FOLDER [FILE.jsonl ...]
Reads labelled dialogues (the development split beside the repository where it is there, else the
sample company's messages), deletes the span of every ground from its turn, one at a time, reads again,
and compares the probability of the state. For every construct the claim must weaken in 95 cases of a
hundred, and on average. What stays as strong had other words to stand on, or is so sure that three
decimals do not show it. An aspect or expectation that the output does not list, since another entry says
the same of the same clause, is no claim: its ground is passed over.
"""
import argparse
import collections
import csv
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from checks import DIALOGUES, SAMPLE, Program, Suite  # noqa: E402

MOST = 400  # conversations of the sample that are read
LEAST = 0.95  # share of the claims that must weaken
FEWEST = 8  # grounds of a construct from which on its share says something


def dialogues():
    """(name, conversations as lists of turns)."""
    out = []
    for folder, limit in (("service_dialogues", 300), ("service_calls", 50), ("service_dialogues_en", 120)):
        path = DIALOGUES / folder / "dev.jsonl"
        if path.exists():
            lines = [json.loads(line) for line in open(path, encoding="utf-8")][:limit]
            out += [[{"speaker": t["speaker"], "text": t["text"]} for t in line["turns"]] for line in lines]
    if out:
        return "the development split", out
    talks = collections.defaultdict(list)
    for path in sorted(SAMPLE.glob("messages*.csv")):
        for row in csv.DictReader(open(path, encoding="utf-8-sig")):
            values = list(row.values())
            keys = {k: v for k, v in row.items()}
            text = keys.get("内容") or keys.get("text") or values[-1]
            speaker = "agent" if (keys.get("说话人") or keys.get("speaker") or "") in ("坐席", "客服", "agent") else "customer"
            talks[keys.get("会话") or keys.get("conversation") or "x"].append({"speaker": speaker, "text": text})
    return "the sample", list(talks.values())[:MOST]


def read(program, conversations):
    lines = "".join(json.dumps({"id": i, "turns": turns}, ensure_ascii=False) + "\n" for i, turns in enumerate(conversations))
    outcome = program.run("read", stdin=lines.encode())
    if outcome.code != 0:
        raise SystemExit(str(outcome))
    return [json.loads(line) for line in outcome.out.splitlines()]


def strength(reading, turn, construct, state):
    """The probability of a state; nothing where the output has no place for it, 0 where it does not say it."""
    if construct == "emotion":
        return reading["turns"][turn]["emotion"]["dist"][state]
    episode = reading["episode"]
    if construct == "aspect":
        return sum(a["p"] for a in episode["aspect"] if a["code"] == state[:3] and "-0+"[a["polarity"] + 1] == state[3])
    if construct == "expectation":
        return sum(e["p"] for e in episode["expectation"] if f"{e['aspect']}:{e['status']}" == state)
    if construct in episode["agent"]:
        value = episode["agent"][construct]
        return value if isinstance(value, float) or isinstance(value, int) else value["dist"][state]
    value = episode.get(construct)
    if not isinstance(value, dict):
        return None
    return value.get("dist", value).get(state)


def without(text, begin, end):
    data = text.encode()
    return (data[:begin] + data[end:]).decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", nargs="?", default="build/release")
    options = parser.parse_args()
    with Suite("grounds") as suite:
        program = Program(options.build)
        where, conversations = dialogues()
        readings = read(program, conversations)
        cases, changed = [], []
        for turns, reading in zip(conversations, readings):
            for t, said in enumerate(reading["turns"]):
                for ground in said["evidence"]:
                    before = strength(reading, t, ground["construct"], ground["state"])
                    if not before:
                        continue
                    cases.append((t, ground, before))
                    changed.append([dict(turn) for turn in turns])
                    changed[-1][t]["text"] = without(turns[t]["text"], ground["begin"], ground["end"])
        outcome = collections.defaultdict(list)
        for (t, ground, before), reading in zip(cases, read(program, changed)):
            outcome[ground["construct"]].append(before - strength(reading, t, ground["construct"], ground["state"]))
        print(f"{len(cases)} grounds of {len(conversations)} conversations of {where}; seed-free")
        for construct, drops in sorted(outcome.items()):
            weaker = sum(drop > 0 for drop in drops) / len(drops)
            mean = sum(drops) / len(drops)
            print(f"  {construct:<14} {len(drops):>5} grounds, weaker in {weaker:.3f}, by {mean:.3f} on average")
            if len(drops) >= FEWEST:
                suite.check(f"{construct}: its claims weaken without their quotes", weaker >= LEAST and mean > 0, f"{weaker:.3f} {mean:.3f}")
        suite.check("there are grounds of at least ten constructs", sum(len(d) >= FEWEST for d in outcome.values()) >= 10, dict(outcome).keys())
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
