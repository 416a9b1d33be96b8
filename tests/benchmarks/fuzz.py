"""Hostile files for every reader: `python -m tests.benchmarks.fuzz --minutes N [--reader NAME] [--first CASE]`.

Each reader has a process of its own, with limits of memory and of time for each file; what ends it otherwise than in a
value or one of our errors is a finding, and its file is kept in the folder `fuzz findings`. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.readers import Reader, outcome, readers

LIMIT_S, LIMIT_BYTES = 60, 6 << 30
FINDINGS = Path("fuzz findings")


def main() -> None:
    """Readers in turn, and a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--reader", default="")
    options.add_argument("--first", type=int, default=1_000)
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    chosen = [reader for reader in readers() if given.reader in ("", reader.name)]
    if given.child:
        _run(chosen[0], given.first, time.monotonic() + 60 * given.minutes)
        return
    print("reader            cases  values  refused  findings  slowest (s)")
    for reader in chosen:
        print(_row(reader, given.first, 60 * given.minutes / len(chosen)), flush=True)


def _row(reader: Reader, first: int, seconds: float) -> str:
    """Run a reader's cases in processes until the time is over; a process that dies is followed by another."""
    counts: Counter[str] = Counter()
    slowest, case, end = 0.0, first, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        command = [sys.executable, "-m", "tests.benchmarks.fuzz", "--child", "--reader", reader.name]
        command += ["--first", str(case), "--minutes", str(left / 60)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
        for number, took, result in lines:
            counts[result] += 1
            slowest, case = max(slowest, float(took)), int(number) + 1
        if done.returncode:
            counts["FINDING"] += 1
            _keep(reader, case, f"the process ended with {done.returncode}")
            case += 1
    found = sum(count for result, count in counts.items() if result.startswith("FINDING"))
    cases = sum(counts.values())
    refused = cases - counts["value"] - found
    return f"{reader.name:16} {cases:6} {counts['value']:7} {refused:8} {found:9} {slowest:12.2f}"


def _run(reader: Reader, first: int, end: float) -> None:
    """Read case after case and print each result; SIGALRM ends a process that hangs."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    case = first
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            path = Path(folder) / reader.name
            path.write_bytes(content(reader, case))
            begun = time.monotonic()
            signal.alarm(LIMIT_S)
            try:
                result = outcome(reader, path)
            except Exception:
                result = "FINDING"
                _keep(reader, case, traceback.format_exc())
            signal.alarm(0)
            print(case, f"{time.monotonic() - begun:.3f}", result, flush=True)
            case += 1


def content(reader: Reader, case: int) -> bytes:
    """The file of a case; the same as in the suite, which has the first ones."""
    return reader.mutate(reader.seeds, random.Random(f"{reader.name} {case}"))


def _keep(reader: Reader, case: int, why: str) -> None:
    folder = FINDINGS / f"{case} {reader.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / reader.name).write_bytes(content(reader, case))
    (folder / "why.txt").write_text(why, encoding="utf-8")


if __name__ == "__main__":
    main()
