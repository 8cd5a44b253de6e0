#!/usr/bin/env python3
"""Turns labelled dialogues (JSON lines with `turns`) into the message files a company would export.

dialogues_to_files.py OUT_FOLDER FILE.jsonl [FILE.jsonl ...]

Every dialogue becomes a customer of its own with one conversation; times are made up (one minute a
turn, dialogues spread over a year) since the sources have none. Files of customers with dated
episodes (`episodes`) keep their dates. Writes OUT_FOLDER/messages.csv.
"""
import csv
import datetime
import json
import pathlib
import sys

START = datetime.datetime(2025, 11, 1, 9, 0)


def conversations(line, number):
    """(customer, conversation, channel, start, turns) of one line."""
    if "episodes" in line:
        for index, episode in enumerate(line["episodes"]):
            start = datetime.datetime.fromisoformat(episode["date"] + "T10:00:00")
            yield line["customer"], f"{line['customer']}-{index + 1}", episode["channel"], start, episode["turns"]
    else:
        start = START + datetime.timedelta(minutes=(number * 181) % 525600)
        yield line["id"], line["id"], line.get("channel", ""), start, line["turns"]


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    number = rows = 0
    with open(out / "messages.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["message_id", "conversation", "customer", "time", "speaker", "channel", "text"])
        for name in sys.argv[2:]:
            for line in open(name, encoding="utf-8"):
                number += 1
                for customer, conversation, channel, start, turns in conversations(json.loads(line), number):
                    for index, turn in enumerate(turns):
                        if not turn["text"].strip():
                            continue
                        time = start + datetime.timedelta(minutes=index)
                        table.writerow([f"{conversation}/{index}", conversation, customer,
                                        time.isoformat(sep=" "), turn["speaker"], channel, turn["text"]])
                        rows += 1
    print(f"{number} lines, {rows} messages -> {out / 'messages.csv'}")


if __name__ == "__main__":
    main()
