"""The levels of all microphones at once, while the player chooses one: measured in a process of its own."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import deque
from multiprocessing.connection import Connection

import numpy as np

from realtime.audio.capture import Microphone
from realtime.audio.devices import inputs
from realtime.audio.ring import Dropout
from realtime.engine.meter import SILENCE_DB, decibels
from realtime.errors import AudioDeviceError
from realtime.system import process

MOST = 8
TURN_S = 0.1
PAST = 60
HEARD_DB, MOVES_DB = -45.0, 10.0
CLOSE_LIMIT_S = 1.0


class InputLevels:
    """Peaks in dBFS of every microphone that can be opened, by name. Close it when they are no longer shown."""

    def __init__(self) -> None:
        self._pipe, theirs = process.pipe()
        self._process = process.spawn("gui.state.input_levels:run", "input levels", theirs)
        theirs.close()
        self._levels: dict[str, float] = {}
        self._past: deque[dict[str, float]] = deque(maxlen=PAST)

    def read(self) -> dict[str, float]:
        """The newest levels; none before the first, or when the microphones cannot be opened."""
        with contextlib.suppress(EOFError, OSError):
            while self._pipe.poll():
                self._levels = self._pipe.recv()
                self._past.append(self._levels)
        return self._levels

    def moves(self, name: str) -> bool:
        """Whether a microphone's level has moved in the last six seconds as playing moves it."""
        levels = [past[name] for past in self._past if name in past]
        return bool(levels) and max(levels) > HEARD_DB and max(levels) - min(levels) > MOVES_DB

    def close(self) -> None:
        """Let the microphones go."""
        self._pipe.close()
        process.end(self._process, CLOSE_LIMIT_S)


def run(pipe: Connection) -> None:
    """Body of the process: until the parent closes the pipe."""
    process.on_terminate(sys.exit)
    microphones = list(_opened())
    with contextlib.suppress(OSError):
        while not pipe.poll():
            pipe.send({microphone.name: _peak_db(microphone) for microphone in microphones})
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
        if isinstance(block, Dropout):
            continue
        if not len(block):
            return max(decibels(peak), SILENCE_DB)
        peak = max(peak, float(np.abs(block).max()))
