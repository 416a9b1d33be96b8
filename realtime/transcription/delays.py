"""The decoders of several delays, and one stream of events of them.

A model speaks about every instant once per delay, and is surer each time. At a constant delay one decoder tells all. In
mode `live` each note is told by the first that is sure of it: the earlier decoders ask for more, and what they left out
a later one adds. A later decoder that has the note, too, says nothing, but from then on the note ends where that one
hears it end, as it is surer; so does the pedal.
What counts as silence is silence of all of them.

Which notes of two delays are one note says `realtime.pairing`.
Per pitch, on and off strictly alternate and `time` never decreases, so a note cannot be added before one of its key
that was told already.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from realtime.clock import Timeline
from realtime.contract import HOP, Activations, BoolArray, StreamSpec
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.pairing import nearest, same
from realtime.transcription.decoder import SILENT_FRAMES, Decoder, DecoderSettings, event_position
from realtime.transcription.silence import Silence

REMEMBERED_S = 1.0  # longer than any delay


@dataclass
class _Told:
    """A note that was told. known: the delays whose decoders have it; ends_by: the delay that tells its end."""

    time: float
    ends_by: str
    known: set[str] = field(default_factory=set)


@dataclass
class _Key:
    """What was told of one pitch. latest: when its last event was; held: whether its last note still sounds; untold:
    notes of the decoders that belong to none that was told; ends: of the notes of each delay's decoder."""

    notes: list[_Told] = field(default_factory=list)
    latest: float = 0.0
    held: bool = False
    untold: list[tuple[str, NoteOn]] = field(default_factory=list)
    ends: list[tuple[str, float]] = field(default_factory=list)

    def nearest(self, delay: str, time: float) -> _Told | None:
        """The told note that one of a delay is, if there is any."""
        return nearest((note for note in self.notes if delay not in note.known), time)

    def tell(self, time: float, delay: str) -> None:
        """A note was told; other decoders may have had it before."""
        self.held, self.latest = True, time
        note = _Told(time, delay, {delay})
        self.notes.append(note)
        for other, on in [(other, on) for other, on in self.untold if same(on.time, time)]:
            if other not in note.known:
                note.known.add(other)
                self.untold.remove((other, on))

    def ended(self, delay: str, before: float) -> float | None:
        """When the note that is held ended, as a delay's decoder has it."""
        return max((end for by, end in self.ends if by == delay and self.latest < end <= before), default=None)

    def forget(self, before: float) -> None:
        """Notes that no delay can speak about any more."""
        self.notes = [note for note in self.notes if note.time >= before or note is self.notes[-1]]
        self.untold = [(delay, on) for delay, on in self.untold if on.time >= before]
        self.ends = [(delay, end) for delay, end in self.ends if end >= before]


