#!/usr/bin/env python3
"""`xinjing clv` beside lifetimes on the CDNOW sample, in one run: are the parameters the same, and how long
does a fit take?

clv_peers.py --data FOLDER_OF_DATA_SETS [--build build/release]
Needs lifetimes (docs/performance.md says how to install it in a throw-away environment). Both read the same
4,960 rows of sample_calibration.csv; lifetimes makes its summary by its own function. The time of lifetimes is
that of its fit alone, of xinjing that of the whole command: read, store, group, fit, value every customer.
Exit code 1 if a parameter or log-likelihood differs by more than the tolerance.
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
TOLERANCE = 5e-3
LOSS = 0.02  # of log-likelihood


def orders_file(data, folder):
    """The rows with an order id each, so that equal rows of one customer and day are kept, as lifetimes does."""
    path = pathlib.Path(folder) / "orders.csv"
    with open(data / "beh_cdnow" / "sample_calibration.csv", encoding="utf-8") as rows, open(path, "w", encoding="utf-8") as out:
        out.write("order_id,customer_id,time,amount\n")
        for number, row in enumerate(csv.DictReader(rows)):
            out.write(f"{number},{row['master_id']},{row['date']},{row['amount']}\n")
    return path


def ours(program, orders, model):
    """(parameters by name, seconds)."""
    begin = time.monotonic()
    done = subprocess.run([program, "--quiet", "clv", orders, "--model", model, "--spend", "repeat", "--json", "--totals"], check=True,
                          cwd=orders.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "XINJING_HOME": str(ROOT)})
    seconds = time.monotonic() - begin
    answer = json.loads(done.stdout)
    return {**answer["parameters"], "log-likelihood": answer["log_likelihood"]}, answer["spend"], seconds


def timed(fit):
    begin = time.monotonic()
    fitted = fit()
    return fitted, time.monotonic() - begin


def compare(name, mine, theirs, seconds, their_seconds):
    """Prints a line; whether all agree."""
    same = True
    for key, value in theirs.items():
        tolerance = LOSS if key == "log-likelihood" else TOLERANCE * abs(value)
        same = same and abs(mine[key] - value) <= tolerance
    shown = ", ".join(f"{key} {mine[key]:.4g} | {value:.4g}" if key != "log-likelihood" else f"{key} {mine[key]:.2f} | {value:.2f}"
                      for key, value in theirs.items())
    print(f"{name}: {shown}: {'equal' if same else 'DIFFERENT'}; {seconds:.2f} s | {their_seconds:.2f} s, {their_seconds / seconds:.1f} times", flush=True)
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--build", default="build/release")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    import lifetimes
    import pandas
    program = (ROOT / options.build / "bin" / "xinjing").resolve()
    with tempfile.TemporaryDirectory() as folder:
        orders = orders_file(options.data, folder)
        table = pandas.read_csv(orders)
        table["time"] = pandas.to_datetime(table["time"])
        summary = lifetimes.utils.summary_data_from_transaction_data(table, "customer_id", "time", "amount", freq="D")
        weeks = summary.assign(recency=summary["recency"] / 7, T=summary["T"] / 7)
        print(f"lifetimes {lifetimes.__version__}, {len(summary)} customers; xinjing | lifetimes")
        good = True
        for model, name, fitter in (("bg", "BG/NBD", lifetimes.BetaGeoFitter), ("mbg", "MBG/NBD", lifetimes.ModifiedBetaGeoFitter),
                                    ("pareto", "Pareto/NBD", lifetimes.ParetoNBDFitter)):
            mine, spend, seconds = ours(program, orders, model)
            fitted, their_seconds = timed(lambda make=fitter: make().fit(weeks["frequency"], weeks["recency"], weeks["T"]))
            theirs = {**fitted.params_, "log-likelihood": -fitted._negative_log_likelihood_ * len(weeks)}
            good = compare(name, mine, theirs, seconds, their_seconds) and good
        bought = summary[summary["monetary_value"] > 0]
        fitted, their_seconds = timed(lambda: lifetimes.GammaGammaFitter().fit(bought["frequency"], bought["monetary_value"]))
        theirs = {"p": fitted.params_["p"], "q": fitted.params_["q"], "gamma": fitted.params_["v"]}
        good = compare("Gamma-Gamma (in the same command)", spend, theirs, seconds, their_seconds) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
