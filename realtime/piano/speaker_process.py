"""The process that plays takes on the loudspeaker, so that a device that hangs does not stop the picture."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from realtime.audio.devices import output_named, portaudio, restart_portaudio
from realtime.clock import samples, wall_clock
from realtime.contract import FloatArray
from realtime.errors import AudioDeviceError, LisztenError
from realtime.piano.playable import CHANNELS, Playable, endless, open_sound
from realtime.piano.speaker_messages import (
    NO_HEADPHONES,
    NO_SPEAKER,
    PlaybackFailed,
    PlaybackPosition,
    Request,
    Sound,
    StartPlayback,
    silence,
)
from realtime.system import process

logger = logging.getLogger(__name__)
# Buffered in the device: enough for a busy computer, and little enough to stop at once.
BUFFER_S = 0.08
WASAPI = "Windows WASAPI"


def run(pipe: Connection) -> None:
    """Body of the process, until the parent closes the pipe."""
    process.on_terminate(sys.exit)
    player = Player(pipe)
    try:
        while True:
            player.step()
    except (EOFError, OSError):
        player.stop()


class Player:
    """Carries out the requests from a pipe, and answers with the position of the sound."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._play: StartPlayback | None = None
        self._wanted: Sound | None = None  # to be opened
        self._playable: Playable | None = None
        self._blocks: Iterator[FloatArray] | None = None
        self._device: Any = None
        self._written = 0

    def step(self) -> None:
        """Carry out a request if there is one, else play a block. Raises EOFError when the parent has gone."""
        if self._blocks is None or self._pipe.poll():
            request = self._newest_request()
            self.stop()
            if isinstance(request, StartPlayback):
                self._attempt(request, self._begin)
        elif self._play is not None:
            self._attempt(self._play, self._go_on)

    def stop(self) -> None:
        """Close the device without playing what it holds."""
        self._blocks = None
        if self._device is not None:
            # `stop` would wait for sound that a dead device never takes.
            self._device.abort(ignore_errors=True)
            self._device.close(ignore_errors=True)
            self._device = None

    def _newest_request(self) -> Request:
        """The last of the waiting requests; earlier ones are skipped, since opening a device takes a while."""
        while True:
            request: Request = self._pipe.recv()
            if isinstance(request, StartPlayback) and request.sound is not None:
                self._wanted = request.sound
            if not self._pipe.poll():
                return request

    def _attempt(self, request: StartPlayback, act: Any) -> None:
        try:
            act(request)
        except LisztenError as error:
            logger.warning("%s", error)
            self.stop()
            self._pipe.send(PlaybackFailed(request.number, error.said))

    def _begin(self, request: StartPlayback) -> None:
        if self._wanted is not None:
            wanted, self._wanted, self._playable = self._wanted, None, None
            self._playable = open_sound(wanted)
        if self._playable is None:
            return  # the sound of the last request could not be opened, and that was answered
        self._device = open_speaker(self._playable.rate, request.output)
        self._play, self._written = request, 0
        self._blocks = self._due(request, self._playable)

    def _due(self, request: StartPlayback, playable: Playable) -> Iterator[FloatArray]:
        """The sound, so that it is heard when it is due: silence first, or not from its begin."""
        wait_s = 0.0 if request.due is None else request.due - wall_clock() - float(self._device.latency)
        if wait_s > 0:
            yield np.zeros((samples(wait_s, playable.rate), CHANNELS), np.float32)
        yield from endless(playable, request.at_s + max(-wait_s, 0.0), request.loop)

    def _go_on(self, request: StartPlayback) -> None:
        assert self._blocks is not None
        block = next(self._blocks)
        sd = portaudio()
        try:
            ran_dry = self._device.write(block)
            buffered_s = float(self._device.latency)
        except sd.PortAudioError as error:
            raise AudioDeviceError(silence(request.output)) from error
        self._written += len(block)
        if ran_dry and request.due is not None and self._playable is not None:  # what was late stays late otherwise
            self._blocks = self._due(request, self._playable)
        played_s = self._written / self._device.samplerate - buffered_s
        if played_s > 0:
            self._pipe.send(PlaybackPosition(request.number, played_s, time.monotonic()))


def open_speaker(rate: int, output: str = "") -> Any:
    """An output at `rate` Hz, running: that of a name, and no other, or the system's loudspeaker. Raises
    AudioDeviceError."""
    sd = portaudio()
    try:
        where = {"device": _named(output)} if output else _shared_mode(sd)
        device = sd.OutputStream(samplerate=rate, channels=CHANNELS, dtype="float32", latency=BUFFER_S, **where)
        device.start()
    except (sd.PortAudioError, ValueError) as error:
        raise AudioDeviceError(NO_HEADPHONES(name=output) if output else NO_SPEAKER()) from error
    return device


def _named(output: str) -> int:
    """PortAudio's number of an output; its list is as old as the process, so it is looked at anew where there is none.
    Raises ValueError."""
    found = output_named(output)
    if found is None:
        restart_portaudio(jack=False)
        found = output_named(output)
    if found is None:
        raise ValueError(f"no output is called {output}")
    return found


def _shared_mode(sd: Any) -> dict[str, Any]:
    """On Windows the loudspeaker of WASAPI, which accepts other rates than its own only when asked to convert.

    PortAudio's default there is MME, which refuses the settings of another system.
    """
    speakers = [int(api["default_output_device"]) for api in sd.query_hostapis() if api["name"] == WASAPI]
    if not speakers or speakers[0] < 0:
        return {}
    return {"device": speakers[0], "extra_settings": sd.WasapiSettings(auto_convert=True)}
