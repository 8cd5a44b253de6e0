#!/usr/bin/env python3
"""kill -9 at 50 random moments of `xinjing analyze`: the file opens every time, the run goes on, and
what stands there in the end is, byte for byte, what an uninterrupted run gives.

run.py BUILD_FOLDER [--kills N] [--messages N] [--seed N]
The first two kills come before there is a file and as it appears; the other moments are spread evenly
over the length of an uninterrupted run (each in another of 50 equal parts, in random order). A killed file is resumed and killed again until a run ends by itself; then it is
compared and a fresh file is begun.
"""
import argparse
import collections
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import company  # noqa: E402
from checks import Program, Suite  # noqa: E402
from database import Database, difference, snapshot  # noqa: E402

STAGES = (("preferences", "preferences"), ("customer_values", "expected values"), ("recommendations", "recommendations"),
          ("journey_steps", "steps of journeys"), ("portraits", "portraits"), ("readings", "readings"), ("conversations", "conversations"),
          ("orders", "orders"), ("messages", "messages"))


HEADERS = 3 * 4096  # bytes of a database file that holds nothing


def stage_of(path):
    """The last thing that is kept in a file, which tells where the run was stopped."""
    if not path.exists() or path.stat().st_size < HEADERS:
        return "no file yet"
    with Database(path) as database:
        for table, what in STAGES:
            if database.columns(table) and int(database.value(f"SELECT COUNT(*) FROM {table}")) > 0:
                return f"after some {what}"
    return "empty"


def kill_at(program, command, moment):
    """True if the run was killed; False if it ended by itself (its exit code must be 0)."""
    child = program.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, err = child.communicate(timeout=moment)
        if child.returncode != 0:
            raise AssertionError(f"exit code {child.returncode}: {err.decode()[-1000:]}")
        return False
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate()
        return child.returncode == -signal.SIGKILL


def kill_when(program, command, ready):
    """Kills the run as soon as `ready()` holds; False if it ended by itself before that."""
    child = program.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None and not ready():
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return child.returncode == -signal.SIGKILL


class Experiment:
    def __init__(self, suite, program, data):
        self.suite, self.program, self.data = suite, program, data
        self.files = 0
        self.stages = collections.Counter()
        self.wrong_doctor, self.wrong_end = [], []
        begin = time.monotonic()
        self.whole = self.fresh()
        outcome = program.run(*self.command(self.whole))
        self.length = time.monotonic() - begin
        suite.check("an uninterrupted run ends well", outcome.code == 0, lambda: outcome)
        self.wanted = snapshot(self.whole)
        self.path = self.fresh()

    def fresh(self):
        self.files += 1
        return self.suite.folder / f"company{self.files}.duckdb"

    def command(self, path):
        return "analyze", self.data, "--db", path, "--quiet"

    def kill(self, moment):
        """One kill at this moment of a run: on the file as it stands, or else on a fresh one."""
        for _ in range(3):
            if kill_at(self.program, self.command(self.path), moment):
                return self.look()
            self.compare()
        return False

    def kill_at_birth(self):
        """Two kills that no moment drawn by chance can be sure to hit: before there is a file, and
        as the file appears (its migrations are then under way)."""
        killed = 0
        for ready in (lambda: True, self.path.exists):
            if kill_when(self.program, self.command(self.path), ready):
                killed += self.look()
        return killed

    def look(self):
        stage = stage_of(self.path)
        self.stages[stage] += 1
        if stage != "no file yet":
            outcome = self.program.run("doctor", "--db", self.path)
            problems = [line for line in outcome.out.splitlines() if line.split()[:1] == ["problem"] and "models:" not in line]
            # A run that was killed before its first commit leaves a file with nothing in it.
            said = "messages," in outcome.out or (stage == "empty" and "nothing is kept" in outcome.out)
            if outcome.code not in (0, 1) or problems or not said:
                self.wrong_doctor.append(f"{stage}: {outcome}\n{outcome.out}")
        return True

    def compare(self):
        wrong = difference(self.wanted, snapshot(self.path), ("uninterrupted", "killed"))
        if wrong:
            self.wrong_end.append(wrong)
        for rest in self.suite.folder.glob(self.path.name + "*"):
            rest.unlink() if rest.is_file() else None
        self.path = self.fresh()

    def finish(self):
        outcome = self.program.run(*self.command(self.path))
        self.suite.check("the last run ends well", outcome.code == 0, lambda: outcome)
        again = self.program.run(*self.command(self.path))
        self.suite.check("a run after it finds nothing new", again.code == 0 and difference(self.wanted, snapshot(self.path)) is None,
                         lambda: again)
        self.compare()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", nargs="?", default="build/release")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--messages", type=int, default=8_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    rng = random.Random(options.seed)
    with Suite("kill") as suite:
        data = company.make(suite.folder / "data", options.messages, options.messages // 2)
        experiment = Experiment(suite, Program(options.build), data)
        killed = experiment.kill_at_birth()
        suite.check("a run is killed before its file is there and as it appears", killed == 2, f"only {killed}")
        parts = rng.sample(range(options.kills), options.kills - killed)
        for part in parts:
            killed += experiment.kill((part + rng.random()) / options.kills * experiment.length)
        # A machine that got faster finishes before its moment comes: those moments are drawn again,
        # each time from a shorter run.
        for _ in range(3 * options.kills):
            if killed >= options.kills:
                break
            experiment.length *= 0.97
            killed += experiment.kill(rng.random() * experiment.length)
        print(f"uninterrupted {experiment.length:.1f} s; killed " + ", ".join(f"{n} x {s}" for s, n in experiment.stages.most_common()))
        suite.check(f"{options.kills} runs were killed", killed >= options.kills, f"only {killed}")
        suite.check("kills hit at least three stages", len(experiment.stages) >= 3, lambda: experiment.stages)
        suite.check("the file opens after every kill and doctor finds nothing wrong in it", not experiment.wrong_doctor,
                    lambda: "\n".join(experiment.wrong_doctor[:3]))
        suite.check(f"every one of {experiment.files - 1} resumed files ends as the uninterrupted one", not experiment.wrong_end,
                    lambda: "\n".join(experiment.wrong_end[:3]))
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
