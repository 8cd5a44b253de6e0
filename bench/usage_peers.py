#!/usr/bin/env python3
"""`xinjing usage` beside pandas and scikit-learn on the same readings in one run: processor time, and whether
features, number of habits and the sum of squares agree.

usage_peers.py [FILE.csv] [--build build/release] [--homes 200]
Needs pandas and scikit-learn (docs/performance.md says how to install them in a throw-away
environment). FILE has customer, time and kWh, half-hourly; without it a year of homes is made up.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sklearn.cluster import KMeans  # noqa: E402
from sklearn.metrics import silhouette_score  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLOTS, DAYS = 48, 365


def made_up(path, homes):
    """A year of half hours: one peak a day, whose hour is one of four, seasons and noise."""
    random = np.random.default_rng(20260101)
    times = pd.date_range("2025-01-01", periods=SLOTS * DAYS, freq="30min").strftime("%Y-%m-%d %H:%M:%S")
    hour = np.tile(np.arange(SLOTS) / 2, DAYS)
    season = 1 + 0.3 * np.cos(np.arange(SLOTS * DAYS) / 2788)
    with open(path, "w", encoding="ascii") as file:
        file.write("customer_id,reading_datetime,kwh\n")
        for home in range(homes):
            peak = (19, 8, 13, 2)[home % 4] + random.normal(0, 0.7)
            load = (0.05 + 0.3 * np.exp(-((hour - peak) / 2.5)**2)) * season * random.uniform(0.5, 1.5, hour.size)
            file.writelines(f"H{home:05d},{when},{kwh:.3f}\n" for when, kwh in zip(times, load))


def child_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(path, build):
    """(processor seconds from the CSV file, from a company's file, what it says)."""
    program = ROOT / build / "bin" / "xinjing"
    study = ["--json", "--plans", "none", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        begun = child_seconds()
        out = subprocess.run([program, "usage", path, *study], check=True, stdout=subprocess.PIPE, cwd=folder).stdout
        of_csv = child_seconds() - begun
        database = pathlib.Path(folder) / "company.duckdb"
        subprocess.run([program, "analyze", path, "--db", database, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        begun = child_seconds()
        again = subprocess.run([program, "usage", "--db", database, *study], check=True, stdout=subprocess.PIPE).stdout
        of_file = child_seconds() - begun
    if again != out:
        raise SystemExit("the same readings from a file and from a company's file tell different things")
    return of_csv, of_file, [json.loads(line) for line in out.decode().splitlines()]


def theirs(path):
    """The same definitions: full days, use a day, curves as shares of 24 hours, habits by silhouette."""
    begun = time.process_time()
    table = pd.read_csv(path, parse_dates=[1])
    table.columns = ["customer", "time", "kwh"]
    read = time.process_time()
    table["day"] = table["time"].dt.normalize()
    days = table.groupby(["customer", "day"])["kwh"].agg(["sum", "count"])
    full = days[days["count"] * 10 >= SLOTS * 9]
    per_day = (full["sum"] * SLOTS / full["count"]).groupby("customer").mean()
    table = table.join(full[["count"]], on=["customer", "day"], how="inner")
    slot = table["time"].dt.hour * 2 + table["time"].dt.minute // 30
    means = table.groupby([table["customer"], slot])["kwh"].mean().unstack().to_numpy()
    curves = means[:, 0::2] + means[:, 1::2]
    curves /= curves.sum(axis=1, keepdims=True)
    best = None
    for groups in range(2, min(8, len(curves) - 1) + 1):
        model = KMeans(groups, n_init=10, random_state=0).fit(curves)
        width = silhouette_score(curves, model.labels_)
        if best is None or width > best[0]:
            best = width, groups, model.inertia_
    return time.process_time() - begun, time.process_time() - read, per_day, best, curves


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--homes", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(options.file or pathlib.Path(folder) / "half_hourly.csv").resolve()
        if not options.file:
            made_up(path, options.homes)
        of_csv, of_file, rows = ours(path, options.build)
        peer_csv, peer_table, per_day, (width, groups, inertia), curves = theirs(path)
    source = rows[0]
    mine = {row["customer"]: row["per_day"] for row in rows if row["row"] == "meter"}
    apart = max(abs(mine[str(name)] / kwh - 1) for name, kwh in per_day.items())
    habits = sum(row["row"] == "habit" for row in rows)
    print(f"{source['used']:,} readings of {source['meters']} meters")
    print("processor seconds                from CSV   from what is loaded")
    print(f"xinjing usage                    {of_csv:8.2f}   {of_file:8.2f}   {habits} habits, silhouette "
          f"{source['silhouette']:.4f}, sum of squares {source['inertia']:.4f}")
    print(f"pandas and scikit-learn          {peer_csv:8.2f}   {peer_table:8.2f}   {groups} habits, silhouette "
          f"{width:.4f}, sum of squares {inertia:.4f}")
    print(f"times as fast                    {peer_csv / of_csv:8.1f}   {peer_table / of_file:8.1f}; use a day differs by at "
          f"most {apart:.1e} of itself")
    least = KMeans(habits, n_init=200, random_state=0).fit(curves).inertia_
    print(f"scikit-learn's least sum of squares of {habits} groups in 200 beginnings: {least:.4f}")
    agree = apart < 1e-3 and abs(source["inertia"] - least) <= 1e-3 * least + 1e-4
    print("agree" if agree else "DISAGREE")
    return 0 if agree else 1


if __name__ == "__main__":
    raise SystemExit(main())
