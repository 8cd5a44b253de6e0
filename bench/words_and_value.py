#!/usr/bin/env python3
"""Whether what customers say improves the forecast of what they will buy, over acts alone.

bench/words_and_value.py COMPANY.duckdb [--build build/release] [--folds 10] [--horizon 90]
COMPANY.duckdb is a company that was analysed. From days 30 days apart, each buyer's purchase days and money of the
next HORIZON days are foretold twice: from acts (what `xinjing clv` expects of that day, days since the last purchase,
purchases, money of a purchase) and from acts and words (conversations that had ended by that day: satisfaction of
the last one, left displeased within 90 days; escalation, grounds for wavering or leaving, unmet expectations and
promises within 180 days). Both by Poisson regression (money: the same equations, quasi-likelihood) with a ridge of
10 on columns of standard deviation 1, in folds of customers. Printed: the deviance of customers who were not in the
fit, explained against a constant, and what the words add, with the 95 % interval of 1,000 draws of customers.
Only the standard library; seeds are fixed.
"""
import argparse
import json
import math
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from database import Database  # noqa: E402

RIDGE, BETWEEN, DRAWS = 10.0, 30, 1000
WORDS = ("satisfaction", "displeased", "escalation", "waver", "unmet")

OUTCOME = """
SELECT customer, COUNT(DISTINCT day), SUM(amount)
FROM (SELECT customer, local_time(time)::DATE AS day, amount FROM bought)
WHERE day > DATE '{day}' AND day <= DATE '{day}' + {horizon}
GROUP BY customer"""

# As src/profile/churn_words_table.cc has them.
SIGNALS = """
WITH talks AS (
  SELECT c.conversation_no, s.person, local_time(c.ended)::DATE AS day, c.ended
  FROM conversations AS c JOIN subjects AS s USING (subject_no)
  WHERE c.ended IS NOT NULL AND local_time(c.ended)::DATE <= DATE '{day}'
), late AS (FROM talks WHERE day > DATE '{day}' - 180), feelings AS (
  SELECT person, ARG_MAX(satisfaction, ended) AS satisfaction, MAX(t.day) AS last,
    MAX(escalation) FILTER (t.day > DATE '{day}' - 180) AS escalation
  FROM talks AS t JOIN readings USING (conversation_no) GROUP BY person
), grounds AS (
  SELECT person, SUM(micro_nats) / 1e6 AS waver FROM late JOIN evidence USING (conversation_no)
  WHERE construct = 'bond' AND state IN ('waver', 'leave') GROUP BY person
), failures AS (
  SELECT person, COUNT(*) AS unmet FROM late JOIN (
    SELECT conversation_no FROM expectations WHERE status = 'unmet'
    UNION ALL SELECT conversation_no FROM promise_words WHERE what = 'unmet') USING (conversation_no)
  GROUP BY person
)
SELECT plain_id(subject), COALESCE(satisfaction, 0),
  COALESCE(satisfaction < -0.5 AND last > DATE '{day}' - 90, FALSE)::INTEGER, COALESCE(escalation, 0),
  GREATEST(COALESCE(waver, 0), 0), COALESCE(unmet, 0)
FROM feelings LEFT JOIN grounds USING (person) LEFT JOIN failures USING (person)
JOIN subjects AS s ON s.subject_no = person"""


def expected(program, company, day, horizon):
    """What the model of repeat buying expects of each buyer; none where it has too few data."""
    done = subprocess.run([program, "clv", "--db", company, "--as-of", day, "--horizon", f"{horizon}d", "--limit", "0", "--json"],
                          capture_output=True, text=True, env={"XINJING_HOME": str(ROOT), "LC_ALL": "C.UTF-8"})
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []


def days_between(first, last):
    import datetime
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def rows_of(program, company, horizon):
    """(customer, acts, words, purchase days, money) of each buyer and day looked from."""
    with Database(company) as database:
        database.rows("CREATE TEMP VIEW bought AS SELECT plain_id(p.subject) AS customer, o.time, o.amount FROM orders AS o "
                      "JOIN subjects AS s USING (subject_no) JOIN subjects AS p ON p.subject_no = s.person WHERE o.amount > 0 "
                      "AND o.currency IS NOT DISTINCT FROM (SELECT MODE(currency) FROM orders)")
        first, last = database.rows("SELECT MIN(local_time(time)::DATE), MAX(local_time(time)::DATE) FROM bought")[0]
        looks, back = [], horizon
        while back + 60 <= days_between(first, last):
            looks.append(database.value(f"SELECT DATE '{last}' - {back}"))
            back += BETWEEN
        out = []
        for day in looks:
            came = {row[0]: (float(row[1]), float(row[2])) for row in database.rows(OUTCOME.format(day=day, horizon=horizon))}
            said = {row[0]: [float(x) for x in row[1:]] for row in database.rows(SIGNALS.format(day=day))}
            for one in expected(program, company, day, horizon):
                acts = [math.log(one["orders"] + 0.02), math.log1p(days_between(one["last"], day)), math.log(one["purchases"]),
                        math.log1p(one.get("spend", 0))]
                words = said.get(one["customer"], [0.0] * len(WORDS))
                orders, money = came.get(one["customer"], (0.0, 0.0))
                out.append((one["customer"], acts, words, orders, money))
    return looks, out


