"""The process that plays takes on the loudspeaker: a device that hangs, or Python at work, holds up no picture."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from realtime.audio.devices import portaudio
from realtime.contract import FloatArray
from realtime.errors import AudioDeviceError, LisztenError
from realtime.piano.playable import CHANNELS, Playable, endless, open_sound
from realtime.piano.speaker_messages import NO_SPEAKER, Hush, Mute, Play, Sound, Sounding
from realtime.system import process

logger = logging.getLogger(__name__)
# What lies ready in the device: enough that a busy computer does not stutter, and little enough to answer at once.
BUFFER_S = 0.08
WASAPI = "Windows WASAPI"


def run(pipe: Connection) -> None:
    """Body of the process: until the parent hangs up."""
    process.on_terminate(sys.exit)
    player = Player(pipe)
    try:
        while True:
            player.turn()
    except (EOFError, OSError):
        player.hush()


class Player:
    """Obeys Play and Hush from a pipe, and tells how far the sound is."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._play: Play | None = None
        self._wanted: Sound | None = None  # not opened yet
        self._playable: Playable | None = None
        self._blocks: Iterator[FloatArray] | None = None
        self._device: Any = None
        self._written = 0

    def turn(self) -> None:
        """Obey an order if there is one, else play a block. Raises EOFError when the parent has gone."""
        if self._blocks is None or self._pipe.poll():
            order = self._newest_order()
            self.hush()
            if isinstance(order, Play):
                self._attempt(order, self._begin)
        elif self._play is not None:
            self._attempt(self._play, self._go_on)

    def hush(self) -> None:
        """Drop the device and what it holds."""
        self._blocks = None
        if self._device is not None:
            # `stop` would wait for sound that a dead device never takes.
            self._device.abort(ignore_errors=True)
            self._device.close(ignore_errors=True)
            self._device = None

    def _newest_order(self) -> Play | Hush:
        """Orders that were overtaken while they waited are not carried out: to open a device takes its time."""
        while True:
            order: Play | Hush = self._pipe.recv()
            if isinstance(order, Play) and order.sound is not None:
                self._wanted = order.sound
            if not self._pipe.poll():
                return order

    def _attempt(self, order: Play, act: Any) -> None:
        try:
            act(order)
        except LisztenError as error:
            logger.warning("%s", error)
            self.hush()
            self._pipe.send(Mute(order.turn, error.said))

    def _begin(self, order: Play) -> None:
        if self._wanted is not None:
            wanted, self._wanted, self._playable = self._wanted, None, None
            self._playable = open_sound(wanted)
        if self._playable is None:
            return  # the sound of the last order could not be opened, and that was told
        self._device = open_speaker(self._playable.rate)
        self._play, self._written = order, 0
        self._blocks = endless(self._playable, order.at_s, order.loop)

    def _go_on(self, order: Play) -> None:
        assert self._blocks is not None
        block = next(self._blocks)
        sd = portaudio()
        try:
            self._device.write(block)
            buffered_s = float(self._device.latency)
        except sd.PortAudioError as error:
            raise AudioDeviceError(NO_SPEAKER()) from error
        self._written += len(block)
        heard_s = self._written / self._device.samplerate - buffered_s
        if heard_s > 0:
            self._pipe.send(Sounding(order.turn, heard_s, time.monotonic()))


def open_speaker(rate: int) -> Any:
    """The system's loudspeaker at `rate` Hz, running. Raises AudioDeviceError."""
    sd = portaudio()
    try:
        device = sd.OutputStream(
            samplerate=rate, channels=CHANNELS, dtype="float32", latency=BUFFER_S, **_shared_mode(sd)
        )
        device.start()
    except (sd.PortAudioError, ValueError) as error:
        raise AudioDeviceError(NO_SPEAKER()) from error
    return device


def _shared_mode(sd: Any) -> dict[str, Any]:
    """On Windows the loudspeaker as WASAPI has it, which takes no rate but its own unless it is asked to convert.

    PortAudio's own choice there is MME, which refuses a stream with the settings of another system.
    """
    speakers = [int(api["default_output_device"]) for api in sd.query_hostapis() if api["name"] == WASAPI]
    if not speakers or speakers[0] < 0:
        return {}
    return {"device": speakers[0], "extra_settings": sd.WasapiSettings(auto_convert=True)}
