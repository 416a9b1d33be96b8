"""Live sound: PortAudio's callback fills a ring; a watcher opens the input again when it falls silent.

A lost device shows as callbacks that stop, not as an error, so their age is what counts. Stopping a stream that
never got data would hang for ever: streams are aborted and closed. PortAudio's list of devices is frozen while it
runs, so it is restarted before each new try.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import numpy as np

from realtime.audio.arrivals import Arrivals
from realtime.audio.devices import JACK, InputDevice, choose_input, find_input, inputs, portaudio, restart_portaudio
from realtime.audio.live_reader import LiveReader
from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import InputState, Losses
from realtime.clock import wall_clock
from realtime.contract import FloatArray
from realtime.errors import AudioDeviceError
from realtime.system.watchdog import Watchdog
from realtime.words import Phrase

NO_CHANNEL = Phrase("input.no_channel", 'Input "{name}" has no channel {channel}, only {channels}.')
NOT_OPENED = Phrase("input.not_opened", 'Input "{name}" cannot be opened; it may be in use or unplugged.')

logger = logging.getLogger(__name__)
RING_S = 4.0
BLOCK_S = 0.01
LEAST_CHANNELS = 2
FIRST_BLOCK_LIMIT_S = 3.0
SILENCE_LIMIT_S = 1.0
RETRY_S = 1.0
POLL_S = 0.1
OLDEST_BLOCK_S = 10.0


class Microphone:
    """An open audio input; `read` gives its samples, at `rate` Hz in `channels` channels. Close it at the end.

    last_channel: the highest channel that is wanted, counted from 1. The first two are opened in any case, where there
    are two: to choose between them, or to notice that the piano comes in at the other one.
    While the input is lost, `read` gives one Dropout a second, so that the clock goes on.
    """

    ended = False

    def __init__(self, selector: str | None, last_channel: int | None = None) -> None:
        """Raises AudioDeviceError when there is no audio system, no such input, or it cannot be opened."""
        self._device = find_input(selector)
        self.name = self._device.name
        self.rate = self._device.sample_rate
        self.channels = min(max(last_channel or 0, LEAST_CHANNELS), self._device.channels)
        if last_channel is not None and last_channel > self.channels:
            raise AudioDeviceError(NO_CHANNEL(name=self.name, channel=last_channel, channels=self.channels))
        self.state: InputState = "waiting"
        self._open = _OpenInput(self._device, self.rate, self.channels)
        self._next: _OpenInput | None = None
        self._begin = 0  # where on the stream's clock the open input began
        self._losses = Losses()  # of the inputs before it
        self._reported_until = 0.0  # wall clock up to which losses were given as a Dropout
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, args=(self._open,), name="input watcher", daemon=True)
        self._watcher.start()

    @property
    def losses(self) -> Losses:
        """What was left out to stay in the present."""
        return self._losses + self._open.reader.losses

    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout that comes before the next samples."""
        block = self._open.reader.read(max_samples)
        if isinstance(block, Dropout) or len(block) or not self._open.lost:
            return block
        return self._open.reader.end() or self._loss() or np.empty((0, self.channels), np.float32)

    def captured(self, position: int) -> float:
        """Wall clock at which the sound of a sample reached the input, s."""
        return self._open.reader.captured(position - self._begin)

    def close(self) -> None:
        """Stop capturing and let the device go."""
        self._closing.set()
        self._watcher.join()

    def _loss(self) -> Dropout | None:
        """The loss since the last Dropout, once a second and when sound is back; None at other times."""
        since = max(self._reported_until, self._open.last_at)
        following = self._next
        if following is not None and following.first_at:
            lost = self._lost(since, following.first_at - BLOCK_S)
            self._losses += self._open.reader.losses
            self._begin += self._open.reader.position
            self._open, self._next = following, None
            following.reader.observe(wall_clock())
        elif wall_clock() - since >= RETRY_S:
            lost = self._lost(since, wall_clock())
        else:
            return None
        return Dropout(lost) if lost else None

    def _lost(self, since: float, until: float) -> int:
        """Samples between two moments, which count from now on as lost."""
        lost = max(round((until - since) * self.rate), 0)
        self._reported_until = since + lost / self.rate
        self._open.reader.position += lost
        return lost

    def _watch(self, opened: _OpenInput | None) -> None:
        """Until closed: notice silence, and open the input again."""
        while opened is not None:
            self._follow(opened)
            opened.drop()
            if self._closing.is_set():
                return
            self.state = "lost"
            logger.warning('input "%s" has fallen silent: opening it again', self.name)
            opened = self._next = self._reopened()

    def _follow(self, opened: _OpenInput) -> None:
        """Return when the input has fallen silent, or when closing."""
        blocks = opened.blocks
        watchdog = Watchdog(FIRST_BLOCK_LIMIT_S, time.monotonic())
        while not self._closing.wait(POLL_S):
            if opened.blocks != blocks:
                blocks = opened.blocks
                self.state = "running"
                watchdog.limit_s = SILENCE_LIMIT_S
                watchdog.feed()
            if watchdog.expired(time.monotonic()):
                return

    def _reopened(self) -> _OpenInput | None:
        """The same input, opened anew as soon as it is back; None when closing."""
        while not self._closing.is_set():
            try:
                restart_portaudio(jack=self._device.host_api == JACK)
                same = [d for d in inputs() if (d.name, d.host_api) == (self.name, self._device.host_api)]
                return _OpenInput(choose_input(same, None), self.rate, self.channels)
            except AudioDeviceError as error:
                logger.info("not yet: %s", error)
                self._closing.wait(RETRY_S)
        return None


class _OpenInput:
    """One opened PortAudio stream, the ring that it fills, and the ring's reader.

    first_at, last_at: wall clock of the first and the last block, first_at 0 before any; blocks: how many there were.
    """

    def __init__(self, device: InputDevice, rate: int, channels: int) -> None:
        """Raises AudioDeviceError."""
        self._rate = rate
        self._ring = Ring(round(RING_S * rate), channels)
        self._arrivals = Arrivals()
        self.reader = LiveReader(self._ring, self._arrivals, rate)
        self.first_at = 0.0
        self.last_at = wall_clock()
        self.blocks = 0
        self.lost = False
        sd = portaudio()
        try:
            self._stream = sd.InputStream(
                device=device.index,
                channels=channels,
                samplerate=rate,
                blocksize=round(BLOCK_S * rate),
                dtype="float32",
                latency="low",
                callback=self._callback,
            )
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise AudioDeviceError(NOT_OPENED(name=device.name)) from error

    def drop(self) -> None:
        """Let the device go; what the ring holds can still be read."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
        self.lost = True

    def _callback(self, block: FloatArray, samples: int, times: Any, _status: Any) -> None:
        """PortAudio's thread: copy, count and note the time, nothing else."""
        arrived = wall_clock()
        begin = self._ring.received
        captured = arrived - block_age_s(times.currentTime - times.inputBufferAdcTime, samples / self._rate)
        self._arrivals.add(begin, begin + samples, captured, arrived)  # before the samples: it is there with them
        self._ring.write(block)
        self.last_at = arrived
        self.first_at = self.first_at or arrived
        self.blocks += 1


def block_age_s(said_s: float, length_s: float) -> float:
    """How long ago the first sample of a block was captured that arrives now.

    said_s: by PortAudio's two times, which are on a clock of their own. Some systems do not know: PulseAudio gives the
    same time twice while it delivers in time, MME zeros. A block that is younger than its own length, or older than
    any buffer, is such a case; then it is as old as it is long.
    """
    return said_s if length_s <= said_s <= OLDEST_BLOCK_S else length_s
