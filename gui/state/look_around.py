"""Which microphones and MIDI ports there are: asked in a process of its own, as audio libraries freeze their lists,
print what they like and now and then hang."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from gui.state.background import Background
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


class DeviceSearch:
    """Looks in the background, as often as it is started; `found` is called from another thread with what there is."""

    def __init__(self, found: Callable[[Surroundings], None]) -> None:
        self._found = found
        self._looking = Background[Surroundings]("look around", self._tell)

    def start(self) -> None:
        """Look, or look again: what is found is what there is from now on."""
        self._looking.ask(_ask)

    def _tell(self) -> None:
        if (surroundings := self._looking.take()) is not None:
            self._found(surroundings)


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
