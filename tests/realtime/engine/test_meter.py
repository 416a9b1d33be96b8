"""The figures of a status, by hand values: levels, samples at full scale, load and the time of a step."""

from __future__ import annotations

import math

import numpy as np

from realtime.engine.messages import Status
from realtime.engine.meter import Meter

RATE = 8_000


def test_a_status_is_what_was_gathered_since_the_last_one() -> None:
    """Two blocks of 80 samples: the loudest is negative, two lie at full scale; 10 ms of sound took 2 and 4 ms."""
    meter = Meter(RATE)
    meter.add(np.full(80, 0.5, np.float32), 0.002)
    loud = np.full(80, -0.5, np.float32)
    loud[[3, 7]] = -1.0, 1.0
    meter.add(loud, 0.004)
    rms = math.sqrt((158 * 0.25 + 2) / 160)
    assert meter.status(1.5, "running", 7, 3) == Status(
        time=1.5,
        state="running",
        peak_db=0.0,
        rms_db=20 * math.log10(rms),
        clipped=2,
        load=0.006 / 0.02,
        step_p50_s=0.003,
        step_p99_s=0.002 + 0.99 * 0.002,
        overruns=7,
        dropped=3,
    )
    meter.add(np.full(80, -0.25, np.float32), 0.002)
    status = meter.status(1.51, "running", 7, 3)
    assert (status.peak_db, status.rms_db) == (20 * math.log10(0.25), 20 * math.log10(0.25))
    assert (status.clipped, status.load, status.step_p50_s) == (0, 0.002 / 0.01, 0.002)
