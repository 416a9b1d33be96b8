"""Live sound that waits too long is left out, in the ring, after a standstill or in the sound system; bursts are not.

Time is the test's own. `Driver` delivers what a microphone has captured, at once or held back; sample i has the value
i, so that what is read shows what was left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime.audio import live_reader
from realtime.audio.arrivals import Arrivals
from realtime.audio.capture import block_age_s
from realtime.audio.live_reader import LiveReader
from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import Losses

RATE = 1_000
BLOCK = 10
STEP_S = 0.01
BEGIN_S = 100.0


class Driver:
    """A microphone at 1 kHz, its sound system, and the stream that reads it, from wall clock 100 s on.

    held: blocks that the sound system keeps; read: (samples, Dropouts) in order, as ("sound", first, last, at) and
    ("lost", samples, at) with the wall clock.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, pace: float = 1.0) -> None:
        self.now = BEGIN_S
        self.pace = pace  # samples that the card takes for one of the clock's
        self.system_works = self.engine_works = True
        self.captured = 0
        self.held: list[np.ndarray] = []
        self.lost: list[tuple[int, float]] = []
        self.values: list[int] = []
        self.ring = Ring(4 * RATE)
        self.arrivals = Arrivals()
        monkeypatch.setattr(live_reader, "wall_clock", lambda: self.now)
        self.reader = LiveReader(self.ring, self.arrivals, RATE)

    def run(self, duration_s: float, deliver_every_s: float = STEP_S) -> None:
        """Go on for so long: every 10 ms a block is captured, and every `deliver_every_s` what is held is delivered."""
        for step in range(1, round(duration_s / STEP_S) + 1):
            self.now = round(self.now + STEP_S / self.pace, 6)
            self.held.append(np.arange(self.captured, self.captured + BLOCK, dtype=np.float32))
            self.captured += BLOCK
            if self.system_works and step % round(deliver_every_s / STEP_S) == 0:
                self.deliver()
            if self.engine_works:
                self.read()

    def deliver(self, blocks: int | None = None) -> None:
        """The oldest that are held, or all."""
        for block in self.held[:blocks]:
            begin = self.ring.received
            self.arrivals.add(begin, begin + len(block), self.now - len(block) / RATE, self.now)
            self.ring.write(block)
        self.held = [] if blocks is None else self.held[blocks:]

    def read(self) -> None:
        while isinstance(read := self.reader.read(BLOCK), Dropout) or len(read):
            if isinstance(read, Dropout):
                self.lost.append((read.samples, self.now))
            else:
                self.values += read[:, 0].astype(int).tolist()

    def late_s(self) -> float:
        """How long ago the sound was captured that comes next, by the reader's clock."""
        return round(self.now - self.reader.captured(self.reader.position), 3)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    return Driver(monkeypatch)


def test_ordinary_sound_is_read_whole_and_dated_to_the_sample(driver: Driver) -> None:
    """Nothing is left out, and sample 700 was captured 0.7 s after the first."""
    driver.run(3.0)
    assert driver.values == list(range(3_000))
    assert (driver.lost, driver.reader.losses) == ([], Losses())
    assert driver.reader.captured(700) == pytest.approx(BEGIN_S + 0.7)


def test_a_quarter_of_a_second_is_worked_off(driver: Driver) -> None:
    """An engine that was busy for 0.25 s reads all that waits."""
    driver.run(2.0)
    driver.engine_works = False
    driver.run(0.25)
    assert driver.late_s() == 0.25
    driver.engine_works = True
    driver.run(1.0)
    assert driver.values == list(range(3_250))


def busy(driver: Driver, duration_s: float) -> None:
    """The engine has no time, and the driver delivers."""
    driver.engine_works = False
    driver.run(duration_s)
    driver.engine_works = True


def still(driver: Driver, duration_s: float) -> None:
    """The engine's process stands still; its callback too."""
    driver.system_works = False
    busy(driver, duration_s)
    driver.system_works = True


def held_back(driver: Driver, duration_s: float) -> None:
    """The sound system delivers nothing; the engine goes on."""
    driver.system_works = False
    driver.run(duration_s)
    driver.system_works = True


