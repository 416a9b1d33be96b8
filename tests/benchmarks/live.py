"""How late notes are on this computer: `python -m tests.benchmarks.live` (needs PulseAudio and jackd).

A recording is played into the virtual microphone while `liszten listen` runs and another program listens at the MIDI
port. Printed per delay: the declared delay, when note-ons leave the decoder after the sound on the stream's own clock
(emitted - time), how late the program itself says that they leave the port by the wall clock, and how much later than
the steadiest ones they reach the other program (the jitter of engine, port and JACK together; the constant part of the
way through the sound server cannot be told from the delay of a real sound card).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from realtime.contract import DELAYS
from realtime.system.rss import family_rss_mb
from tests.e2e.program import ROOT, Program
from tests.e2e.test_listen import NOTE_ON, connected_receiver, received
from tests.rig import Rig

SETTLE_S = 1.0


def main(recording: Path) -> None:
    """Measure every delay with the shipped model and print a table."""
    rig = Rig(Path(tempfile.mkdtemp()) / "rig")
    try:
        rig.start()
        print("delay     declared  decided p50/p95  measured p50/p95  arrival jitter p50/p95  memory  (ms, MB)")
        for delay in DELAYS:
            print(row(rig, recording, delay))
    finally:
        Program.end_all()
        rig.stop()


def row(rig: Rig, recording: Path, delay: str) -> str:
    """One delay's figures as a line of the table."""
    listen = Program.liszten("listen", "--midi-out", "virtual", "--levels", "--delay", delay, env=rig.env)
    receiver = connected_receiver(rig)
    listen.wait_for_event("stream")
    rig.play(recording).wait()
    memory_mb = family_rss_mb(listen.process.pid) or 0.0
    time.sleep(SETTLE_S)
    listen.interrupt()
    listen.end()
    receiver.process.kill()
    notes = listen.events("note_on")
    decided = [1000 * (note["emitted"] - note["time"]) for note in notes]
    lags = [1000 * (at - note["emitted"]) for (at, _), note in zip(received(receiver, NOTE_ON), notes, strict=True)]
    jitter = np.array(lags) - min(lags)
    late = [1000 * late_s for line in listen.events("lateness") for late_s in line["new_s"]]
    (d50, d95), (l50, l95), (j50, j95) = (np.percentile(values, (50, 95)) for values in (decided, late, jitter))
    declared = 1000 * listen.events("stream")[0]["delay_s"]
    measured = f"{l50:13.0f} / {l95:3.0f}"
    return f"{delay:<10}{declared:8.0f}{d50:10.0f} / {d95:3.0f}{measured}{j50:16.0f} / {j95:3.0f}{memory_mb:11.0f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "assets" / "demo" / "demo.flac")