class DelayDecoders:
    """Activations of several delays, frame by frame -> events of one mode. Pure and deterministic.

    The same frames give the same events however they are cut.
    """

    def __init__(
        self,
        spec: StreamSpec,
        mode: str,
        settings: DecoderSettings | None = None,
        timeline: Timeline | None = None,
        silence: Silence | None = None,
        others: Collection[str] = (),
    ) -> None:
        """others: further delays that are decoded, so that a mode which needs them may follow. Raises KeyError for a
        mode that the model lacks."""
        self._spec = spec
        wanted = {*spec.rows(mode), *others}
        # The slowest speaks first, as it speaks about the earliest instant.
        self.delays = tuple(sorted(wanted, key=lambda delay: -spec.shifts[delay]))
        self._decoders = {delay: Decoder(spec, delay, settings, timeline, silence) for delay in self.delays}
        self._frames = 0
        self._keys: dict[int, _Key] = {}
        self._held = 0  # notes that were told and not ended
        self._last_told = -SILENT_FRAMES  # the frame in which the last note was told
        self._pedal = 0  # as told
        self._pedals = dict.fromkeys(self.delays, 0)  # as each delay has it
        self._telling: dict[str, float]  # until which frame each delay may tell notes
        self._use(mode)

    @property
    def delay_samples(self) -> int:
        """From the frame of an onset to the one that confirms it at the slowest delay of the mode, at 16 kHz."""
        return max(self._decoders[delay].delay_samples for delay in self._rows)

    @property
    def timeline(self) -> Timeline:
        """How events get their times."""
        return self._decoders[self.delays[0]].timeline

    @timeline.setter
    def timeline(self, timeline: Timeline) -> None:
        for decoder in self._decoders.values():
            decoder.timeline = timeline

    @property
    def reached_s(self) -> float:
        """The stream time of the last instant that a delay of the mode has spoken about."""
        last = self._frames - 1 - min(self._shift(delay) for delay in self._rows)
        return self.timeline.sounded(event_position(self._spec, last))

    def set_settings(self, settings: DecoderSettings) -> None:
        """What the player set, from the next frame on."""
        for decoder in self._decoders.values():
            decoder.settings = settings

    def push(
        self, activations: Mapping[str, Activations], gate_open: Mapping[str, BoolArray] | None = None
    ) -> list[Event]:
        """T consecutive frames of each delay, and per frame whether new notes are allowed (T,) -> events in order."""
        events: list[Event] = []
        for index in range(len(activations[self.delays[0]].pedal)):
            self._frames += 1
            for delay in self.delays:
                frame = Activations(*(head[index] for head in activations[delay]))
                allowed = gate_open is None or bool(gate_open[delay][index])
                for event in self._decoders[delay].frame(frame, allowed, self._playing):
                    events += self._tell(delay, event)
        return events

    @property
    def _playing(self) -> bool:
        """Whether a note of any delay sounds or was told lately: the others then know that there is no silence."""
        return len(self._rows) > 1 and (self._held > 0 or self._frames - self._last_told < SILENT_FRAMES)

    def set_mode(self, mode: str) -> list[Event]:
        """Go on with another mode: no note is told twice, and none left out. Held notes end by the delay that would
        have ended them. Raises KeyError for a mode that the model lacks or whose delays are not decoded."""
        leaving = self._telling
        reached_s = self.reached_s
        first = min(self._shift(delay) for delay in self._spec.rows(mode))
        self._use(mode)
        for delay in leaving:
            # Of the instants that the new delays have passed already it may have something to tell still.
            if delay not in self._telling and self._shift(delay) > first:
                self._telling[delay] = self._frames + self._shift(delay) - first
        now = self.timeline.emitted(self._frames * HOP)
        events = [event for key in self._keys.values() for event in self._catch_up(key, reached_s, now)]
        if self._pedals[self._pedal_by] != self._pedal:
            self._pedal = self._pedals[self._pedal_by]
            events.append(Pedal(now, now, self._pedal))
        return events

    def flush(self) -> list[Event]:
        """Close all notes and lift the pedal, at the time of the last frame."""
        return [
            told
            for delay, decoder in self._decoders.items()
            for event in decoder.flush()
            for told in self._tell(delay, event)
        ]

    def reset(self) -> None:
        """As new, with the settings, mode and timeline in force."""
        self._frames = self._pedal = self._held = 0
        self._last_told = -SILENT_FRAMES
        self._keys = {}
        self._pedals = dict.fromkeys(self.delays, 0)
        self._telling = dict.fromkeys(self._rows, math.inf)
        for decoder in self._decoders.values():
            decoder.reset()

    def _use(self, mode: str) -> None:
        self._rows = self._spec.rows(mode)
        self.mode = mode
        self._telling = dict.fromkeys(self._rows, math.inf)
        self._pedal_by = max(self._rows, key=self._shift)
        for delay, calibration in self._rows.items():
            self._decoders[delay].calibration = calibration
        for delay, decoder in self._decoders.items():
            decoder.peers = [self._decoders[peer] for peer in self._rows if delay in self._rows and peer != delay]

    def _shift(self, delay: str) -> int:
        return self._spec.shifts[delay]

    def _tell(self, delay: str, event: Event) -> Iterator[Event]:
        """What is told of an event of one delay's decoder."""
        match event:
            case Pedal():
                self._pedals[delay] = event.value
                if delay == self._pedal_by and event.value != self._pedal:
                    self._pedal = event.value
                    yield event
            case NoteOff():
                key = self._keys.setdefault(event.pitch, _Key())
                key.ends.append((delay, event.time))
                if key.held and key.notes[-1].ends_by == delay:
                    yield self._end(key, replace(event, time=max(event.time, key.latest)))
            case NoteOn():
                key = self._keys.setdefault(event.pitch, _Key())
                key.forget(event.time - REMEMBERED_S)
                if not self._is_told(delay, event.time, key):
                    yield from self._tell_note(delay, event, key)

    def _is_told(self, delay: str, time: float, key: _Key) -> bool:
        """Whether a decoder's note was told before: if so, it may be the one that hears its end."""
        note = key.nearest(delay, time)
        if note is None:
            return bool(key.notes) and time <= key.notes[-1].time
        note.known.add(delay)
        if note is key.notes[-1] and delay in self._rows and self._shift(delay) > self._shift(note.ends_by):
            note.ends_by = delay
        return True

    def _tell_note(self, delay: str, on: NoteOn, key: _Key) -> Iterator[Event]:
        if self._frames > self._telling.get(delay, 0):
            key.untold.append((delay, on))
            return
        time = max(on.time, key.latest)
        if key.held:
            # The decoder that has the new stroke may have heard the key come up before it.
            yield self._end(key, NoteOff(key.ended(delay, time) or time, on.emitted, on.pitch))
        key.tell(time, delay)
        self._held += 1
        self._last_told = self._frames
        yield replace(on, time=time, delay=delay if len(self._rows) > 1 else None)

    def _catch_up(self, key: _Key, reached_s: float, now: float) -> Iterator[Event]:
        """What delays that did not tell yet have of instants that those before had not reached."""
        told = None
        for delay, on in sorted(key.untold, key=lambda heard: heard[1].time):
            if delay in self._rows and on.time > reached_s and (delay, on) in key.untold:
                key.untold.remove((delay, on))
                if not self._is_told(delay, on.time, key):
                    told = on
                    yield from self._tell_note(delay, replace(on, emitted=now), key)
        if told is not None and key.held and (end := key.ended(key.notes[-1].ends_by, now)) is not None:
            yield self._end(key, NoteOff(end, now, told.pitch))

    def _end(self, key: _Key, off: NoteOff) -> NoteOff:
        key.held, key.latest = False, off.time
        self._held -= 1
        return off
