#!/usr/bin/env python3
"""What acts weigh, measured on customers whose states are known, and whether they help beside the words.

fit_acts.py DATABASE TRUTH [--folds 5] [--seed 1]
DATABASE: the sample, analysed (xinjing analyze sample --db DATABASE). TRUTH: sample/truth/truth.jsonl. A state
holds of a customer if one of their conversations is labelled with it. A weight is the log of the rate of the act where the state
holds over its rate elsewhere, among customers with as many conversations (three strata), both smoothed by five customers
and mixed with the weight in constructs/*/acts.tsv by n / (n + 10). The second table reads every customer from words
alone, and from words and acts with weights fitted on the other folds, and with the weights of the files; the interval is
of the difference, by 1000 draws of customers.
"""
import argparse
import collections
import json
import math
import pathlib
import random
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from database import Database  # noqa: E402

SMOOTH, KNOWN, ENOUGH, INDEPENDENCE = 5.0, 10.0, 20, 0.5
CONSTRUCTS = {"driver": "driver", "bond": "bond", "need": "need"}


def load_truth(path):
    """customer: (conversations, {(construct, state)})."""
    talks, states = collections.Counter(), collections.defaultdict(set)
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        if not row["customer"]:
            continue
        talks[row["customer"]] += 1
        for construct, key in CONSTRUCTS.items():
            value = row.get(key)
            for state in value if isinstance(value, list) else [value] if value else []:
                states[row["customer"]].add((construct, state))
    return talks, states


