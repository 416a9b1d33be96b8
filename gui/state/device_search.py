"""Which microphones and MIDI ports there are. The search runs in a process of its own, because audio libraries freeze
their lists, print to standard output and sometimes hang."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from gui.state.background import Background
from realtime.audio.devices import InputDevice, inputs
from realtime.audio.devices import outputs as sound_outputs
from realtime.errors import AudioDeviceError
from realtime.midi.system import midi_systems
from realtime.system import process
from realtime.system.errand import answer

LIMIT_S = 15.0


@dataclass(frozen=True)
class FoundDevices:
    """inputs: best first; outputs: names of MIDI ports, without ours; speakers: names of outputs for sound."""

    inputs: tuple[InputDevice, ...] = ()
    outputs: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


class DeviceSearch:
    """Searches in the background, as often as it is started; `found` is called from another thread with the result."""

    def __init__(self, found: Callable[[FoundDevices], None]) -> None:
        self._found = found
        self._background = Background[FoundDevices]("device search", self._publish)

    def start(self) -> None:
        """Search, or search again: the newest result counts."""
        self._background.ask(_search)

    def _publish(self) -> None:
        if (devices := self._background.take()) is not None:
            self._found(devices)


def run(parent: Connection) -> None:
    """Body of the process that searches."""
    process.on_terminate(sys.exit)
    try:
        found, speakers = tuple(inputs()), tuple(dict.fromkeys(name for _, name in sound_outputs()))
    except AudioDeviceError:
        found, speakers = (), ()
    outputs = tuple(name for system in midi_systems() for name in system.outputs)
    parent.send(FoundDevices(found, tuple(name for name in outputs if "Liszten" not in name), speakers))


def _search() -> FoundDevices:
    try:
        found: FoundDevices = answer("gui.state.device_search:run", "device search", LIMIT_S)
    except (TimeoutError, EOFError):
        return FoundDevices()
    return found
