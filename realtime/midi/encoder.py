"""Events -> MIDI bytes, with the state that keeps a receiver from hanging notes.

Receivers expect a real Note Off (0x80, velocity 64), Note Off before a repeated Note On, sustain lifted
before All Notes Off (which may respect a held pedal), and no other messages.
"""

from __future__ import annotations

from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.midi.velocity import VelocityCurve

NOTE_OFF, NOTE_ON, CONTROL = 0x80, 0x90, 0xB0
RELEASE_VELOCITY = 64
SUSTAIN, ALL_SOUND_OFF, ALL_NOTES_OFF = 64, 120, 123
CHANNELS, NOTES = 16, 128


class MidiEncoder:
    """Encodes events for one MIDI channel, and knows which notes the receiver holds.

    channel: 1-16 as people count; transpose: semitones; curve: for the velocities. Pitches that leave 0-127 are not
    sent.
    """

    def __init__(self, channel: int = 1, transpose: int = 0, curve: VelocityCurve | None = None) -> None:
        self._channel = channel - 1
        self._transpose = transpose
        self.curve = curve or VelocityCurve()
        self._sounding: set[int] = set()
        self._ended: set[int] = set()  # notes that were released since the last note-on
        self._pedal = 0

    @property
    def sounding(self) -> frozenset[int]:
        """MIDI notes that the receiver holds."""
        return frozenset(self._sounding)

    def opening(self) -> list[bytes]:
        """The first messages on an open port: pedal up, all notes off."""
        return [self._control(SUSTAIN), self._control(ALL_NOTES_OFF)]

    def messages(self, event: Event) -> list[bytes]:
        """The messages of one event; a stream's start and end release all that still sounds."""
        match event:
            case NoteOn():
                return self._note_on(event.pitch + self._transpose, self.curve.bend(event.velocity))
            case NoteOff():
                return self._note_off(event.pitch + self._transpose)
            case Pedal():
                self._pedal = event.value
                return [self._control(SUSTAIN, event.value)]
            case StreamStarted() | End():
                return self.release() if self._sounding or self._pedal else []
            case Gap():
                return []

    def release(self) -> list[bytes]:
        """Note Off for each sounding note, pedal up, all notes and all sound off."""
        offs = [self._off(note) for note in sorted(self._sounding)]
        self._ended |= self._sounding
        self._sounding.clear()
        self._pedal = 0
        return [*offs, *self._silence()]

    def last_offs(self) -> list[bytes]:
        """Once more what ended the last notes, for a system that may have lost it; nothing when none has ended."""
        return [*(self._off(note) for note in sorted(self._ended)), *self._silence()] if self._ended else []

    def all_notes_off(self) -> list[bytes]:
        """`release` on all 16 channels, then Note Off for every note of the one in use."""
        controls = [
            bytes((CONTROL | channel, controller, 0))
            for channel in range(CHANNELS)
            for controller in (SUSTAIN, ALL_NOTES_OFF, ALL_SOUND_OFF)
        ]
        self._sounding.clear()
        self._pedal = 0
        return [*controls, *(self._off(note) for note in range(NOTES))]

    def _note_on(self, note: int, velocity: int) -> list[bytes]:
        if not 0 <= note < NOTES:
            return []
        repeated = self._note_off(note)
        self._sounding.add(note)
        self._ended.clear()
        return [*repeated, bytes((NOTE_ON | self._channel, note, velocity))]

    def _note_off(self, note: int) -> list[bytes]:
        if note not in self._sounding:
            return []
        self._sounding.remove(note)
        self._ended.add(note)
        return [self._off(note)]

    def _silence(self) -> list[bytes]:
        return [self._control(SUSTAIN), self._control(ALL_NOTES_OFF), self._control(ALL_SOUND_OFF)]

    def _off(self, note: int) -> bytes:
        return bytes((NOTE_OFF | self._channel, note, RELEASE_VELOCITY))

    def _control(self, controller: int, value: int = 0) -> bytes:
        return bytes((CONTROL | self._channel, controller, value))
