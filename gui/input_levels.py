"""The levels of all microphones at once, for as long as the player chooses one: heard in a process of its own. No Qt."""

from __future__ import annotations

import contextlib
import time
from multiprocessing.connection import Connection

import numpy as np

from realtime import process
from realtime.capture import Microphone
from realtime.devices import inputs
from realtime.errors import AudioDeviceError
from realtime.meter import SILENCE_DB, decibels
from realtime.ring import Gap

MOST = 8
TURN_S = 0.1
CLOSE_LIMIT_S = 1.0


class InputLevels:
    """Peaks in dBFS of every microphone that can be opened, by name. Close it when they are no longer shown."""

    def __init__(self) -> None:
        self._pipe, theirs = process.pipe()
        self._process = process.spawn("gui.input_levels:run", "input levels", theirs)
        theirs.close()
        self._levels: dict[str, float] = {}

    def look(self) -> dict[str, float]:
        """The newest levels; none before the first, or when the microphones cannot be opened."""
        with contextlib.suppress(EOFError, OSError):
            while self._pipe.poll():
                self._levels = self._pipe.recv()
        return self._levels

    def close(self) -> None:
        """Let the microphones go."""
        self._pipe.close()
        process.end(self._process, CLOSE_LIMIT_S)


def run(told: Connection) -> None:
    """Body of the process: until the parent does not listen any more."""
    microphones = list(_opened())
    with contextlib.suppress(OSError):
        while not told.poll():
            told.send({microphone.name: _peak_db(microphone) for microphone in microphones})
            time.sleep(TURN_S)
    for microphone in microphones:
        microphone.close()


def _opened() -> list[Microphone]:
    """Those that nobody else has for himself, at most eight."""
    opened = []
    try:
        found = inputs()[:MOST]
    except AudioDeviceError:
        return []
    for device in found:
        with contextlib.suppress(AudioDeviceError):
            opened.append(Microphone(device.name))
    return opened


def _peak_db(microphone: Microphone) -> float:
    """Of what has come since the last look."""
    peak = 0.0
    while True:
        block = microphone.read(microphone.rate)
        if isinstance(block, Gap):
            continue
        if not len(block):
            return max(decibels(peak), SILENCE_DB)
        peak = max(peak, float(np.abs(block).max()))
