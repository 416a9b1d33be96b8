"""Which microphones and MIDI ports there are: asked in a process of its own, as audio libraries freeze their lists,
print what they like and now and then hang."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from realtime.audio.devices import InputDevice, inputs
from realtime.errors import AudioDeviceError
from realtime.midi.system import midi_systems
from realtime.system import process

LIMIT_S = 15.0


@dataclass(frozen=True)
class Surroundings:
    """inputs: best first; outputs: names of MIDI ports, without ours."""

    inputs: tuple[InputDevice, ...] = ()
    outputs: tuple[str, ...] = ()


def look_around(found: Callable[[Surroundings], None]) -> threading.Thread:
    """Look in the background; `found` is called from another thread."""
    thread = threading.Thread(target=lambda: found(_ask()), name="look around", daemon=True)
    thread.start()
    return thread


def run(answer: Connection) -> None:
    """Body of the process that looks."""
    process.on_terminate(sys.exit)
    try:
        found = tuple(inputs())
    except AudioDeviceError:
        found = ()
    outputs = tuple(name for system in midi_systems() for name in system.outputs)
    answer.send(Surroundings(found, tuple(name for name in outputs if "Liszten" not in name)))


def _ask() -> Surroundings:
    mine, theirs = process.pipe()
    child = process.spawn("gui.state.look_around:run", "look around", theirs)
    theirs.close()
    try:
        if mine.poll(LIMIT_S):
            answer: Surroundings = mine.recv()
            return answer
    except (EOFError, OSError):
        pass
    finally:
        process.end(child, 0.5)
        mine.close()
    return Surroundings()
