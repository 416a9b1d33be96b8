"""The last five minutes of sound and events, in memory, so that playing that was not recorded can still become a take.

Five minutes at 192 kHz would be 173 MB. At rates above 48 kHz only the last seconds are kept at their own rate, for
takes that begin in the past and go on; the minutes are kept at 48 kHz.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from realtime.audio.wav import BYTES_PER_SAMPLE, pcm24
from realtime.clock import DECIMALS, samples, seconds
from realtime.contract import FloatArray
from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted

SPAN_S, FINE_SPAN_S = 300.0, 10.0
COARSE_RATE = 48_000
PART = 48_000  # samples
PART_BYTES = PART * BYTES_PER_SAMPLE
RecentEvent = NoteOn | NoteOff | Pedal | Gap


@dataclass(frozen=True)
class Past:
    """Sound and events before a moment. begin: sample index on the stream's clock at which they begin, negative when
    that was before the stream; sound: 24 bit samples from there on; events, kept: all of both stages that there
    are, with times of a clock on which the stream began at sample `base`."""

    stream: StreamStarted
    begin: int
    sound: tuple[bytes, ...]
    events: tuple[RecentEvent, ...]
    kept: tuple[RecentEvent, ...]
    base: int

    @property
    def end_s(self) -> float:
        """Where its sound ends, on the stream's clock."""
        length = sum(len(part) for part in self.sound) // BYTES_PER_SAMPLE
        return seconds(self.begin + length, self.stream.sample_rate)

    def events_since_begin(self) -> Iterator[RecentEvent]:
        """What was sent: the pedal as it was at `begin`, then the events since, with times of the stream's clock.

        Five minutes of them take a tenth of a second: too long for the thread of the stream.
        """
        return self._since_begin(self.events)

    def kept_since_begin(self) -> Iterator[RecentEvent]:
        """The same of what is kept."""
        return self._since_begin(self.kept)

    def _since_begin(self, events: tuple[RecentEvent, ...]) -> Iterator[RecentEvent]:
        begin_s = seconds(self.base + self.begin, self.stream.sample_rate)
        before = [event for event in events if isinstance(event, Pedal) and event.time < begin_s][-1:]
        for event in (*before, *(event for event in events if event.time >= begin_s)):
            yield _moved(event, -self.base, self.stream.sample_rate)


class Recent:
    """Keeps the sound and events of the last `span_s` seconds, over all streams of one sample rate.

    Pauses between streams are left out; another sample rate starts from nothing. 24 bit samples: 43 MB at 48 kHz,
    6 MB more at 192 kHz.
    """

    def __init__(self, span_s: float = SPAN_S) -> None:
        self._span_s = span_s
        self._stream: StreamStarted | None = None
        self._events: deque[RecentEvent] = deque()
        self._kept: deque[RecentEvent] = deque()
        self._base = 0  # sample at which the present stream began, counted over all streams, as all positions here are

    def begin(self, stream: StreamStarted) -> None:
        """Another stream begins."""
        rate = stream.sample_rate
        if self._stream is None or rate != self._stream.sample_rate:
            self._fine = _Sound(samples(min(self._span_s, FINE_SPAN_S) if rate > COARSE_RATE else self._span_s, rate))
            self._coarse = _Coarse(samples(self._span_s, COARSE_RATE), rate) if rate > COARSE_RATE else None
            self._events.clear()
            self._kept.clear()
        self._base = self._fine.end
        self._stream = stream

    def observe_sound(self, position: int, block: FloatArray) -> None:
        """Mono samples (n,); position: of the first on the stream's clock. Lost samples before it become silence."""
        lost = self._base + position - self._fine.end
        if lost > 0:
            self._fine.skip(lost)
            if self._coarse is not None:
                self._coarse.skip_to(self._fine.end)
        self._fine.keep(pcm24(block))
        if self._coarse is not None:
            self._coarse.push(block)
        before = self._oldest_s
        for events in (self._events, self._kept):
            while events and events[0].time < before:
                events.popleft()

    def observe_event(self, event: Event) -> None:
        """An event that the present stream has sent."""
        self._add(event, self._events)

    def observe_kept(self, event: Event) -> None:
        """An event of its kept stage."""
        self._add(event, self._kept)

    @property
    def held_s(self) -> float:
        """Seconds of sound that are kept."""
        if self._stream is None:
            return 0.0
        if self._coarse is not None:
            return (self._coarse.sound.end - self._coarse.sound.first) / COARSE_RATE
        return seconds(self._fine.end - self._fine.first, self._stream.sample_rate)

    def since(self, time_s: float | None = None) -> Past | None:
        """Sound and events since `time_s` (stream's clock), at most some seconds ago, at the rate of the stream;
        without a time all that is kept, at 48 kHz at most. None without any sound."""
        if self._stream is None or self._fine.first == self._fine.end:
            return None
        rate = self._stream.sample_rate
        if time_s is not None:
            begin, sound = self._fine.since(self._base + samples(time_s, rate))
            return Past(self._stream, begin - self._base, sound, tuple(self._events), tuple(self._kept), self._base)
        store = self._fine
        if self._coarse is not None:
            rate, store = COARSE_RATE, self._coarse.sound
        base = round(self._base * rate / self._stream.sample_rate)
        stream = replace(self._stream, sample_rate=rate)
        begin, sound = store.since(store.first)
        return Past(stream, begin - base, sound, tuple(self._events), tuple(self._kept), base)

    def _add(self, event: Event, events: deque[RecentEvent]) -> None:
        if not isinstance(event, (StreamStarted, End)):
            assert self._stream is not None
            events.append(_moved(event, self._base, self._stream.sample_rate))

    @property
    def _oldest_s(self) -> float:
        """Begin of what is kept, s, counted over all streams."""
        assert self._stream is not None
        if self._coarse is not None:
            return self._coarse.sound.first / COARSE_RATE
        return seconds(self._fine.first, self._stream.sample_rate)


