#!/usr/bin/env python3
"""Writes the sample company's talks with their ground truth as labelled conversations, for
`xinjing train --continue`: an example of labels that a company brings.

sample_labels.py OUT.jsonl [--sample sample] [--count N] [--seed 5]
Without --count all talks. The order is drawn by the seed.
"""
import argparse
import csv
import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLAIN = ("motive", "need", "bond", "escalation", "satisfaction", "style", "driver", "stage")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sample", type=pathlib.Path, default=ROOT / "sample")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    with open(options.sample / "messages.csv", encoding="utf-8-sig", newline="") as file:
        messages = list(csv.DictReader(file))
    place = {row["消息编号"]: i for i, row in enumerate(messages)}
    talks = []
    for line in open(options.sample / "truth" / "truth.jsonl", encoding="utf-8"):
        truth = json.loads(line)
        first, last = (place.get(number) for number in truth["messages"])
        if first is None or last is None:
            continue  # of another file: shop chat, weibo, letters
        rows = [row for row in messages[first:last + 1] if row["会话"] == truth["conversation"]]
        turns = [{"speaker": "customer" if row["说话人"] == "客户" else "agent", "text": row["内容"]}
                 for row in rows]
        labels = {key: truth[key] for key in PLAIN if key in truth}
        if "aspect" in truth:
            labels["aspect"] = [{"code": code, "polarity": sign} for code, sign in truth["aspect"]]
        said = sum(turn["speaker"] == "customer" for turn in turns)
        if said == len(truth.get("emotion", ())):
            labels["emotion"] = [{"state": state} for state in truth["emotion"]]
        if said:
            talks.append({"id": truth["talk"], "turns": turns, "labels": labels})
    random.Random(options.seed).shuffle(talks)
    talks = talks[:options.count]
    with open(options.out, "w", encoding="utf-8") as out:
        for talk in talks:
            out.write(json.dumps(talk, ensure_ascii=False) + "\n")
    print(f"{options.out}: {len(talks)} labelled talks")


if __name__ == "__main__":
    main()
