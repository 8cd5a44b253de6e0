#!/usr/bin/env python3
"""Measures the constructs that no head of the models reads, for the figures on their cards.

measure_cards.py DATA [--build build/release] [--home FOLDER] [--only NAME,...]
DATA is the folder of the data sets. Texts are written as a company's message files, analysed, and the evidence of each
conversation is compared with its labels; no label is read by the program. Where the labels are of something near the
construct and not of the construct itself, the line says of what. Prints for each card: data set, split, n, measure,
value and 95 % interval (1,000 draws of texts with replacement, seed 1; of people for questionnaires).
"""
import argparse
import collections
import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DRAWS = 1000


def rows_of(path):
    """The rows of a table as dicts: tab separated without quotes, or comma separated."""
    with open(path, encoding="utf-8", newline="") as file:
        if path.suffix == ".tsv":
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            yield from csv.DictReader(file)


def dialogues(path):
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def auc(pairs):
    """That of (score, bad or good) pairs; ties count half. None where one side is empty."""
    pairs = sorted(pairs)
    ranks, at = 0.0, 0
    good = sum(label for _, label in pairs)
    while at < len(pairs):
        end = at
        while end < len(pairs) and pairs[end][0] == pairs[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(label for _, label in pairs[at:end])
        at = end
    bad = len(pairs) - good
    return (ranks - good * (good + 1) / 2) / (good * bad) if good and bad else None


def f1(pairs):
    """Of (said, true) pairs."""
    hit = sum(said and true for said, true in pairs)
    total = sum(bool(said) for said, _ in pairs) + sum(bool(true) for _, true in pairs)
    return 2 * hit / total if total else None


def precision(pairs):
    said = [bool(true) for said, true in pairs if said]
    return sum(said) / len(said) if said else None


def alpha(people):
    """Cronbach's alpha of a list of equally long lists of answers."""
    def variance(values):
        mean = sum(values) / len(values)
        return sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    items = len(people[0])
    single = sum(variance([p[i] for p in people]) for i in range(items))
    return items / (items - 1) * (1 - single / variance([sum(p) for p in people]))


def interval(measure, pairs):
    draw = random.Random(1)
    values = [v for v in (measure(draw.choices(pairs, k=len(pairs))) for _ in range(DRAWS)) if v is not None]
    values.sort()
    return values[len(values) * 25 // 1000], values[len(values) * 975 // 1000 - 1]


def tell(card, dataset, split, measure_name, measure, pairs):
    value = measure(pairs)
    if value is None:
        return
    low, high = interval(measure, pairs)
    print(f"{card}\t{dataset}\t{split}\t{len(pairs)}\t{measure_name}\t{value:.3f}\t{low:.3f}\t{high:.3f}", flush=True)


class Program:
    def __init__(self, options):
        self.binary = ROOT / options.build / "bin" / "xinjing"
        self.home = options.home

    def run(self, *words):
        done = subprocess.run([self.binary, *map(str, words), "--home", self.home, "-q"], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{words}: {done.stderr}")

    def evidence(self, conversations):
        """{conversation: {(construct, state): (nats, count)}} of {conversation: [(speaker, text)]}."""
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "in").mkdir()
            with open(folder / "in" / "messages.csv", "w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(["message_id", "conversation", "customer", "time", "speaker", "channel", "text"])
                for number, (name, turns) in enumerate(conversations.items()):
                    start = datetime.datetime(2025, 11, 1, 9, 0) + datetime.timedelta(minutes=(number * 181) % 525600)
                    for index, (speaker, text) in enumerate(turns):
                        time = start + datetime.timedelta(minutes=index)
                        table.writerow([f"{name}/{index}", name, name, time.isoformat(sep=" "), speaker, "chat", text])
            self.run("analyze", folder / "in", "--db", folder / "db", "--threads", 1)
            self.run("export", folder / "out", "--db", folder / "db", "--format", "jsonl")
            out = collections.defaultdict(lambda: collections.defaultdict(lambda: (0.0, 0)))
            for row in dialogues(folder / "out" / "evidence.jsonl"):
                had = out[row["customer"]][row["construct"], row["state"]]
                out[row["customer"]][row["construct"], row["state"]] = (had[0] + row["nats"], had[1] + row["signals"])
            return out

    def frequency(self, orders, as_of):
        """{customer: class} from orders until a day."""
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "in").mkdir()
            with open(folder / "in" / "orders.csv", "w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(["order_id", "customer", "time", "quantity", "amount"])
                table.writerows(orders)
            self.run("analyze", folder / "in", "--db", folder / "db", "--threads", 1, "--as-of", as_of)
            self.run("export", folder / "out", "--db", folder / "db", "--format", "jsonl", "--use", "research")
            return {row["customer"]: row["state"] for row in dialogues(folder / "out" / "portraits.jsonl")
                    if row["construct"] == "frequency" and row["said"] and row["probability"] > 0.5}


def texts_of(path):
    return {row["id"]: [("customer", row["text"])] for row in rows_of(path)}


def good_less_bad(evidence, construct, good, bad):
    nats = lambda states: sum(evidence[construct, s][0] for s in states)  # noqa: E731
    return nats(good) - nats(bad)


def liking(program, data):
    """Attitude, sentiment and brand perception against what reviews and tweets are labelled with as a whole."""
    sides = {"attitude": (["positive"], ["negative"]), "sentiment": (["positive"], ["negative"]),
             "brand_perception": (["quality_good", "value_good", "trust_good"], ["quality_poor", "value_poor", "trust_poor"])}
    for dataset in ("zh_online_shopping10", "en_amazon10k"):
        path = data / dataset / "dev.tsv"
        labels = {row["id"]: row["label"] for row in rows_of(path) if row["label"] != "neutral"}
        found = program.evidence({k: v for k, v in texts_of(path).items() if k in labels})
        for construct, (good, bad) in sides.items():
            pairs = [(good_less_bad(found[k], construct, good, bad), label == "positive") for k, label in labels.items()]
            tell(construct, dataset, "dev", "AUC of its grounds for the text's polarity", auc, pairs)
            pairs = [pair for pair in pairs if pair[0] != 0]
            tell(construct, dataset, "dev", "AUC where it has grounds", auc, pairs)


def acts(program, data):
    """Acts of speech: questions, thanks and greetings of television dialogue; complaints of tweets."""
    rows = list(rows_of(data / "zh_cped" / "dev.tsv"))
    turns = {f"{r['dialog_id']}-{r['turn']}": r for r in rows}
    found = program.evidence({k: [("customer", r["text"])] for k, r in turns.items()})
    for state, label in (("ask", "question"), ("thank", "thanking"), ("greet", "greeting")):
        pairs = [(found[k]["act", state][1] > 0, r["dialog_act"] == label) for k, r in turns.items()]
        if sum(true for _, true in pairs) >= 20:
            tell("act", "zh_cped", "dev", f"F1 of {state} for turns labelled {label}", f1, pairs)
            tell("act", "zh_cped", "dev", f"precision of {state} for turns labelled {label}", precision, pairs)
    path = data / "en_complaints_twitter" / "dev.tsv"
    labels = {row["id"]: row["label"] == "complaint" for row in rows_of(path)}
    found = program.evidence(texts_of(path))
    pairs = [(found[k]["act", "complain"][1] > 0, true) for k, true in labels.items()]
    tell("act", "en_complaints_twitter", "dev", "F1 of complain", f1, pairs)
    tell("act", "en_complaints_twitter", "dev", "precision of complain", precision, pairs)


def near_labels(program, data):
    """Worry and sensitive customers against labels of something near them, by conversation."""
    for dataset in ("service_dialogues", "service_dialogues_en"):
        lines = {line["id"]: line for split in ("train", "dev") for line in dialogues(data / dataset / f"{split}.jsonl")}
        found = program.evidence({k: [(t["speaker"], t["text"]) for t in line["turns"] if t["text"].strip()]
                                  for k, line in lines.items()})
        anxious = {k: any(e["state"] == "anxiety" and e["intensity"] >= 2 for e in line["labels"]["emotion"])
                   for k, line in lines.items()}
        escalated = {k: line["labels"]["escalation"] > 0 for k, line in lines.items()}
        aggressive = {k: "aggressive" in line["labels"]["style"] for k, line in lines.items()}
        for card, state, name, truth in (("state_of_mind", "worried", "clear anxiety", anxious),
                                         ("difficult", "sensitive", "escalation", escalated),
                                         ("difficult", "abuse", "an aggressive style", aggressive)):
            pairs = [(found[k][card, state][1] > 0, true) for k, true in truth.items()]
            tell(card, dataset, "train and dev", f"precision of {state} for {name}", precision, pairs)
            tell(card, dataset, "train and dev", f"F1 of {state} for {name}", f1, pairs)


def scales(data):
    """Alpha of the five items of each of the Big Five."""
    keys = json.loads((data / "svy_bfi_personality" / "keys.json").read_text())
    people = list(rows_of(data / "svy_bfi_personality" / "data.csv"))
    names = {"A": "agreeableness", "C": "conscientiousness", "E": "extraversion", "N": "neuroticism", "O": "openness"}
    for scale, items in keys.items():
        name = names.get(scale[:1].upper(), scale)
        answers = []
        for person in people:
            cells = [(person.get(item.lstrip("-"), ""), item.startswith("-")) for item in items]
            if all(cell not in ("", "NA") for cell, _ in cells):
                answers.append([7 - float(cell) if turned else float(cell) for cell, turned in cells])
        tell(name, "svy_bfi_personality", "all", "Cronbach's alpha of five items", alpha, answers)


def frequency(program, data):
    """Do buyers of a more frequent class buy again more often?"""
    orders = list(rows_of(data / "beh_cdnow" / "other_customers_full.csv"))
    cut = "1997-09-30"
    before = [[n, r["customer_id"], r["date"], r["quantity"], r["amount"]] for n, r in enumerate(orders) if r["date"] <= cut]
    again = {r["customer_id"] for r in orders if r["date"] > cut}
    order = {"lapsed": 0, "potential": 0, "occasional": 1, "frequent": 2}
    classes = program.frequency(before, cut)
    counts = collections.Counter((c, k in again) for k, c in classes.items())
    print("#", dict(counts))
    pairs = [(order[c], k in again) for k, c in classes.items()]
    tell("frequency", "beh_cdnow", "all", "AUC of the class for an order in the next 39 weeks", auc, pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--home", default=str(ROOT))
    parser.add_argument("--only", default="liking,acts,near_labels,scales,frequency")
    options = parser.parse_args()
    program = Program(options)
    parts = {"liking": lambda: liking(program, options.data), "acts": lambda: acts(program, options.data),
             "near_labels": lambda: near_labels(program, options.data), "scales": lambda: scales(options.data),
             "frequency": lambda: frequency(program, options.data)}
    for name in options.only.split(","):
        parts[name]()


if __name__ == "__main__":
    main()