class _Coarse:
    """Sound of a high rate at 48 kHz; the resampler holds back some hundredths of a second."""

    def __init__(self, span: int, rate: int) -> None:
        import soxr  # few microphones need it

        self.sound = _Sound(span)
        self._rate = rate
        self._resample = soxr.ResampleStream(rate, COARSE_RATE, 1, "float32", "MQ")

    def push(self, block: FloatArray) -> None:
        """Mono samples (n,) that follow those before."""
        self._keep(self._resample.resample_chunk(block))

    def skip_to(self, position: int) -> None:
        """Samples were lost; the next ones begin at `position`, counted at their own rate."""
        self._keep(self._resample.resample_chunk(np.zeros(0, np.float32), last=True))
        self._resample.clear()
        self.sound.skip(max(round(position * COARSE_RATE / self._rate) - self.sound.end, 0))

    def _keep(self, samples: FloatArray) -> None:
        if len(samples):
            self.sound.keep(pcm24(samples))


class _Sound:
    """The last `span` samples, 24 bit. end: number of all samples that there were.

    They are kept in parts of one size, so that memory that an old part leaves is just right for the next: some
    thousand blocks of the microphone lay scattered between whatever else came and went.
    """

    def __init__(self, span: int) -> None:
        self.end = 0
        self._span = span
        self._begin = 0  # of the oldest part
        self._parts: deque[bytes] = deque()
        self._newest = bytearray()

    @property
    def first(self) -> int:
        """Number of samples before the oldest."""
        return max(self._begin, self.end - self._span)

    def keep(self, data: bytes) -> None:
        """Add samples, and drop parts that are too old."""
        self._newest += data
        self.end += len(data) // BYTES_PER_SAMPLE
        while len(self._newest) >= PART_BYTES:
            self._parts.append(bytes(self._newest[:PART_BYTES]))
            del self._newest[:PART_BYTES]
        while self._parts and self._begin + PART <= self.first:
            self._parts.popleft()
            self._begin += PART

    def skip(self, lost: int) -> None:
        """Add silence; more than the span drops all before it."""
        if lost > self._span:
            self._parts.clear()
            self._newest.clear()
            self.end += lost - self._span
            self._begin, lost = self.end, self._span
        self.keep(bytes(BYTES_PER_SAMPLE * lost))

    def since(self, wanted: int) -> tuple[int, tuple[bytes, ...]]:
        """Sample `wanted`, or the oldest that there is, and the sound from there on."""
        begin = min(max(wanted, self.first), self.end)
        first, offset = divmod(begin - self._begin, PART)
        sound = [*islice(self._parts, first, None), bytes(self._newest)]
        sound[0] = sound[0][BYTES_PER_SAMPLE * offset :]
        return begin, tuple(sound)


def _moved(event: RecentEvent, by: int, rate: int) -> RecentEvent:
    by_s = seconds(by, rate)
    return replace(event, time=round(event.time + by_s, DECIMALS), emitted=round(event.emitted + by_s, DECIMALS))
