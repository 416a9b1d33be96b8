"""The last five minutes of what was heard, in memory: playing that nobody recorded can still become a take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from realtime.clock import DECIMALS, samples, seconds
from realtime.contract import FloatArray
from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.sinks.wav import BYTES_PER_SAMPLE, pcm24

SPAN_S = 300.0
Heard = NoteOn | NoteOff | Pedal | Gap


@dataclass(frozen=True)
class Past:
    """What was heard before a moment. begin: sample index on the stream's clock at which it begins, negative when that
    was before the stream; sound: 24 bit samples from there on; heard: all events that are remembered, with times of a
    clock on which the stream began at sample `base`."""

    stream: StreamStarted
    begin: int
    sound: tuple[bytes, ...]
    heard: tuple[Heard, ...]
    base: int

    def events(self) -> Iterator[Heard]:
        """Events from `begin` on, after the pedal as it was then; times of the stream's clock.

        Those of five minutes take a tenth of a second: not for the thread that listens.
        """
        begin_s = seconds(self.base + self.begin, self.stream.sample_rate)
        before = [event for event in self.heard if isinstance(event, Pedal) and event.time < begin_s][-1:]
        for event in (*before, *(event for event in self.heard if event.time >= begin_s)):
            yield _moved(event, -self.base, self.stream.sample_rate)


class Recent:
    """Remembers sound and events of the last `span_s` seconds, over as many streams as have one sample rate.

    A pause between two streams counts for nothing; another sample rate begins anew. 24 bit samples: 43 MB at 48 kHz.
    """

    def __init__(self, span_s: float = SPAN_S) -> None:
        self._span_s = span_s
        self._stream: StreamStarted | None = None
        self._sound: deque[bytes] = deque()
        self._events: deque[Heard] = deque()
        self._first = 0  # sample index of the oldest sound; it, `_base` and `_end` count over all streams
        self._base = 0  # where the present stream began
        self._end = 0

    def begin(self, stream: StreamStarted) -> None:
        """Another stream begins."""
        if self._stream is None or stream.sample_rate != self._stream.sample_rate:
            self._sound.clear()
            self._events.clear()
            self._first = self._end = 0
        self._base = self._end
        self._stream = stream

    def hear(self, position: int, block: FloatArray) -> None:
        """Mono samples (n,); position: of the first on the stream's clock. What was lost before it is silence."""
        assert self._stream is not None
        lost = self._base + position - self._end
        if lost > 0:
            self._skip(lost, samples(self._span_s, self._stream.sample_rate))
        self._keep(pcm24(block))

    def note(self, event: Event) -> None:
        """An event of the present stream."""
        if not isinstance(event, (StreamStarted, End)):
            assert self._stream is not None
            self._events.append(_moved(event, self._base, self._stream.sample_rate))

    def since(self, time_s: float | None = None) -> Past | None:
        """All that is remembered from `time_s` (stream's clock) on, or all there is; None when nothing was heard."""
        if self._stream is None or not self._sound:
            return None
        begin, sound = (self._first, tuple(self._sound)) if time_s is None else self._sound_from(time_s)
        return Past(self._stream, begin - self._base, sound, tuple(self._events), self._base)

    def _sound_from(self, time_s: float) -> tuple[int, tuple[bytes, ...]]:
        """Where the first block that reaches beyond `time_s` begins, and the sound from there on."""
        assert self._stream is not None
        begin, wanted = self._end, self._base + samples(time_s, self._stream.sample_rate)
        kept: deque[bytes] = deque()
        for data in reversed(self._sound):
            if begin <= wanted:
                break
            begin -= _count(data)
            kept.appendleft(data)
        return begin, tuple(kept)

    def _skip(self, lost: int, longest: int) -> None:
        """Silence for samples that were lost; more than `longest` of it make all before them forgotten."""
        if lost > longest:
            self._sound.clear()
            self._end += lost - longest
            self._first, lost = self._end, longest
        self._keep(bytes(BYTES_PER_SAMPLE * lost))

    def _keep(self, data: bytes) -> None:
        assert self._stream is not None
        self._sound.append(data)
        self._end += _count(data)
        oldest = self._end - samples(self._span_s, self._stream.sample_rate)
        while self._first + _count(self._sound[0]) <= oldest:
            self._first += _count(self._sound.popleft())
        before = seconds(oldest, self._stream.sample_rate)
        while self._events and self._events[0].time < before:
            self._events.popleft()


def _moved(event: Heard, by: int, rate: int) -> Heard:
    by_s = seconds(by, rate)
    return replace(event, time=round(event.time + by_s, DECIMALS), emitted=round(event.emitted + by_s, DECIMALS))


def _count(data: bytes) -> int:
    return len(data) // BYTES_PER_SAMPLE
