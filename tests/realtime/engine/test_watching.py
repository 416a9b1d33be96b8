"""The small parts around a stream: watchdog, faults, meter, outbox, stop requests."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from multiprocessing import Pipe

import numpy as np
import pytest

from realtime.engine.messages import Status
from realtime.engine.meter import Meter, decibels
from realtime.engine.watches.faults import FaultWatch
from realtime.events import NoteOn
from realtime.system import outbox as outbox_module
from realtime.system.outbox import Outbox
from realtime.system.watchdog import Watchdog
from tests.waiting import WAIT_S

STATUS = Status(0.0, "running", -20.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0)


def test_silence_beyond_the_limit_is_noticed() -> None:
    """Looked at every tenth of a second; a sign of life begins the count anew."""
    watchdog = Watchdog(1.0, 0.0)
    expired = [watchdog.expired(tenth / 10) for tenth in range(1, 11)]
    assert not any(expired)
    assert watchdog.expired(1.15)
    watchdog.feed()
    assert not watchdog.expired(1.25)


def test_a_watcher_that_stood_still_itself_accuses_nobody() -> None:
    """After an hour's sleep of the computer the other side gets its time again."""
    watchdog = Watchdog(1.0, 0.0)
    assert not watchdog.expired(3600.0)
    assert not watchdog.expired(3600.5)
    assert not watchdog.expired(3601.0)
    assert not watchdog.expired(3602.0)
    assert watchdog.expired(3603.0)


def test_faults_are_reported_once_until_their_cause_is_gone() -> None:
    """A device that stays away is one notice; one that goes again later is another."""
    watch = FaultWatch()
    codes = []
    for time_s, state in ((0, "running"), (1, "lost"), (2, "lost"), (9, "lost"), (10, "running"), (25, "lost")):
        status = replace(STATUS, time=float(time_s), state=state)
        codes.append([notice.code for notice in watch.new_notices(status, "Scarlett")])
    assert codes == [[], ["unplugged"], [], [], [], ["unplugged"]]


def test_overruns_and_clipping_are_faults() -> None:
    """New overruns only; two clipped samples are nothing, three are audible."""
    watch = FaultWatch()
    assert [n.code for n in watch.new_notices(replace(STATUS, time=1.0, overruns=480), "mic")] == ["too_slow"]
    assert watch.new_notices(replace(STATUS, time=20.0, overruns=480), "mic") == []
    assert watch.new_notices(replace(STATUS, time=21.0, overruns=480, clipped=2), "mic") == []
    assert [n.code for n in watch.new_notices(replace(STATUS, time=22.0, overruns=480, clipped=3), "mic")] == [
        "too_loud"
    ]


def test_lost_sound_names_its_cause() -> None:
    """A standstill of the computer, and a sound system that was late, each once with what is new of it."""
    watch = FaultWatch()
    said = []
    for time_s, paused_s, late_s in ((1.0, 5.0, 0.0), (1.1, 5.0, 0.0), (20.0, 5.0, 0.4), (40.0, 7.5, 0.4)):
        status = replace(STATUS, time=time_s, paused_s=paused_s, delivered_late_s=late_s)
        said.append([(notice.code, str(notice.said)) for notice in watch.new_notices(status, "mic")])
    still = "This computer stood still for {} s, as in standby. What was played meanwhile is lost."
    late = "0.4 s of sound came too late from this computer's sound system and were left out."
    assert said == [
        [("stood_still", still.format(5.0))],
        [],
        [("delivered_late", late)],
        [("stood_still", still.format(2.5))],
    ]


def test_the_meter_measures_the_blocks() -> None:
    """A square wave at half of full scale, one sample of it at full scale; computing took a tenth of the time."""
    meter = Meter(1_000)
    block = np.tile(np.array([0.5, -0.5], np.float32), 50)
    meter.add(block, 0.02)
    block[0] = 1.0
    meter.add(block, 0.0)
    status = meter.status(0.2, "running", 7, 3)
    assert (status.peak_db, status.clipped, status.overruns, status.dropped) == (0.0, 1, 7, 3)
    assert status.rms_db == pytest.approx(-6.0, abs=0.1)
    assert status.load == pytest.approx(0.1)
    assert meter.status(0.2, "running", 0, 0).peak_db == -120.0


@pytest.mark.parametrize(("amplitude", "expected"), [(1.0, 0.0), (0.1, -20.0), (0.0, -120.0)])
def test_decibels(amplitude: float, expected: float) -> None:
    """Full scale is 0 dB, and silence is not minus infinity."""
    assert expected == pytest.approx(decibels(amplitude))


def test_the_outbox_leaves_statuses_out_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent that does not read for a while still gets every note, in order; closing sends what waits."""
    monkeypatch.setattr(outbox_module, "DROPPABLE_LIMIT", 5)
    ours, theirs = Pipe()
    outbox = Outbox(theirs, lambda message: isinstance(message, Status))
    total = 20_000  # more than the pipe holds by itself
    poster = threading.Thread(target=lambda: [_post(outbox, index) for index in range(total // 10)])
    begin = time.monotonic()
    poster.start()
    poster.join(WAIT_S)
    assert time.monotonic() - begin < 5.0
    closer = threading.Thread(target=outbox.close)
    closer.start()
    messages = []
    while ours.poll(0.3):
        messages.append(ours.recv())
    closer.join()
    pitches = [message.time for message in messages if isinstance(message, NoteOn)]
    assert list(range(total // 10)) == pitches
    assert len(messages) - len(pitches) < total // 10


def _post(outbox: Outbox, index: int) -> None:
    outbox.post(NoteOn(float(index), 0.0, 60, 64, 0.9))
    outbox.post(STATUS)