def solve(a, b):
    n = len(b)
    rows = [list(a[i]) + [b[i]] for i in range(n)]
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(n):
            if r != i:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def fit(x, y):
    """Poisson regression with a logarithmic link by Newton's method, columns standardised inside."""
    n, p = len(x), len(x[0])
    means = [sum(row[c] for row in x) / n for c in range(p)]
    scales = [math.sqrt(sum((row[c] - means[c]) ** 2 for row in x) / n) or 1 for c in range(p)]
    z = [[1.0] + [(row[c] - means[c]) / scales[c] for c in range(p)] for row in x]
    unit = sum(y) / n  # in units of the mean, so that the ridge means the same for orders and money
    beta = [0.0] * (p + 1)
    for _ in range(30):
        gradient = [0.0] * (p + 1)
        curve = [[0.0] * (p + 1) for _ in range(p + 1)]
        for row, target in zip(z, y):
            mu = math.exp(max(-20, min(20, sum(b * v for b, v in zip(beta, row)))))
            for i, v in enumerate(row):
                gradient[i] += (target / unit - mu) * v
                for j in range(i, p + 1):
                    curve[i][j] += mu * v * row[j]
        for i in range(p + 1):
            for j in range(i):
                curve[i][j] = curve[j][i]
            if i:
                gradient[i] -= RIDGE * beta[i]
                curve[i][i] += RIDGE
        step = solve(curve, gradient)
        size = min(1, 1 / max(1e-9, max(abs(s) for s in step)))
        beta = [b + size * s for b, s in zip(beta, step)]
        if max(abs(s) for s in step) < 1e-8:
            break
    return lambda row: unit * math.exp(max(-20, min(20, beta[0] + sum(
        b * (v - m) / s for b, v, m, s in zip(beta[1:], row, means, scales)))))


def deviance(y, mu):
    mu = max(mu, 1e-9)
    return 2 * ((y * math.log(y / mu) if y > 0 else 0) - (y - mu))


def crossed(rows, fold_of, folds, columns, target):
    """Foretold by fits of other customers."""
    out = [0.0] * len(rows)
    for fold in range(folds):
        others = [row for row in rows if fold_of[row[0]] != fold]
        model = fit([columns(row) for row in others], [target(row) for row in others])
        for i, row in enumerate(rows):
            if fold_of[row[0]] == fold:
                out[i] = model(columns(row))
    return out


def judged(rows, fold_of, folds, target, name):
    y = [target(row) for row in rows]
    mean = sum(y) / len(y)
    acts = crossed(rows, fold_of, folds, lambda row: row[1], target)
    both = crossed(rows, fold_of, folds, lambda row: row[1] + row[2], target)
    sums = {}
    for row, a, b, t in zip(rows, acts, both, y):
        at = sums.setdefault(row[0], [0.0, 0.0, 0.0])
        at[0] += deviance(t, mean)
        at[1] += deviance(t, a)
        at[2] += deviance(t, b)

    def explained(people):
        none, of_acts, of_both = (sum(sums[one][k] for one in people) for k in range(3))
        return 1 - of_acts / none, 1 - of_both / none, (of_acts - of_both) / none

    people, rng = sorted(sums), random.Random(1)
    draws = sorted(explained(rng.choices(people, k=len(people)))[2] for _ in range(DRAWS))
    of_acts, of_both, gain = explained(people)
    low, high = draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS) - 1]
    verdict = "the words help" if low > 0 else "the words harm" if high < 0 else "no gain that is sure"
    print(f"{name:<14} acts alone {of_acts:7.1%}   with words {of_both:7.1%}   gain {gain:+7.1%} ({low:+.1%} to {high:+.1%}): {verdict}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("company", type=pathlib.Path)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--horizon", type=int, default=90)
    options = parser.parse_args()
    looks, rows = rows_of(ROOT / options.build / "bin" / "xinjing", options.company, options.horizon)
    people = sorted({row[0] for row in rows})
    if len(people) < 2 * options.folds:
        sys.exit(f"{len(people)} buyers are too few for {options.folds} folds")
    order = people[:]
    random.Random(2).shuffle(order)
    fold_of = {one: i % options.folds for i, one in enumerate(order)}
    spoke = sum(any(row[2]) for row in rows)
    print(f"{len(people)} buyers, {len(rows)} rows from {len(looks)} days ({looks[-1]} to {looks[0]}), {spoke} of them after a "
          f"conversation; the next {options.horizon} days: {sum(row[3] for row in rows):.0f} purchase days, money {sum(row[4] for row in rows):,.0f}")
    judged(rows, fold_of, options.folds, lambda row: row[3], "purchase days")
    judged(rows, fold_of, options.folds, lambda row: row[4], "money")


if __name__ == "__main__":
    main()
