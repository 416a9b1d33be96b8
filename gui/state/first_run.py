"""The first-run guide as plain state: five steps from the microphone to the echo check.

It follows the running session and acts through the controller; the guide's page reads it ten times a second.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import IntEnum

from gui.state.controller import Controller
from realtime.engine.echo_test import EchoTest
from realtime.engine.messages import Message, Status, Tuned
from realtime.engine.watches.tuning import tuning
from realtime.events import NoteOn
from realtime.limits import TUNING_CENTS

LOUD_DB = (-18.0, -3.0)
SOFT_OVER_NOISE_DB = 8.0
SOFT_LIMIT_DB = -50.0
# Loud and soft differ by so much, or only one of them was played.
APART_DB = 10.0
# A note's loudest moment comes within this time of its onset.
PEAK_S = 0.25
STATUSES = 20
GATE_BELOW_SOFT_DB = 8.0
CHECKED = (60, 36, 96)
CHORD = (60, 64, 67, 72)
CHORD_S, CHORD_VELOCITY = 1.2, 80
# A piano that lies further off than this is transcribed less well.
GOOD_CENTS = 10.0


class Step(IntEnum):
    """The steps in their order."""

    MICROPHONE = 0
    LEVEL = 1
    PIANO = 2
    SEND = 3
    ECHO = 4


@dataclass
class Level:
    """Peaks of the loudest and the softest note so far, dBFS; None before any."""

    loud_db: float | None = None
    soft_db: float | None = None
    clipped: bool = False

    @property
    def loud_word(self) -> str:
        """wait, good, low or high."""
        if self.loud_db is None:
            return "wait"
        if self.clipped or self.loud_db > LOUD_DB[1]:
            return "high"
        return "low" if self.loud_db < LOUD_DB[0] else "good"

    def soft_word(self, noise_db: float | None) -> str:
        """wait, good or low: whether a soft note stands out of the room's noise."""
        if self.soft_db is None or self.loud_db is None or self.loud_db - self.soft_db < APART_DB:
            return "wait"
        least = SOFT_LIMIT_DB if noise_db is None else max(noise_db + SOFT_OVER_NOISE_DB, SOFT_LIMIT_DB)
        return "good" if self.soft_db >= least else "low"


