#!/usr/bin/env python3
"""Judges what portraits say of customers over several episodes: buyer type, drivers, stage.

eval_personas.py FILE.jsonl [--build build/release] [--home FOLDER]
FILE has customers with `episodes` (dated, labelled turns) and `labels` (buyer_type, driver, ...). They are
written as a company's message files, analysed, and each portrait is compared with the labels. No label is
read by the program. Prints, for all and for each industry (the id before the number): how many buyer types
are given and right; macro F1 of drivers (over drivers that occur), as portraits say them and as `read` says them of any episode; kappa of the stage of each episode.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def program(options, *words):
    done = subprocess.run([ROOT / options.build / "bin" / "xinjing", *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, "XINJING_HOME": options.home})
    if done.returncode not in (0, 1):
        sys.exit(f"{words}: {done.stderr}")
    return done.stdout


def kappa(pairs):
    n = len(pairs)
    same = sum(a == b for a, b in pairs) / n
    left, right = collections.Counter(a for a, _ in pairs), collections.Counter(b for _, b in pairs)
    chance = sum(left[k] * right[k] for k in left) / n / n
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def macro_f1(pairs):
    scores = {}
    for label in sorted({label for gold, _ in pairs for label in gold}):
        hit = sum(label in gold and label in said for gold, said in pairs)
        total = sum(label in gold for gold, _ in pairs) + sum(label in said for _, said in pairs)
        scores[label] = 2 * hit / total if total else 0.0
    return sum(scores.values()) / max(1, len(scores)), scores


def portrait_of(options, database, customer):
    return json.loads(program(options, "profile", customer, "--db", database, "--json", "--quotes", "0"))


def leading(line):
    """The state that a portrait says; nothing where there is not enough ground."""
    dist = (line or {}).get("dist", {})
    return max(dist, key=dist.get) if dist else None


def line_of(portrait, construct):
    for line in portrait["lines"]:
        if line["construct"] == construct:
            return line
    return None


def stages(options, customers):
    """The stage of each episode by `read`."""
    lines = [json.dumps({"id": f"{c['customer']}/{i}", "turns": [{"speaker": t["speaker"], "text": t["text"]} for t in e["turns"]]},
                        ensure_ascii=False) for c in customers for i, e in enumerate(c["episodes"])]
    done = subprocess.run([ROOT / options.build / "bin" / "xinjing", "read"], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          env={**os.environ, "XINJING_HOME": options.home})
    return {r["id"]: r["episode"] for r in map(json.loads, done.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--home", default=str(ROOT), help="where constructs, lexicons and models are: models that an industry was left out of, say")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    customers = [json.loads(line) for line in open(options.file, encoding="utf-8")]
    readings = stages(options, customers)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, ROOT / "tools" / "dialogues_to_files.py", folder, options.file], check=True, stdout=subprocess.DEVNULL)
        database = pathlib.Path(folder) / "personas.duckdb"
        program(options, "analyze", folder, "--db", database, "--quiet")
        for customer in customers:
            portrait = portrait_of(options, database, customer["customer"])
            kind, driver = line_of(portrait, "buyer_type"), line_of(portrait, "driver")
            results.append({"customer": customer["customer"], "industry": customer["customer"].rsplit("-", 1)[0], "gold": customer["labels"],
                            "kind": leading(kind), "line": kind, "driver": driver,
                            "read": {s for i in range(len(customer["episodes"]))
                                     for s, p in readings[f"{customer['customer']}/{i}"]["driver"].items() if p >= 0.5},
                            "stage": [(e["labels"]["stage"], readings[f"{customer['customer']}/{i}"]["stage"]["state"])
                                      for i, e in enumerate(customer["episodes"])]})
    for industry in ["all", *sorted({r["industry"] for r in results})]:
        some = [r for r in results if industry in ("all", r["industry"])]
        given = [r for r in some if r["kind"]]
        right = sum(r["kind"] == r["gold"]["buyer_type"] for r in given)
        drivers = [(set(r["gold"]["driver"]), {s for s, p in (r["driver"] or {}).get("dist", {}).items() if p >= 0.5}) for r in some]
        f1, by = macro_f1(drivers)
        read_f1, _ = macro_f1([(set(r["gold"]["driver"]), r["read"]) for r in some])
        print(f"{industry}: {len(some)} customers; buyer type given {len(given)}, right {right}"
              f" ({right / max(1, len(given)):.2f}); driver macro F1 {f1:.2f}, of `read` in any episode {read_f1:.2f}; stage kappa {kappa([p for r in some for p in r['stage']]):.2f}")
        if industry == "all":
            print("  drivers: " + ", ".join(f"{k} {v:.2f}" for k, v in by.items()))
    if options.verbose:
        for r in results:
            if r["kind"] != r["gold"]["buyer_type"]:
                print(r["customer"], "gold", r["gold"]["buyer_type"], "said", r["kind"], json.dumps((r["line"] or {}).get("dist", {})), (r["line"] or {}).get("reason"))
        print(collections.Counter(p for r in results for p in r["stage"]).most_common(30))


if __name__ == "__main__":
    main()
