#!/usr/bin/env python3
"""Runs whole commands on made data and prints what they cost: bench/*.scenario, one file each.

run_scenarios.py --data FOLDER_OF_DIALOGUES [--build build/release] [--work FOLDER] [NAME ...]
The data is made once by make_load.py and kept in the work folder. Wall and processor time and the
peak of memory are those of the child process (getrusage). Exit code 1 if a target is missed.
"""
import argparse
import itertools
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DIALOGUES = ("service_dialogues/train.jsonl", "service_calls/train.jsonl")


class Cost:
    def __init__(self, seconds, cpu, peak_bytes):
        self.seconds, self.cpu, self.peak_bytes = seconds, cpu, peak_bytes


def run(command, stdin, build):
    """Runs to the end; output is thrown away. Stops everything when the command fails."""
    with tempfile.TemporaryFile() as err, open(stdin or os.devnull, "rb") as source:
        begin = time.monotonic()
        child = subprocess.Popen([build / "bin" / "xinjing", *command], stdin=source, stdout=subprocess.DEVNULL, stderr=err,
                                 env={**os.environ, "XINJING_HOME": str(ROOT)})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        if child.returncode != 0:
            err.seek(0)
            sys.exit(f"{' '.join(map(str, command))}: exit code {child.returncode}\n{err.read().decode()[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


class Bench:
    def __init__(self, options):
        self.data, self.work = options.data, options.work
        self.build = (ROOT / options.build).resolve()
        self.work.mkdir(parents=True, exist_ok=True)

    def dialogues(self):
        return [self.data / name for name in DIALOGUES if (self.data / name).exists()]

    def company(self, size):
        folder = self.work / f"company-{size['messages']}-{size['orders']}"
        if not folder.exists():
            subprocess.run([sys.executable, HERE / "make_load.py", folder, *self.dialogues(), "--messages", str(size["messages"]),
                            "--orders", str(size["orders"])], check=True)
        return folder

    def utterances(self, size):
        """One customer utterance a line, joined or cut to a length that is the wanted one on average."""
        path = self.work / f"utterances-{size['count']}-about-{size['characters']}.jsonl"
        if not path.exists():
            texts = [turn["text"] for name in self.dialogues() for line in open(name, encoding="utf-8")
                     for turn in json.loads(line)["turns"] if turn["speaker"] == "customer"]
            rng = random.Random(1)
            with open(path, "w", encoding="utf-8") as file:
                for number in range(size["count"]):
                    text = rng.choice(texts)
                    while len(text) < size["characters"] * 3 // 4:
                        text += "，" + rng.choice(texts)
                    text = text[:rng.randint(size["characters"] * 3 // 4, size["characters"] * 5 // 4)]
                    file.write(json.dumps({"id": f"r{number}", "text": text}, ensure_ascii=False) + "\n")
        return path

    def conversations(self, size):
        """Whole dialogues, repeated until they hold the wanted number of customer utterances."""
        path = self.work / f"conversations-{size['utterances']}.jsonl"
        if not path.exists():
            dialogues = [json.loads(line)["turns"] for name in self.dialogues() for line in open(name, encoding="utf-8")]
            left = size["utterances"]
            with open(path, "w", encoding="utf-8") as file:
                for number, turns in enumerate(itertools.cycle(dialogues)):
                    if left <= 0:
                        break
                    left -= sum(turn["speaker"] == "customer" for turn in turns)
                    said = [{"speaker": turn["speaker"], "text": turn["text"]} for turn in turns]
                    file.write(json.dumps({"id": f"c{number}", "turns": said}, ensure_ascii=False) + "\n")
        return path

    def names(self, name, scenario, repetition):
        values = {"db": self.work / f"{scenario.get('after', name)}.duckdb"}
        if "company" in scenario:
            values["company"] = self.company(scenario["company"])
            values["number"] = random.Random(repetition).randrange(scenario["company"]["messages"] // 16)
        if "utterances" in scenario:
            values["utterances"] = self.utterances(scenario["utterances"])
        if "conversations" in scenario:
            values["conversations"] = self.conversations(scenario["conversations"])
        return values

    def scenario(self, name):
        with open(HERE / f"{name}.scenario", "rb") as file:
            scenario = tomllib.load(file)
        if "after" in scenario and not (self.work / f"{scenario['after']}.duckdb").exists():
            self.scenario(scenario["after"])
        costs = []
        for repetition in range(scenario.get("repeat", 1)):
            values = self.names(name, scenario, repetition)
            if "after" not in scenario:
                for old in self.work.glob(f"{name}.duckdb*"):
                    old.unlink() if old.is_file() else None
            command = [word.format(**values) for word in scenario["command"]]
            stdin = scenario["stdin"].format(**values) if "stdin" in scenario else None
            costs.append(run(command, stdin, self.build))
        return report(name, scenario, costs)


def report(name, scenario, costs):
    """Prints the median run; gives whether the targets are met."""
    seconds = statistics.median(cost.seconds for cost in costs)
    cpu = statistics.median(cost.cpu for cost in costs)
    peak = max(cost.peak_bytes for cost in costs) / 2**30
    rate = scenario["rows"] / seconds if "rows" in scenario else None
    target = scenario.get("target", {})
    met = (seconds <= target.get("seconds", seconds) and peak <= target.get("peak_gib", peak)
           and (rate or 0) >= target.get("rows_per_second", 0))
    shown = f"{rate:,.0f} rows/s, {scenario['rows'] / cpu:,.0f} a cpu second" if rate else ""
    wanted = ", ".join(f"{key} {value:,}" for key, value in target.items())
    print(f"{name:<14} {seconds:8.2f} s wall {cpu:8.2f} s cpu {peak:6.2f} GiB {shown:>42}  "
          f"{'met' if met else 'MISSED'} ({wanted})", flush=True)
    return met


def machine():
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"commit {commit}; {os.cpu_count()} cores, {model}; load {os.getloadavg()[0]:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    bench = Bench(options)
    if not bench.dialogues():
        sys.exit(f"no dialogues in {options.data}: name a folder with --data")
    print(machine())
    met = [bench.scenario(name) for name in options.names or sorted(path.stem for path in HERE.glob("*.scenario"))]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
