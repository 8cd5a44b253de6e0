"""What every tests/*/run.py shares: named sub-checks, the program in a child, a folder that goes away."""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "sample"
DIALOGUES = ROOT.parent / "shared" / "data"  # labelled dialogues lie beside the repository, or nowhere


def small_company(folder):
    """The customers of sample/source/first.jsonl alone, as tools/make_sample.py writes them: 49 of them in 171 conversations,
    enough for most tests and a seventh of the whole. Changes to the other texts do not touch it."""
    subprocess.run([sys.executable, ROOT / "tools" / "make_sample.py", "--first", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


class Outcome:
    """How a child ended: `code` (negative: the signal), `out` and `err` as text, seconds, peak bytes."""

    def __init__(self, code, out, err, seconds, cpu_seconds, peak_bytes, late):
        self.code, self.out_bytes, self.err_bytes = code, out, err
        self.seconds, self.cpu_seconds, self.peak_bytes, self.late = seconds, cpu_seconds, peak_bytes, late

    @property
    def out(self):
        return self.out_bytes.decode("utf-8", "replace")

    @property
    def err(self):
        return self.err_bytes.decode("utf-8", "replace")

    def __str__(self):
        state = "stopped: too late" if self.late else f"exit code {self.code}"
        return f"{state} after {self.seconds:.1f} s, peak {self.peak_bytes / 2**20:.0f} MiB\n{self.err[-1500:]}"


class Program:
    """The built `xinjing`, with an environment that no setting of the caller leaks into."""

    def __init__(self, build, lang="en"):
        self.path = (ROOT / build / "bin" / "xinjing").resolve()
        self.lang = lang

    def environment(self):
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {**keep, "LC_ALL": "C.UTF-8", "XINJING_HOME": str(ROOT)}

    def start(self, *words, **options):
        command = [str(self.path), "--lang", self.lang, *map(str, words)]
        return subprocess.Popen(command, env=self.environment(), **{"stdin": subprocess.DEVNULL, **options})

    def run(self, *words, stdin=None, cwd=None, timeout=120, address_space=None):
        """Runs to the end. `stdin`: bytes or a path. `address_space`: a limit in bytes."""
        def limit():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if address_space:
                resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
            if isinstance(stdin, bytes):
                given.write(stdin)
                given.seek(0)
            source = open(stdin, "rb") if isinstance(stdin, (str, pathlib.Path)) else given
            begin = time.monotonic()
            child = self.start(*words, stdin=source, stdout=out, stderr=err, cwd=cwd, preexec_fn=limit)
            late = threading.Event()
            watch = threading.Timer(timeout, lambda: (late.set(), child.kill()))
            watch.start()
            _, status, usage = os.wait4(child.pid, 0)
            watch.cancel()
            child.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - begin
            if source is not given:
                source.close()
            out.seek(0)
            err.seek(0)
            return Outcome(child.returncode, out.read(), err.read(), seconds, usage.ru_utime + usage.ru_stime,
                           usage.ru_maxrss * 1024, late.is_set())


class Suite:
    """Counts sub-checks and prints a line for each; `close` gives the exit code."""

    def __init__(self, name):
        self.name = name
        self.passed = self.failed = 0
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"xinjing-{name}-"))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def check(self, what, holds, detail=""):
        """One sub-check. `detail` (a text, or a function that makes it) is shown when it fails."""
        if holds:
            self.passed += 1
            print(f"ok      {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED  {what}\n{_indented(detail() if callable(detail) else detail)}", flush=True)
        return bool(holds)

    def equal(self, what, got, wanted):
        return self.check(what, got == wanted, lambda: f"got    {got!r}\nwanted {wanted!r}")

    def skip(self, what, why):
        print(f"skipped {what}: {why}", flush=True)

    def close(self):
        print(f"tests/{self.name}: {self.passed} checks passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0


def _indented(text):
    return "\n".join("        " + line for line in str(text)[:6000].splitlines())


def build_folder():
    """The first argument that is no option, as tools/run_tests.py gives it."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    return words[0] if words else "build/release"