class FirstRun:
    """Where the player is in the guide, and what was found there. Times are monotonic, in s."""

    def __init__(self, controller: Controller) -> None:
        self.step = Step.MICROPHONE
        self.level = Level()
        self.pitches: list[int] = []
        self.tuned: list[Tuned] = []
        self.app = ""
        self.loop_s: float | None = None
        self.echo_done = False
        self._controller = controller
        self._test: EchoTest | None = None
        self._last_onset: float | None = None  # stream time of the note whose peak is looked for
        self._statuses: deque[Status] = deque(maxlen=STATUSES)  # a note's event comes when its peak has passed
        self._release_chord_at: float | None = None

    def go(self, step: Step) -> None:
        """Enter a step; what it has found before is forgotten."""
        self.leave()
        self.step = step
        match step:
            case Step.LEVEL:
                self.level, self._last_onset = Level(), None
            case Step.PIANO:
                self.pitches, self.tuned = [], []
                self._controller.measure_tuning(True)
            case Step.ECHO:
                self.loop_s, self.echo_done = None, False
            case _:
                pass

    def leave(self) -> None:
        """Leave the step, or the guide: nothing that it began goes on."""
        if self.step is Step.PIANO:
            self._controller.measure_tuning(False)
        self._release_chord()
        self._end_test()

    def observe(self, message: Message, now: float) -> None:
        """Take in one message of the engine."""
        if self._test is not None and isinstance(message, NoteOn):
            self._test.observe_note(message.pitch, now)
        match self.step, message:
            case Step.LEVEL, NoteOn(time=time):
                self._last_onset = time
            case Step.LEVEL, Status():
                self._statuses.append(message)
                self._measure(message.time)
            case Step.PIANO, NoteOn(pitch=pitch):
                self.pitches.append(pitch)
            case Step.PIANO, Tuned():
                self.tuned.append(message)

    def advance(self, now: float) -> None:
        """What has to happen by itself: notes of the echo test, the end of the test chord."""
        if self._release_chord_at is not None and now >= self._release_chord_at:
            self._release_chord()
        if self._test is None:
            return
        for note in self._test.due(now):
            self._controller.send_note(note.pitch, note.velocity if isinstance(note, NoteOn) else 0)
        if self._test.finished(now):
            self.loop_s, self.echo_done = self._test.loop_s, True
            self._end_test()

    def play_chord(self, now: float) -> None:
        """Send a chord to the port."""
        self._release_chord()
        for pitch in CHORD:
            self._controller.send_note(pitch, CHORD_VELOCITY)
        self._release_chord_at = now + CHORD_S

    def begin_echo(self, now: float) -> None:
        """Send the notes of the echo test; notes of the piano are not sent meanwhile."""
        self.loop_s, self.echo_done = None, False
        self._controller.hold_midi(True)
        self._test = EchoTest(now, self._controller.settings.transpose)

    @property
    def testing(self) -> bool:
        """Whether the echo test runs."""
        return self._test is not None

    def echo_share(self, now: float) -> float:
        """How much of the echo test is over, 0 to 1."""
        return self._test.share(now) if self._test is not None else float(self.echo_done)

    @property
    def tuning_cents(self) -> float | None:
        """How the middle of the piano lies, in cents; None before it is known."""
        return tuning(self.tuned)

    @property
    def correction(self) -> int | None:
        """The correction that fits what was measured, in cents; None where it is the one in force, or of no use."""
        cents = self.tuning_cents
        if cents is None or abs(cents) > TUNING_CENTS.most:
            return None
        fitting = round(cents) if abs(cents) > GOOD_CENTS else 0
        return None if abs(fitting - self._controller.settings.tuning_cents) <= GOOD_CENTS else fitting

    @property
    def octaves_off(self) -> int:
        """By how many octaves the last note lies off the checked key of its name, 0 for none."""
        missing = [pitch for pitch in CHECKED if pitch not in self.pitches]
        if not self.pitches or not missing or self.pitches[-1] in CHECKED or self.pitches[-1] % 12:
            return 0
        return (self.pitches[-1] - missing[0]) // 12

    @property
    def complete(self) -> bool:
        """Whether the step has found what it looks for; the player may go on without."""
        session = self._controller.session
        match self.step:
            case Step.MICROPHONE:
                return session.state == "listening" and session.meter.word != "Silent"
            case Step.LEVEL:
                return self.level.loud_word == self.level.soft_word(session.noise.floor_db) == "good"
            case Step.PIANO:
                return set(CHECKED) <= set(self.pitches)
            case Step.SEND:
                return session.port.open and bool(self.app)
            case Step.ECHO:
                return self.echo_done and self.loop_s is None

    def set_gate(self) -> None:
        """The gate that lets the soft note through and the room not."""
        noise, soft = self._controller.session.noise, self.level.soft_db
        if noise.gate_db is None or soft is None:
            return
        self._controller.set_decoder(gate_db=min(noise.gate_db, round(soft - GATE_BELOW_SOFT_DB)))

    def _measure(self, now: float) -> None:
        """The peak of the last note, once it is past; now: stream time, s."""
        if self._last_onset is None or now <= self._last_onset + PEAK_S:
            return
        during = [status for status in self._statuses if self._last_onset < status.time <= self._last_onset + PEAK_S]
        self._last_onset = None
        if not during:
            return
        level, peak = self.level, max(status.peak_db for status in during)
        level.loud_db = peak if level.loud_db is None else max(level.loud_db, peak)
        level.soft_db = peak if level.soft_db is None else min(level.soft_db, peak)
        level.clipped |= any(status.clipped for status in during)

    def _release_chord(self) -> None:
        if self._release_chord_at is not None:
            for pitch in CHORD:
                self._controller.send_note(pitch, 0)
        self._release_chord_at = None

    def _end_test(self) -> None:
        if self._test is not None:
            for note in self._test.stop():
                self._controller.send_note(note.pitch, 0)
            self._test = None
            self._controller.hold_midi(False)
