#!/usr/bin/env python3
"""Does price sensitivity, measured on the first weeks of a shop, foretell who redeems a coupon later?

preference.py BUILD_FOLDER DATA [--seed 1]
DATA: the folder beh_complete_journey (transactions, campaigns, coupon_redemptions). Weeks 1-20 become orders.csv,
`xinjing analyze` measures every household, and the measures are compared with redemptions from week 21 on: the area
under the ROC curve with a 95 % interval by 1000 draws of households, over all, and within fourths by the number
of orders, since who buys more often has more chances to redeem. Households need the five orders that the measure needs.
"""
import argparse
import bisect
import csv
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from database import Database  # noqa: E402

CUT, WEEKS = "2017-05-21", 20


def write_orders(data, path):
    with open(data / "transactions_weeks1-40.csv", encoding="utf-8") as file, open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow("order_id item_line customer time product quantity amount discount".split())
        for number, row in enumerate(csv.DictReader(file)):
            if int(row["week"]) > WEEKS:
                continue
            off = sum(float(row[name]) for name in ("retail_disc", "coupon_disc", "coupon_match_disc"))
            writer.writerow([row["basket_id"], number, row["household_id"], row["transaction_timestamp"], row["product_id"],
                             row["quantity"], row["sales_value"], f"{off:.2f}"])


def later_redeemers(data):
    with open(data / "coupon_redemptions.csv", encoding="utf-8") as file:
        return {row["household_id"] for row in csv.DictReader(file) if row["redemption_date"] >= CUT}


def auc(pairs):
    good, bad = sorted(x for x, y in pairs if y), sorted(x for x, y in pairs if not y)
    if not good or not bad:
        return float("nan")
    wins = sum(bisect.bisect_left(bad, x) + bisect.bisect_right(bad, x) for x in good)
    return wins / 2 / len(good) / len(bad)


def with_interval(pairs, rng):
    draws = sorted(x for x in (auc(rng.choices(pairs, k=len(pairs))) for _ in range(1000)) if x == x)
    return f"{auc(pairs):.3f} ({draws[25]:.3f} to {draws[-26]:.3f})"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="xinjing-preference-") as folder:
        folder = pathlib.Path(folder)
        write_orders(options.data, folder / "orders.csv")
        subprocess.run([options.build / "bin" / "xinjing", "--quiet", "analyze", folder / "orders.csv", "--db", folder / "shop.duckdb"],
                       check=True, stdout=subprocess.DEVNULL)
        with Database(folder / "shop.duckdb") as database:
            rows = database.rows("SELECT customer, measure, value, n FROM v_preferences WHERE measure IN "
                                 "('discount_share', 'price_sensitivity', 'price_index')")
    later = later_redeemers(options.data)
    measures = {}
    for who, measure, value, n in rows:
        measures.setdefault(measure, {})[who] = (float(value), int(n))
    orders = {who: n for who, (_, n) in measures["price_sensitivity"].items()}
    print(f"{len(orders)} households with five orders or more in weeks 1-{WEEKS}, {sum(w in later for w in orders)} redeem later; seed {options.seed}")
    print(f"  number of orders alone        AUC {with_interval([(n, w in later) for w, n in orders.items()], rng)}")
    for measure, of in sorted(measures.items()):
        sign = -1 if measure == "price_index" else 1
        known = {w: sign * value for w, (value, _) in of.items() if w in orders}
        print(f"  {measure:28}  AUC {with_interval([(x, w in later) for w, x in known.items()], rng)}")
        ranked = sorted(known, key=lambda w: (orders[w], w))
        parts = [ranked[i * len(ranked) // 4:(i + 1) * len(ranked) // 4] for i in range(4)]
        print("    within fourths by orders    " + "  ".join(with_interval([(known[w], w in later) for w in part], rng) for part in parts))


if __name__ == "__main__":
    main()
