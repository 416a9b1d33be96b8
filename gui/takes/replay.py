"""Replay of a piece: where it is, playing or not, how fast, in a loop or not, with sound or without.

A recording is played at its own tempo; at any other one the sampled piano plays the notes. While there is sound, time
is how far the loudspeaker has played it; so the picture waits for a slow loudspeaker and never runs away from it.
Without sound time is the computer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gui.stage.stream_clock import StreamClock
from gui.takes.piece import Piece
from gui.takes.whole_roll import RollSnapshot
from realtime.piano.speaker_messages import Answer, Loop, PlaybackFailed, Sound
from realtime.takes.notes import TakeNotes
from realtime.words import Said

STEP_S = 5.0
LEAST_LOOP_S = 0.5
# Per cent of the tempo at which it was played.
SLOWEST, AS_PLAYED, FASTEST, TEMPO_STEP = 25, 100, 200, 5
NEVER = 0


@dataclass(frozen=True)
class Ramp:
    """How the tempo of a loop grows: by TEMPO_STEP after `every` rounds, or NEVER; limit: as far as that, per cent."""

    every: int = NEVER
    limit: int = AS_PLAYED


class Loudspeaker(Protocol):
    """What the replay needs of a `Speaker`."""

    def prepare(self) -> None: ...
    def play(self, sound: Sound, at_s: float, loop: Loop | None = None) -> None: ...
    def stop(self) -> None: ...
    def answers(self) -> list[Answer]: ...
    def close(self) -> None: ...


class Replay:
    """One piece at a time. Every `now` is the computer's monotonic clock, every other time a place in the piece, s.

    problem: one sentence when there is no sound, None while all is well; flags: A and B, the begin and end of the loop;
    tempo: per cent of that at which it was played; ramp: how it grows in a loop.
    """

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        self.piece: Piece | None = None
        self.playing = False
        self.looping = False
        self.flags: tuple[float, float | None] = (0.0, None)
        self.problem: Said | None = None
        self.tempo = AS_PLAYED
        self.ramp = Ramp()
        self._loudspeaker = loudspeaker
        self._stretched: tuple[TakeNotes, int, Sound] | None = None  # notes at another tempo
        self._sound_played: Sound | None = None  # what the loudspeaker was given last
        self._audible = True
        self._clock = StreamClock()
        self._begun_at = 0.0  # monotonic
        self._from = 0.0  # place at which playing began, or where it stands

    def load(self, piece: Piece | None) -> None:
        """Put a piece on, at its begin; None takes it off. The same take in another version stays where it is."""
        same = piece is not None and self.piece is not None and piece.source == self.piece.source
        if not same:
            self._halt(0.0)
            self.looping, self.flags, self.problem, self.tempo = False, (0.0, None), None, AS_PLAYED
            self.ramp = Ramp()
        self.piece = piece
        if piece is not None:
            self._loudspeaker.prepare()

    def play(self, now: float, audible: bool = True) -> None:
        """Go on from where it stands; from the begin when it is over. audible: with sound."""
        if self.piece is None or self.playing:
            return
        self._audible = audible
        self._start(0.0 if self._from >= self.piece.length_s - 0.01 else self._from, now)

    def pause(self, now: float) -> None:
        """Stand still."""
        self._halt(self.position(now))

    def rest(self, now: float) -> None:
        """Stand still, and end the loudspeaker's process until it is wanted again."""
        self.pause(now)
        self._loudspeaker.close()

    def seek(self, place: float, now: float) -> None:
        """Go to a place; while a loop plays, from beyond its end to its begin."""
        if self.piece is None:
            return
        place = min(max(place, 0.0), self.piece.length_s)
        if self.playing:
            self._start(place, now)
        else:
            self._from = place

    def step(self, seconds: float, now: float) -> None:
        """Go some seconds on or back."""
        self.seek(self.position(now) + seconds, now)

    def set_tempo(self, tempo: int, now: float) -> None:
        """Go on at so many per cent of the tempo at which it was played."""
        here, tempo = self.position(now), min(max(tempo, SLOWEST), FASTEST)
        if tempo != self.tempo:
            self.tempo = tempo
            self._go_on(here, now)

    def toggle_loop(self, now: float) -> None:
        """Round and round between the flags, or the whole piece; or no more."""
        here = self.position(now)
        self.looping = not self.looping
        self._go_on(here, now)

    def set_flag(self, name: str, now: float) -> None:
        """Begin ("A") or end ("B") of the loop here; the loop is on from now on. At its end it begins again at once."""
        if self.piece is None:
            return
        here, (begin, end) = self.position(now), self.flags
        if name == "A":
            begin = max(min(here, self.piece.length_s - LEAST_LOOP_S), 0.0)
            end = None if end is not None and end < begin + LEAST_LOOP_S else end
        else:
            end = max(here, LEAST_LOOP_S)
            begin = 0.0 if begin > end - LEAST_LOOP_S else begin
        self.flags, self.looping = (begin, end), True
        self._go_on(here, now)

    def set_loop(self, begin: float, end: float, now: float) -> None:
        """Round and round between two places."""
        if self.piece is None:
            return
        here = self.position(now)
        begin = max(min(begin, self.piece.length_s - LEAST_LOOP_S), 0.0)
        self.flags, self.looping = (begin, max(min(end, self.piece.length_s), begin + LEAST_LOOP_S)), True
        self._go_on(here, now)

    @property
    def loop(self) -> Loop | None:
        """Begin and end of the loop, None when it is off."""
        if not self.looping or self.piece is None:
            return None
        begin, end = self.flags
        return begin, max(self.piece.length_s if end is None else end, begin + LEAST_LOOP_S)

    def position(self, now: float) -> float:
        """Where the piece is."""
        if self.piece is None or not self.playing:
            return self._from
        place = self._played_to(now)
        if self.loop is not None:
            begin, end = self.loop
            return place if place < end else begin + (place - end) % (end - begin)
        return min(place, self.piece.length_s)

    def tick(self, now: float) -> None:
        """Take in the loudspeaker's answers, let it play other notes that were put on meanwhile, stop at the end."""
        for answer in self._loudspeaker.answers():
            if isinstance(answer, PlaybackFailed):
                self.problem = answer.problem
                self._go_on_silently(now)
            elif self._audible:
                self.problem = None
                self._clock.synchronise(answer.played_s, answer.at)
        if self.piece is not None and self.playing and self._audible and self._sound(self.piece) != self._sound_played:
            self._start(self.position(now), now)
        if self.ramp.every and self._rounds(now) >= self.ramp.every and self.tempo < self.ramp.limit:
            self.set_tempo(min(self.tempo + TEMPO_STEP, self.ramp.limit), now)
        if self.piece is not None and self.loop is None and self.position(now) >= self.piece.length_s:
            self._halt(self.piece.length_s)

    def snapshot(self, now: float, ahead_s: float) -> RollSnapshot:
        """What of the piece is visible; keys sound only while it plays."""
        if self.piece is None:
            return RollSnapshot((), {}, (), False)
        return self.piece.roll.at(self.position(now), ahead_s)

    def close(self) -> None:
        """Be silent and let the loudspeaker go."""
        self._halt(self._from)
        self._loudspeaker.close()

    def _start(self, place: float, now: float) -> None:
        assert self.piece is not None
        self.playing = True
        if self.loop is not None and place >= self.loop[1]:
            place = self.loop[0]
        self._from, self._begun_at = place, now
        self._clock.reset()
        if self._audible:
            speed = self._speed
            loop = None if self.loop is None else (self.loop[0] / speed, self.loop[1] / speed)
            self._sound_played = self._sound(self.piece)
            self._loudspeaker.play(self._sound_played, place / speed, loop)

    def _played_to(self, now: float) -> float:
        """Where it would be by now without a loop."""
        played = self._clock.now(now) if self._audible else now - self._begun_at
        return self._from + played * self._speed

    def _rounds(self, now: float) -> int:
        """Rounds of the loop that are over since it plays as it does."""
        if self.loop is None or not self.playing:
            return 0
        begin, end = self.loop
        return max(int((self._played_to(now) - begin) / (end - begin)), 0)

    @property
    def _speed(self) -> float:
        return self.tempo / AS_PLAYED

    def _sound(self, piece: Piece) -> Sound:
        """The sound at the present tempo; the same object each time, which the loudspeaker then has open."""
        if self.tempo == AS_PLAYED:
            return piece.sound
        if self._stretched is None or self._stretched[:2] != (piece.notes, self.tempo):
            self._stretched = piece.notes, self.tempo, piece.notes.scaled(1 / self._speed)
        return self._stretched[2]

    def _halt(self, place: float) -> None:
        if self.playing and self._audible:
            self._loudspeaker.stop()
        self.playing, self._from = False, place

    def _go_on(self, place: float, now: float) -> None:
        """Let the loudspeaker know of another loop or tempo."""
        if self.playing:
            self._start(place, now)

    def _go_on_silently(self, now: float) -> None:
        if self.playing:
            place = self.position(now)
            self._audible = False
            self._start(place, now)
