"""How late notes are, by the program's own figure and by others' clocks; a standstill makes a gap and no late notes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from realtime.clock import wall_clock
from tests.e2e.program import Program
from tests.e2e.test_listen import NOTE_ON, connected_receiver, received
from tests.rig import Rig

pytestmark = pytest.mark.rig

FROZEN_S = 1.0


def began(listen: Program) -> float:
    """When the stream began by the clock of this test, as the earliest level lines say it."""
    return min(line["at"] - line["time"] for line in listen.events("level"))


def test_a_standstill_is_a_gap_and_the_figure_is_what_others_measure(
    rig: Rig, tune: Path, fake_model_file: Path
) -> None:
    """Engine and port stand still for a second while sixteen notes are played, three of them meanwhile. The others
    are on time, as the receiver and the level lines say, too; the clock goes on with the wall's; one sentence."""
    listen = Program.liszten(
        "listen", "--model", str(fake_model_file), "--midi-out", "virtual", "--levels", env=rig.env
    )
    receiver = connected_receiver(rig)
    listen.wait_for_event("level", 15)
    player = rig.play(tune)
    listen.wait_for_event("note_on", 4)
    before = began(listen)
    children = listen.descendants()
    frozen_at = wall_clock()
    for pid in children:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(FROZEN_S)
    for pid in children:
        os.kill(pid, signal.SIGCONT)
    stood_still_s = wall_clock() - frozen_at
    assert player.wait(20) == 0
    time.sleep(1.5)
    listen.interrupt()
    assert listen.end() == 130
    receiver.process.kill()
    notes = listen.events("note_on")
    arrivals = received(receiver, NOTE_ON)
    assert [note["pitch"] for note in notes] == [pitch for _, pitch in arrivals]
    assert 11 <= len(notes) <= 15
    gaps = listen.events("gap")
    assert sum(gap["lost_s"] for gap in gaps) == pytest.approx(stood_still_s, abs=0.25)
    assert [line["code"] for line in listen.events("warning")] == ["stood_still"]
    assert listen.events("level")[-1]["at"] - listen.events("level")[-1]["time"] == pytest.approx(before, abs=0.25)
    said = [late_s for line in listen.events("lateness") for late_s in line["new_s"]]
    measured = [at - before - note["time"] for (at, _), note in zip(arrivals, notes, strict=True)]
    assert len(said) >= len(notes) - 3  # the last figure may be half a second old
    assert max(said) < 0.6
    assert float(np.median(said)) == pytest.approx(float(np.median(measured)), abs=0.03)
    assert {line["to"] for line in listen.events("lateness")} == {"midi"}