def load_weights():
    """{(construct, state, act): (weight of presence, cap, miss, note)} of the files."""
    out = {}
    for path in sorted((ROOT / "constructs").glob("*/acts.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("#") or cells[0] == "state":
                continue
            out[path.parent.name, cells[0], cells[1]] = (float(cells[3]), float(cells[6]), cells[7])
    return out


class Customers:
    def __init__(self, path, truth):
        self.talks, self.states = load_truth(truth)
        with Database(path) as database:
            rows = database.rows(
                "SELECT substr(s.subject, 3), e.construct, e.state, e.source, e.act, e.micro_nats / 1e6, e.n, "
                "(SELECT MAX(as_of) FROM portraits) - e.day FROM evidence e JOIN subjects o USING (subject_no) "
                "JOIN subjects s ON s.subject_no = o.person WHERE e.construct IN ('driver', 'bond', 'need')")
        self.cards = {name: tomllib.loads((ROOT / "constructs" / name / "card.toml").read_text(encoding="utf-8"))
                      for name in CONSTRUCTS}
        self.words, self.exposed, self.did, self.acts = (collections.defaultdict(float), collections.defaultdict(float),
                                                         collections.Counter(), collections.defaultdict(float))
        for who, construct, state, source, act, nats, n, age in rows:
            if who not in self.talks:
                continue
            weight = 0.5 ** (float(age) / self.cards[construct]["half_life_days"])
            if state == "*":
                if source != "act":
                    self.exposed[who, construct] += weight * float(n)
            elif source == "act":
                self.acts[who, construct, state] += weight * float(nats)
                self.did[who, construct, state, act] += 1
            else:
                self.words[who, construct, state] += weight * float(nats)
        self.names = sorted(self.talks)

    def stratum(self, who):
        return min(2, (self.talks[who] - 1) // 2)

    def logit(self, who, construct, state, acts):
        n = max(1.0, self.exposed[who, construct] + (1 if acts else 0))
        prior = next(s["prior"] for s in self.cards[construct]["state"] if s["id"] == state)
        nats = self.words[who, construct, state] + acts
        return math.log(prior / (1 - prior)) + nats * (1 + INDEPENDENCE * (n - 1)) / n


def measured(customers, names, key, guess):
    """(log ratio, customers who did it), adjusted for how many conversations they have."""
    construct, state, act = key
    did = {who for who in names if customers.did[who, construct, state, act] > 0}
    holds = [who for who in names if (construct, state) in customers.states[who]]
    rest = [who for who in names if (construct, state) not in customers.states[who]]
    strata = collections.Counter(customers.stratum(who) for who in holds)
    base = len(did) / max(1, len(names))
    elsewhere = 0.0
    for stratum, n in strata.items():
        alike = [who for who in rest if customers.stratum(who) == stratum]
        hits = sum(who in did for who in alike)
        elsewhere += n / len(holds) * (hits + SMOOTH * base) / (len(alike) + SMOOTH)
    rate = (sum(who in did for who in holds) + SMOOTH * base) / (len(holds) + SMOOTH)
    if not holds or not did:
        return guess, 0
    n = len(did)
    return (n * math.log(rate / elsewhere) + KNOWN * guess) / (n + KNOWN), n


def auc(pairs):
    ordered, ranks, i = sorted(pairs), 0.0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        ranks += (i + j + 1) / 2 * sum(y for _, y in ordered[i:j])
        i = j
    good = sum(y for _, y in ordered)
    bad = len(ordered) - good
    return (ranks - good * (good + 1) / 2) / (good * bad) if good and bad else float("nan")


def loss(pairs):
    return sum(math.log1p(math.exp(-x if y else x)) for x, y in pairs) / len(pairs)


def folded(customers, weights, folds, rng):
    """{(construct, state): [(words, fitted on other folds, weights of the files, truth)]}."""
    names = customers.names[:]
    rng.shuffle(names)
    out = collections.defaultdict(list)
    for fold in range(folds):
        test, train = set(names[fold::folds]), [who for i, who in enumerate(names) if i % folds != fold]
        fitted = {key: measured(customers, train, key, weight)[0] for key, (weight, _, _) in weights.items()
                  if key[0] in CONSTRUCTS}
        for construct, state in sorted({key[:2] for key in fitted}):
            for who in sorted(test):
                acts = sum(weight for key, weight in fitted.items()
                           if key[:2] == (construct, state) and customers.did[who, construct, state, key[2]] > 0)
                out[construct, state].append((customers.logit(who, construct, state, 0),
                                              customers.logit(who, construct, state, acts),
                                              customers.logit(who, construct, state, customers.acts[who, construct, state]),
                                              (construct, state) in customers.states[who]))
    return out


def interval(rows, column, measure, rng):
    draws = []
    for _ in range(1000):
        some = rng.choices(rows, k=len(rows))
        change = measure([(r[column], r[3]) for r in some]) - measure([(r[0], r[3]) for r in some])
        if not math.isnan(change):
            draws.append(change)
    draws.sort()
    return draws[int(0.025 * len(draws))], draws[int(0.975 * len(draws)) - 1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("database", type=pathlib.Path)
    arguments.add_argument("truth", type=pathlib.Path)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    customers, weights = Customers(options.database, options.truth), load_weights()
    print(f"{len(customers.names)} customers, seed {options.seed}\n\nconstruct state act: in the file -> measured (customers)")
    for key, (weight, _, note) in weights.items():
        if key[0] in CONSTRUCTS:
            value, n = measured(customers, customers.names, key, weight)
            print(f"  {' '.join(key):32} {weight:+.2f} -> {value:+.2f} ({n}) {'fitted' if n >= ENOUGH else 'guessed'}; {note}")
    print("\nconstruct state: positives; AUC of words alone, words and acts (fitted on other folds), words and acts (files); "
          "log loss of the three; change of AUC and of log loss for the weights of the files")
    for key, rows in folded(customers, weights, options.folds, rng).items():
        columns = [[(row[i], row[3]) for row in rows] for i in range(3)]
        low, high = interval(rows, 2, auc, rng)
        less, more = interval(rows, 2, loss, rng)
        print(f"  {' '.join(key):20} {sum(r[3] for r in rows):4}  AUC {' '.join(f'{auc(c):.3f}' for c in columns)} ({low:+.3f}…{high:+.3f})"
              f"  loss {' '.join(f'{loss(c):.3f}' for c in columns)} ({less:+.3f}…{more:+.3f})")


if __name__ == "__main__":
    main()
