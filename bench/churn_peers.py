#!/usr/bin/env python3
"""xinjing churn beside scikit-learn on the same customers, in one run.

bench/churn_peers.py BUILD_FOLDER DATA_FOLDER [--venv FOLDER]
DATA_FOLDER holds beh_telco_churn/train.csv and beh_online_retail/invoices_to_2011-09-09.csv.
Prints for each the AUC in ten folds of customers and the seconds of the whole run, reading and
cross-validation included: of scikit-learn's logistic regression on the raw columns, of its
HistGradientBoostingClassifier with its own settings and with small steps and flat trees, and of
xinjing. For invoices the peers look from one day by recency, frequency and money; xinjing looks from
several, and its figure for that day is shown beside. --venv is a throwaway virtual environment with
scikit-learn and pandas (made where it is not there).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

PEER = r"""
import json, sys, time
start = time.time()
import numpy, pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
imported = time.time() - start


def telco(path):
    table = pandas.read_csv(path)
    y = (table.Churn == "Yes").astype(int).values
    x = table.drop(columns=["customerID", "Churn"])
    x["TotalCharges"] = pandas.to_numeric(x.TotalCharges, errors="coerce").fillna(0)
    return x, y, ["tenure", "MonthlyCharges", "TotalCharges"]


def retail(path):
    table = pandas.read_csv(path, parse_dates=["date"])
    buys = table[(table.cancel == 0) & (table.amount > 0)]
    cut, end = pandas.Timestamp("2011-06-10"), pandas.Timestamp("2011-09-10")
    before = buys[buys.date < cut].groupby("CustomerID")
    x = pandas.DataFrame({"recency": numpy.log1p((cut - before.date.max()).dt.days),
                          "frequency": numpy.log1p(before.InvoiceNo.nunique()),
                          "money": numpy.log1p(before.amount.sum())})
    later = buys[(buys.date >= cut) & (buys.date < end)].CustomerID
    return x.reset_index(drop=True), (~x.index.isin(later)).astype(int), list(x)


def models(x, numbers):
    words = [name for name in x if name not in numbers]
    dense = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    line = ColumnTransformer([("n", StandardScaler(), numbers), ("w", dense, words)])
    trees = ColumnTransformer([("n", "passthrough", numbers), ("w", dense, words)])
    yield "logistic regression", make_pipeline(line, LogisticRegression(max_iter=2000))
    yield "HistGradientBoosting", make_pipeline(trees, HistGradientBoostingClassifier(random_state=0))
    yield "HistGradientBoosting, slow and flat", make_pipeline(trees, HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=150, max_depth=3, l2_regularization=5, random_state=0))


name, path = sys.argv[1:]
x, y, numbers = {"telco": telco, "retail": retail}[name](path)
for title, model in models(x, numbers):
    start, p = time.time(), numpy.zeros(len(y))
    for train, test in StratifiedKFold(10, shuffle=True, random_state=0).split(x, y):
        p[test] = model.fit(x.iloc[train], y[train]).predict_proba(x.iloc[test])[:, 1]
    print(json.dumps({"who": "scikit-learn " + title, "auc": roc_auc_score(y, p),
                      "brier": brier_score_loss(y, p), "seconds": time.time() - start + imported}))
"""


def environment(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "-q", "install", "scikit-learn", "pandas"], check=True)
    return python


def ours(words):
    start = time.time()
    out = subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         cwd=tempfile.gettempdir()).stdout  # rejects.csv would lie there
    study = json.loads(out.decode().splitlines()[0])["study"]
    return study, time.time() - start


def show(who, auc, brier, seconds):
    print(f"  {who:<48} AUC {auc:.4f}  Brier {brier:.4f}  {seconds:6.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path("/tmp/xinjing-churn-peers"))
    asked = parser.parse_args()
    python = environment(asked.venv)
    xinjing = asked.build.resolve() / "bin" / "xinjing"
    telco = asked.data.resolve() / "beh_telco_churn" / "train.csv"
    retail = asked.data.resolve() / "beh_online_retail" / "invoices_to_2011-09-09.csv"
    for name, path, words in (
            ("telco", telco, ("churn", "--table", telco, "--label", "Churn")),
            ("retail", retail, ("churn", retail, "--horizon", "92d", "--timezone", "Z"))):
        print(name)
        peer = subprocess.run([python, "-c", PEER, name, path], check=True, env={"OMP_NUM_THREADS": "1"}, stdout=subprocess.PIPE).stdout
        for line in peer.decode().splitlines():
            one = json.loads(line)
            show(one["who"], one["auc"], one["brier"], one["seconds"])
        study, seconds = ours([xinjing, "--quiet", *words, "--json", "--limit", "1"])
        show("xinjing churn", study["auc"]["value"], study["brier"], seconds)
        if "auc_last_day" in study:
            show("xinjing churn, of it the day of the peers", study["auc_last_day"]["value"], study["brier"], seconds)
            show("xinjing churn, forward in time", study["auc_forward"]["value"], study["brier"], seconds)


if __name__ == "__main__":
    main()
