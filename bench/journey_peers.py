#!/usr/bin/env python3
"""`xinjing journey` beside pm4py on the same event logs in one run: whether both say the same, and how
long each takes.

journey_peers.py LOG.csv... [--million] [--build build/release] [--ideal 'a>b>c' for the first log]
A log is a CSV with the columns case, activity, timestamp and perhaps resource. pm4py comes from PyPI
into a throw-away environment (python3 -m venv /tmp/peers && /tmp/peers/bin/pip install pm4py); run this
script with that environment's python. Rows are given a number of their own first, so that equal rows
stay two events in both. Compared exactly: the directly-follows graph with its counts, how many cases
begin and end with each step, the ways through with their counts; within a millisecond: medians of the
waits; within 1e-6: the fitness of alignments against the path. Times are of the processor, so that other
work on the machine does not count; xinjing's are of whole processes, pm4py's without its import.
"""
import argparse
import contextlib
import csv
import datetime
import io
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def numbered(source, target):
    """A copy of the log with a number in each row."""
    with open(source, encoding="utf-8", newline="") as rows, open(target, "w", encoding="utf-8", newline="") as out:
        reader, writer = csv.DictReader(rows), csv.writer(out)
        writer.writerow(["touchpoint_id", "case_id", "activity", "started", "resource"])
        for number, row in enumerate(reader):
            writer.writerow([f"e{number}", row["case"], row["activity"], row["timestamp"], row.get("resource", "")])


def make_million(target):
    """A million events of eight steps, in the columns of a log."""
    draw, start, rows, case = random.Random(1), 1767225600, 0, 0
    with open(target, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["case", "activity", "timestamp", "resource"])
        while rows < 1_000_000:
            at, case = start + draw.randrange(20_000_000), case + 1
            for place in range(min(draw.randrange(1, 12), 1_000_000 - rows)):
                name = draw.randrange(8) if draw.random() < 0.4 else place % 4
                stamp = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).isoformat()
                writer.writerow([f"case {case}", f"step {name}", stamp, f"desk {draw.randrange(30)}"])
                at, rows = at + draw.randrange(1, 4200), rows + 1


def run(build, folder, *words):
    """What the program says, and the processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([build / "bin" / "xinjing", "--quiet", *words], cwd=folder, stdout=subprocess.PIPE, check=True,
                          env={**os.environ, "XINJING_HOME": str(ROOT)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout.decode(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(build, path, ideal):
    words = ["--json", "--limit", "0", "--variants", "0"] + (["--ideal", ideal] if ideal else [])
    text, seconds = run(build, path.parent, "journey", path, *words)
    run(build, path.parent, "analyze", path, "--db", "company.duckdb")
    _, figures = run(build, path.parent, "journey", "--db", "company.duckdb", *words)
    out = {"edges": {}, "medians": {}, "starts": {}, "ends": {}, "variants": {}, "fitness": None, "seconds": seconds,
           "figures": figures}
    for line in text.splitlines():
        row = json.loads(line)
        if row["what"] == "edge":
            out["edges"][row["from"], row["to"]] = row["n"]
            out["medians"][row["from"], row["to"]] = row["wait"]["median"]
        elif row["what"] == "step":
            out["starts"][row["activity"]] = row["starts"]
            out["ends"][row["activity"]] = row["ends"]
        elif row["what"] == "variant":
            out["variants"][tuple(row["activities"])] = row["cases"]
        elif row["what"] == "conformance":
            out["fitness"] = row["fitness"]
    for kind in ("starts", "ends"):
        out[kind] = {name: n for name, n in out[kind].items() if n}
    return out


def theirs(path, ideal):
    import pandas
    import pm4py
    begin = time.process_time()
    frame = pandas.read_csv(path, dtype={"case_id": str, "activity": str})
    frame["started"] = pandas.to_datetime(frame["started"], utc=True, format="ISO8601")
    frame = pm4py.format_dataframe(frame, case_id="case_id", activity_key="activity", timestamp_key="started")
    loaded = time.process_time()
    edges, starts, ends = pm4py.discover_dfg(frame)
    performance, _, _ = pm4py.discover_performance_dfg(frame)
    variants = pm4py.get_variants(frame)
    done = time.process_time()
    fitness, aligned = None, None
    if ideal:
        fitness = alignments(pm4py, frame, ideal.split(">"))
        aligned = time.process_time() - done
    return {"edges": dict(edges), "starts": dict(starts), "ends": dict(ends), "variants": dict(variants),
            "medians": {key: row["median"] for key, row in performance.items()}, "fitness": fitness,
            "seconds": done - begin, "figures": done - loaded, "aligned": aligned}


def alignments(pm4py, frame, path):
    """Mean fitness of the optimal alignments with a net that is one sequence."""
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to
    net, last = PetriNet("path"), PetriNet.Place("p0")
    first = last
    net.places.add(last)
    for number, name in enumerate(path):
        step, place = PetriNet.Transition(f"t{number}", name), PetriNet.Place(f"p{number + 1}")
        net.transitions.add(step)
        net.places.add(place)
        add_arc_from_to(last, step, net)
        add_arc_from_to(step, place, net)
        last = place
    with contextlib.redirect_stderr(io.StringIO()):
        rows = pm4py.conformance_diagnostics_alignments(frame, net, Marking({first: 1}), Marking({last: 1}))
    return sum(row["fitness"] for row in rows) / len(rows)


def report(mine, other):
    for kind in ("edges", "starts", "ends", "variants"):
        same = mine[kind] == other[kind]
        print(f"  {kind:<9} {len(other[kind]):>6} {'equal' if same else 'DIFFERENT'}")
        if not same:
            wrong = [key for key in set(mine[kind]) | set(other[kind]) if mine[kind].get(key) != other[kind].get(key)]
            print("    ", [(key, mine[kind].get(key), other[kind].get(key)) for key in wrong[:3]])
    apart = max((abs(value - other["medians"][key]) for key, value in mine["medians"].items() if key in other["medians"]),
                default=0)
    print(f"  medians of waits: at most {apart:.4f} s apart")
    if mine["fitness"] is not None:
        print(f"  fitness: {mine['fitness']:.6f}, pm4py {other['fitness']:.6f} (alignments alone {other['aligned']:.2f} s)")
    for key, what in (("figures", "figures of a log that is loaded"), ("seconds", "from file to figures")):
        print(f"  {what}: xinjing {mine[key]:.2f} s, pm4py {other[key]:.2f} s ({other[key] / mine[key]:.1f} times)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("logs", nargs="*", type=pathlib.Path)
    parser.add_argument("--million", action="store_true", help="also a log of a million events, made here")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--ideal", default="")
    options = parser.parse_args()
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: F401  not part of the time
    for place, log in enumerate(options.logs + [None] * options.million):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "touchpoints.csv"
            if log is None:
                log = pathlib.Path(folder) / "million.csv"
                make_million(log)
            numbered(log, path)
            ideal = options.ideal if place == 0 else ""
            print(log.stem, flush=True)
            with contextlib.redirect_stdout(io.StringIO()):
                other = theirs(path, ideal)
            report(ours(options.build.resolve(), path, ideal), other)


if __name__ == "__main__":
    sys.exit(main())