@pytest.mark.parametrize(
    ("happens", "losses"),
    [
        (busy, Losses(slow=1_010)),
        (still, Losses(paused=1_010)),
        (held_back, Losses(delivered_late=1_010)),
    ],
)
def test_more_is_left_out_up_to_the_present(
    driver: Driver, happens: Callable[[Driver, float], None], losses: Losses
) -> None:
    """A second, and the block that arrives with it, are one Dropout; what follows is of the present, and the position
    counts all."""
    driver.run(2.0)
    happens(driver, 1.0)
    driver.run(1.0)
    assert driver.lost == [(1_010, pytest.approx(BEGIN_S + 3.01))]
    assert driver.values == [*range(2_000), *range(3_010, 4_000)]
    assert driver.reader.losses == losses
    assert (driver.reader.position, driver.late_s()) == (4_000, 0.0)


def test_a_burst_that_comes_in_parts_is_one_loss(driver: Driver) -> None:
    """The sound system needs a moment to deliver what it kept."""
    driver.run(2.0)
    driver.system_works = driver.engine_works = False
    driver.run(1.0)
    driver.engine_works = True
    for _ in range(4):
        driver.run(0.05)
        driver.deliver(20)
        driver.read()
    driver.system_works = True
    driver.run(1.0)
    assert driver.lost == [(1_210, pytest.approx(BEGIN_S + 3.21))]
    assert driver.values == [*range(2_000), *range(3_210, 4_200)]
    assert driver.reader.losses == Losses(paused=1_210)


def test_what_the_sound_system_has_lost_counts_too(driver: Driver) -> None:
    """It stood still with the engine for 2 s and kept half a second of it: no burst will bring the rest, and the clock
    goes on with the wall's."""
    driver.run(2.0)
    driver.system_works = driver.engine_works = False
    driver.run(2.0)
    driver.system_works = driver.engine_works = True
    del driver.held[50:]
    driver.run(3.0)
    ((lost, at),) = driver.lost
    assert at - BEGIN_S == pytest.approx(4.5, abs=0.05)  # half a second later it is sure that nothing more comes
    # Meanwhile the clock may run with a card that is a little off.
    assert lost == pytest.approx(1_000 * (at - BEGIN_S) - 2_000, abs=2)
    assert driver.reader.position == pytest.approx(7_000, abs=2)
    assert driver.late_s() == pytest.approx(0.0, abs=0.002)
    assert driver.reader.losses == Losses(paused=lost)


def test_a_driver_may_deliver_in_bursts(driver: Driver) -> None:
    """Bluetooth: 0.4 s at once, always; nothing is left out."""
    driver.run(20.0, deliver_every_s=0.4)
    assert driver.values == list(range(20_000))
    assert driver.lost == []


def test_a_backlog_is_left_out_beyond_the_usual_bursts(driver: Driver) -> None:
    """The engine is busy for a second: with bursts of 0.1 s, too."""
    driver.run(3.0, deliver_every_s=0.1)
    driver.engine_works = False
    driver.run(1.0, deliver_every_s=0.1)
    driver.engine_works = True
    driver.run(1.0, deliver_every_s=0.1)
    assert [lost for lost, _ in driver.lost] == [1_000]
    assert driver.reader.losses == Losses(slow=1_000)


def test_what_a_system_had_kept_when_the_stream_begins_is_read(driver: Driver) -> None:
    """Its ways are not known yet, and nobody has played."""
    held_back(driver, 0.8)
    driver.run(2.0)
    assert driver.values == list(range(2_800))
    assert driver.reader.captured(0) == pytest.approx(BEGIN_S)


def test_a_card_whose_clock_is_off_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a thousandth, for five minutes: 0.3 s at the end, of which none is taken for a backlog."""
    driver = Driver(monkeypatch, pace=0.999)
    driver.run(300.0)
    assert driver.lost == []
    assert driver.late_s() == pytest.approx(0.0, abs=0.02)


def test_a_backlog_whose_device_goes_is_a_loss(driver: Driver) -> None:
    """It goes in the middle of a burst: up to its last block, on the wall's clock."""
    driver.run(2.0)
    still(driver, 1.0)
    del driver.held[20:]
    driver.deliver()
    assert len(driver.reader.read(BLOCK)) == 0  # type: ignore[arg-type]
    lost = driver.reader.end()
    assert isinstance(lost, Dropout)
    assert lost.samples == pytest.approx(1_000, abs=1)
    assert driver.reader.position == 2_000 + lost.samples
    assert driver.reader.end() is None


def test_the_age_of_a_block_as_the_sound_system_says_it() -> None:
    """At least its own length, at most ten seconds: else the system does not know, and it is as old as it is long."""
    said = (0.0, 0.0099, 0.01, 0.04, 10.0, 10.1, 1e6, float("nan"))
    assert [block_age_s(age_s, 0.01) for age_s in said] == [0.01, 0.01, 0.01, 0.04, 10.0, 0.01, 0.01, 0.01]
