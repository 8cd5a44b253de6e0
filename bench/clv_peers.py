#!/usr/bin/env python3
"""`xinjing clv` beside lifetimes on the CDNOW sample, in one run: are the parameters the same, and how long
does a fit take?

clv_peers.py --data FOLDER_OF_DATA_SETS [--build build/release]
Needs lifetimes (docs/performance.md says how to install it in a throw-away environment). Both read the same
4,960 rows of sample_calibration.csv; lifetimes makes its summary by its own function. Then both do the
same work on as many customers as --copies makes of them, from rows that each has loaded already (a table of pandas, a
file of `analyze`): summarise, fit BG/NBD and Gamma-Gamma; xinjing values every customer besides. Exit code 1 if a parameter differs by more than 0.2 %.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
# lifetimes stops its search early, so its parameters are a little beside the maximum.
TOLERANCE = 2e-3


def orders_file(data, folder, copies):
    """The rows with an order id each, so that equal rows of one customer and day are kept, as lifetimes does."""
    path = pathlib.Path(folder) / f"orders{copies}.csv"
    with open(data / "beh_cdnow" / "sample_calibration.csv", encoding="utf-8") as rows, open(path, "w", encoding="utf-8") as out:
        out.write("order_id,customer_id,time,amount\n")
        for number, row in enumerate(csv.DictReader(rows)):
            out.writelines(f"{copy}-{number},{copy}-{row['master_id']},{row['date']},{row['amount']}\n" for copy in range(copies))
    return path


def ours(program, *words_and_model):
    """(parameters by name, those of spend, seconds)."""
    *words, model = words_and_model
    begin = time.monotonic()
    done = subprocess.run([program, "--quiet", "clv", *words, "--model", model, "--spend", "repeat", "--json", "--totals"], check=True,
                          cwd=tempfile.gettempdir(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "XINJING_HOME": str(ROOT)})
    seconds = time.monotonic() - begin
    answer = json.loads(done.stdout)
    return answer["parameters"], answer["spend"], seconds


def compare(name, mine, theirs):
    """Prints a line; whether all agree."""
    same = all(abs(mine[key] - value) <= TOLERANCE * abs(value) for key, value in theirs.items())
    shown = ", ".join(f"{key} {mine[key]:.5g} | {value:.5g}" for key, value in theirs.items())
    print(f"{name}: {shown}: {'equal' if same else 'DIFFERENT'}", flush=True)
    return same


def loaded(pandas, orders):
    table = pandas.read_csv(orders)
    return table.assign(time=pandas.to_datetime(table["time"]))


def cpu_seconds():
    return sum(os.times()[:4])  # of this process and of children that ended


def summary_of(lifetimes, table):
    out = lifetimes.utils.summary_data_from_transaction_data(table, "customer_id", "time", "amount", freq="D")
    return out.assign(recency=out["recency"] / 7, T=out["T"] / 7)


def spend_of(lifetimes, summary):
    bought = summary[summary["monetary_value"] > 0]
    fitted = lifetimes.GammaGammaFitter().fit(bought["frequency"], bought["monetary_value"])
    return {"p": fitted.params_["p"], "q": fitted.params_["q"], "gamma": fitted.params_["v"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--copies", type=int, default=40)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    import lifetimes
    import pandas
    program = (ROOT / options.build / "bin" / "xinjing").resolve()
    with tempfile.TemporaryDirectory() as folder:
        orders = orders_file(options.data, folder, 1)
        summary = summary_of(lifetimes, loaded(pandas, orders))
        print(f"lifetimes {lifetimes.__version__}, {len(summary)} customers; xinjing | lifetimes")
        good = True
        for model, name, fitter in (("bg", "BG/NBD", lifetimes.BetaGeoFitter), ("mbg", "MBG/NBD", lifetimes.ModifiedBetaGeoFitter),
                                    ("pareto", "Pareto/NBD", lifetimes.ParetoNBDFitter)):
            mine, spend, _ = ours(program, orders, model)
            good = compare(name, mine, fitter().fit(summary["frequency"], summary["recency"], summary["T"]).params_) and good
        good = compare("Gamma-Gamma", spend, spend_of(lifetimes, summary)) and good
        orders = orders_file(options.data, folder, options.copies)
        database = pathlib.Path(folder) / "company.duckdb"
        subprocess.run([program, "--quiet", "analyze", orders, "--db", database], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "XINJING_HOME": str(ROOT)})
        table = loaded(pandas, orders)
        before = cpu_seconds()
        mine, spend, seconds = ours(program, "--db", database, "bg")
        cpu = cpu_seconds() - before
        begin, before = time.monotonic(), cpu_seconds()
        summary = summary_of(lifetimes, table)
        theirs = lifetimes.BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"]).params_
        spend_of(lifetimes, summary)
        their_seconds, their_cpu = time.monotonic() - begin, cpu_seconds() - before
        good = compare(f"BG/NBD, {len(summary)} customers", mine, theirs) and good
        print(f"rows to parameters: {seconds:.2f} s | {their_seconds:.2f} s, {their_seconds / seconds:.1f} times as fast; "
              f"of processor {cpu:.2f} s | {their_cpu:.2f} s, {their_cpu / cpu:.1f} times")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
