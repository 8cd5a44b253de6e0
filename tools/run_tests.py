#!/usr/bin/env python3
"""Runs every test and check and closes with the line "N passed, N failed".

Checks run two at a time, the longest first; each GoogleTest program counts its own tests, every other check counts as one. Output of what failed is shown
whole; of what passed, a line.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


AT_ONCE = 2  # none of them measures time or leans on another
LONG = ("kill", "replay", "hostile", "store_test", "golden")  # begun first, so that no long one is left to run alone at the end


class Score:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.failures = []

    def add(self, name, passed, failed, seconds, output):
        self.passed += passed
        self.failed += failed
        state = "ok" if not failed else "FAILED"
        print(f"  {name:<28} {passed:>5} passed {failed:>3} failed  {seconds:6.1f} s  {state}", flush=True)
        if failed:
            self.failures.append(name)
            print(output, flush=True)


def run(command, timeout, env=None):
    begin = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=timeout, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL)
        code, output = done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        code, output = 124, (late.stdout or b"").decode("utf-8", "replace") + f"\nstopped after {timeout} s"
    except OSError as error:
        code, output = 127, str(error)
    return code, output, time.monotonic() - begin


def two_at_a_time(score, jobs):
    """Runs jobs (functions that take a score) and adds what they say in their order."""
    class Kept:
        def __init__(self):
            self.rows = []

        def add(self, *row):
            self.rows.append(row)

    def one(job):
        kept = Kept()
        job(kept)
        return kept.rows

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for rows in pool.map(one, jobs):
            for row in rows:
                score.add(*row)


def run_gtest(score, binary, label, leave_out=""):
    env = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    code, output, seconds = run([str(binary), "--gtest_brief=1", f"--gtest_filter=-{leave_out}"], 900, env)
    passed = sum(int(n) for n in re.findall(r"^\[  PASSED  \] (\d+) test", output, re.M))
    failed = sum(int(n) for n in re.findall(r"^\[  FAILED  \] (\d+) test", output, re.M))
    if code != 0 and failed == 0:
        failed = 1
    if code == 0 and passed == 0:
        failed, output = 1, "no test ran"
    score.add(label, passed, failed, seconds, output)


def run_check(score, name, command, timeout=900):
    code, output, seconds = run(command, timeout)
    score.add(name, int(code == 0), int(code != 0), seconds, output)


def source_files(*roots):
    for root in roots:
        for path in sorted((ROOT / root).rglob("*")):
            if path.suffix in (".h", ".cc"):
                yield str(path.relative_to(ROOT))


def fuzz_smoke(score, build, seconds):
    def job(binary):
        seeds = ROOT / "fuzz" / "seeds" / binary.name
        work = ROOT / build / "corpus" / binary.name
        work.mkdir(parents=True, exist_ok=True)
        command = [str(binary), str(work), "-rss_limit_mb=2048", "-timeout=10", f"-max_total_time={seconds}",
                   f"-artifact_prefix={work}/", "-seed=1", "-print_final_stats=1"]
        if seeds.is_dir():
            command.insert(2, str(seeds))
        return lambda kept: run_check(kept, binary.name, command, seconds + 60)

    two_at_a_time(score, [job(binary) for binary in sorted((ROOT / build / "bin").glob("*_fuzz"))])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--sanitized", help="build folder whose unit tests run as well")
    parser.add_argument("--thread", help="build folder with the thread sanitizer; its unit tests run as well")
    parser.add_argument("--fuzz", help="build folder of the fuzz targets")
    parser.add_argument("--fuzz-seconds", type=int, default=4)
    parser.add_argument("--format", action="store_true", help="check the format with clang-format")
    parser.add_argument("--lint", action="store_true", help="run clang-tidy over all of src/")
    options = parser.parse_args()
    score = Score()
    files = list(source_files("src", "bench", "fuzz"))
    if options.format:
        run_check(score, "format", ["clang-format-14", "--dry-run", "-Werror", *files])
    if options.lint:
        run_check(score, "lint", [sys.executable, "tools/lint.py", options.build], 3600)
    run_check(score, "rooms", [sys.executable, "tools/check_rooms.py"])
    run_check(score, "docs", [sys.executable, "tools/check_docs.py", options.build])
    run_check(score, "card figures", [sys.executable, "tools/card_figures.py", "--check"])
    programs = sorted((ROOT / options.build / "bin").glob("*_test"))
    if not programs:
        score.add("unit tests", 0, 1, 0, f"no test program in {options.build}/bin")
    jobs = {binary.name: lambda kept, binary=binary: run_gtest(kept, binary, binary.name) for binary in programs}
    for script in sorted((ROOT / "tests").glob("*/run.py")):
        name = script.parent.name
        jobs[name] = lambda kept, name=name, script=script: run_check(kept, f"tests/{name}", [sys.executable, str(script), options.build])
    two_at_a_time(score, [jobs[name] for name in sorted(jobs, key=lambda name: (LONG.index(name) if name in LONG else len(LONG), name))])
    for folder in filter(None, (options.sanitized, options.thread)):
        # The longest first. Killing a child fifty times says nothing more under a sanitizer and takes minutes.
        binaries = sorted((ROOT / folder / "bin").glob("*_test"), key=lambda path: (path.name != "store_test", path.name))
        two_at_a_time(score, [
            lambda kept, binary=binary: run_gtest(kept, binary, f"{binary.name} ({pathlib.Path(folder).name})", "Interrupted*")
            for binary in binaries])
    if options.fuzz:
        fuzz_smoke(score, options.fuzz, options.fuzz_seconds)
    if score.failures:
        print("failed: " + ", ".join(score.failures))
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main())
