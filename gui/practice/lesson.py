"""A lesson: one piece, the way the player has chosen to practise it, and how far that has come. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal

from gui.practice.choices import CLEAN_ROUNDS, FASTEST, SLOWEST, LessonChoices
from gui.practice.course import Course, LessonEvent
from gui.practice.following import FollowCourse
from gui.practice.parts import first_group
from gui.practice.playing import PlayCourse
from gui.practice.run import Run
from gui.practice.run_keeper import Keeper
from gui.practice.score_roll import ScoreRoll
from gui.practice.staff_marks import StaffMarks
from gui.practice.waiting import WaitCourse
from gui.stage.lesson import Aim, LessonMarks
from gui.stage.roll import Block
from gui.takes.whole_roll import RollSnapshot
from realtime.engine.messages import Message
from realtime.errors import LisztenError
from realtime.events import NoteOn, StreamStarted
from realtime.practice.play import Rounds
from realtime.practice.score import Bar, Group, Score
from realtime.practice.verdicts import ON_TIME_MS, Marked
from realtime.practice.wait import Hint, Passed, Waiting
from realtime.transcription.expected import ROLLED_S, Expect, GroupPassed, Heard
from realtime.words import Said

State = Literal["ready", "running", "paused", "over"]
CHECK_S = 0.4  # a ring bears its check for so long
AIM_S = 0.6  # in play mode a group has its rings so long before it is due
Send = Callable[[Expect | None], None]


class Lesson:
    """send: tells the engine what to listen for, None for nothing. Every `now` is the computer's monotonic clock, every
    `now_s` the stream's.

    state: "ready" before the begin, "over" after the end; problem: why a choice could not be taken, until it was shown;
    lead_s: so long before its count-in a round is known, for who makes it sound.
    """

    def __init__(
        self,
        score: Score,
        send: Send,
        choices: LessonChoices | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        """keeper: of its runs, None to keep none."""
        self.score = score
        self.choices = choices or LessonChoices()
        self.state: State = "ready"
        self.problem: Said | None = None
        self.lead_s = 0.0
        self._send, self._keeper = send, keeper or Keeper()
        self._unkept = False  # whether the present run has something that was not kept yet
        self._ticked_s = 0.0
        self._sent: Expect | None = None
        self._heard: dict[int, float] = {}  # keys of the group that is waited for, and when they were struck
        self._hinted: tuple[int, ...] = ()
        self._checked: dict[int, tuple[str, float]] = {}  # key -> its hand, and when it was heard
        try:
            self.part = self.choices.part(score)
        except LisztenError as error:
            self.problem = error.said
            self.choices = LessonChoices()
            self.part = score
        self._open(0)

    @property
    def running(self) -> bool:
        """Whether the piece waits for the player, runs, or follows."""
        return self.state == "running"

    @property
    def tempo(self) -> int:
        """Per cent of the written one, as it is now."""
        course = self.course
        return round(100 * course.tempo) if isinstance(course, PlayCourse) else self.choices.tempo

    @property
    def written(self) -> float:
        """Quarters a minute as written, at the present place."""
        beat = self.part.beat(self._place)
        passed = [tempo for at, tempo in self.score.tempos if at <= beat]
        return passed[-1] if passed else self.score.tempos[0][1]

    @property
    def bar(self) -> Bar:
        """The bar of the group that is waited for, else that where the picture is."""
        group = self.course.group if self.choices.mode == "wait" else None
        return self.part.bar_at(self.part.beat(self._place) if group is None else group.beat)

    @property
    def missing(self) -> tuple[int, ...]:
        """Keys that are waited for, rising; none where nothing is waited for."""
        group = self.course.group
        if group is None or self.choices.mode != "wait" or not self.running:
            return ()
        return tuple(pitch for pitch in group.pitches if pitch not in self._heard)

    @property
    def stubborn(self) -> bool:
        """Whether the group that is waited for did not want to be heard for some time."""
        return bool(self._hinted) and bool(self.missing)

    def begin(self, now_s: float) -> None:
        """Begin, or go on; after the end, again from the begin."""
        if self.state == "over":
            self._open(0)
        self.state = "running"
        if isinstance(self.course, PlayCourse):
            self.course.lead_s = self.lead_s
        self._keeper.begin()
        self._take(self.course.begin(now_s), 0.0)

    def pause(self, now_s: float, now: float) -> None:
        """Stand still."""
        if self.running:
            self.state = "paused"
            self._take(self.course.stop(now_s), now)
            self._keeper.pause()

    def finish(self, now_s: float, now: float) -> None:
        """End the run: what was counted stays until the next begin, which is at the beginning."""
        self.pause(now_s, now)
        self.state = "over"
        self._end_run()

    def restart(self, now_s: float) -> None:
        """To the begin of the part, with nothing counted."""
        self._halt(now_s)
        self._open(0)
        self.state = "ready"

    def choose(self, now_s: float, **values: object) -> None:
        """Take another choice, by the names of `LessonChoices`; a lesson that runs goes on with it. What cannot be
        practised is told by `problem`, and nothing changes."""
        wanted = replace(self.choices, **values)  # type: ignore[arg-type]
        wanted = replace(wanted, tempo=min(max(wanted.tempo, SLOWEST), FASTEST))
        try:
            part = wanted.part(self.score)
        except LisztenError as error:
            self.problem = error.said
            return
        was_running = self.running
        beat = part.begin if self.state == "over" else self.part.beat(self._place)
        changed = {name for name in values if getattr(self.choices, name) != getattr(wanted, name)}
        self.choices = wanted
        if not changed - {"metronome"}:
            return
        self._halt(now_s)
        self.part = part
        self._open(first_group(part, min(max(beat, part.begin), part.end)), keep=not changed - {"tempo", "grows"})
        self.state = "ready" if self.state == "over" else self.state
        if was_running:
            self.begin(now_s)

    def set_flag(self, name: str, beat: float | None, now_s: float) -> None:
        """Let the loop begin ("A") with the bar of a beat, or end ("B") with it; it is on from now on. None: with the
        bar that is shown."""
        bar = self.bar if beat is None else self.score.bar_at(beat)
        first, last = self.choices.bars(self.score)
        if name == "A":
            first, last = bar.number, max(last, bar.number)
        else:
            first, last = min(first, bar.number), bar.number
        self.choose(now_s, first_bar=first, last_bar=last, looping=True)

    def seek(self, beat: float, now_s: float) -> None:
        """Go on from the bar of a beat; what lies outside the loop is its nearest bar."""
        was_running = self.running
        self._halt(now_s)
        self._open(first_group(self.part, min(max(beat, self.part.begin), self.part.end)), keep=True)
        self.state = "ready" if self.state == "over" else self.state
        if was_running:
            self.begin(now_s)

    def skip(self, now_s: float, now: float) -> None:
        """Pass over the group that is waited for."""
        if self.running:
            self._take(self.course.skip(now_s), now)

    def observe(self, message: Message, now_s: float, now: float) -> None:
        """The next message of the engine."""
        if not self.running:
            return
        match message:
            case StreamStarted():
                self._take(self.course.begin(now_s), now)
            case Heard():
                self._hear(message)
                self._take(self.course.observe(message), now)
            case GroupPassed() | NoteOn():
                self._take(self.course.observe(message), now)

    def tick(self, now_s: float, now: float) -> None:
        """Time goes by."""
        self._heard = {pitch: at for pitch, at in self._heard.items() if at >= now_s - ROLLED_S}
        if self.running:
            self.run.seconds += min(max(now_s - self._ticked_s, 0.0), 1.0)
            self._ticked_s = now_s
            self._take(self.course.advance(now_s), now)
            if self.running:
                self._place = self.course.place(now_s)

    def picture(self, ahead_s: float, held: Mapping[int, Block]) -> RollSnapshot:
        """The blocks of the present place. held: the keys that are down."""
        hands = {note.pitch: note.hand for group in self._near() for note in group.notes}
        shown = {pitch: replace(block, hand=hands.get(pitch, "")) for pitch, block in held.items()}
        return self.roll.at(self._place, ahead_s, shown)

    @property
    def place(self) -> float:
        """Where the picture is, seconds at the written tempo."""
        return self._place

    def marks(self, now: float) -> LessonMarks:
        """What lies on the stage: the keys to be struck, those that were, and remarks."""
        checked = {pitch: Aim(pitch, hand, True) for pitch, (hand, at) in self._checked.items() if now < at + CHECK_S}
        group = self.course.group
        aims = {}
        if group is not None and self._aimed(group):
            for note in group.notes:
                if not note.optional:
                    heard = note.pitch in self._heard
                    aims[note.pitch] = Aim(note.pitch, note.hand, heard, not heard and note.pitch in self._hinted)
        return LessonMarks(tuple({**checked, **aims}.values()), self.run.remarks(now))

    def staff_marks(self) -> StaffMarks:
        """What lies on the staff."""
        group = self.course.group or self._last_group()
        following = self.part.groups[group.index + 1 : group.index + 2]
        ids = tuple(note.id for note in group.notes if note.id)
        after = tuple(note.id for one in following for note in one.notes if note.id)
        return StaffMarks(ids, after, 0.0, dict(self.run.heard), tuple(self.run.wrong))

    def _aimed(self, group: Group) -> bool:
        """Whether a group has its rings already."""
        if self.choices.mode != "play":
            return True
        return self.part.seconds(group.beat) - self._place < AIM_S

    def _last_group(self) -> Group:
        """Where the picture stands while nothing is to be struck."""
        beat = self.part.beat(self._place)
        return next((group for group in self.part.groups if group.beat >= beat - 1e-6), self.part.groups[-1])

    def _near(self) -> Iterable[Group]:
        """The group to be struck, and those beside it."""
        at = (self.course.group or self._last_group()).index
        return self.part.groups[max(at - 1, 0) : at + 2]

    def _hear(self, heard: Heard) -> None:
        """A key that the engine was asked for; the keys of a group count together for a moment."""
        group = self.course.group
        if group is not None and heard.pitch in group.pitches and self.choices.mode == "wait":
            self._heard[heard.pitch] = heard.time

    def _open(self, first: int, keep: bool = False) -> None:
        """Make ready to practise the part from a group on. keep: what was counted."""
        choices = self.choices
        tempo = choices.tempo / 100
        self.course: Course
        self.run: Run
        if choices.mode == "wait":
            self.course = WaitCourse(self.part, tempo, choices.looping, first)
        elif choices.mode == "play":
            rounds = Rounds(tempo, choices.looping, CLEAN_ROUNDS if choices.grows else None)
            self.course = PlayCourse(self.part, rounds, self.score, ON_TIME_MS, first)
        else:
            self.course = FollowCourse(self.part, tempo, first)
        if keep:
            self.run.change_tempo(tempo)
        else:
            self._end_run()
            self.run = Run(self.score, self.part, choices)
        self.roll = ScoreRoll(self.part)
        self._place = self.part.seconds(self.part.groups[first].beat)
        self._heard, self._hinted = {}, ()

    def _end_run(self) -> None:
        """Have what was played kept, once."""
        self._keeper.end(self.run.kept if self._unkept else None, self.run.verdicts if self._unkept else ())
        self._unkept = False

    def _halt(self, now_s: float) -> None:
        """Stop what runs, without a word of what was not heard."""
        if self.running:
            self.course.stop(now_s)
            self.state = "paused"
            self._tell()

    def _take(self, events: Iterable[LessonEvent], now: float) -> None:
        """Count and show what was told; let the engine know what to listen for."""
        for event in events:
            match event:
                case Waiting():
                    self._heard, self._hinted = {}, ()
                case Hint(pitches=pitches):
                    self._hinted = pitches
                case Passed(group=group):
                    self._check(self.part.groups[group].pitches, group, now)
                case Marked(pitch=pitch, group=group, verdict="right" | "early" | "late"):
                    self._check((pitch,), group, now)
            self.run.add(event, now)
            self._unkept = True
        if self.running and self.course.over:
            self.state = "over"
            self._end_run()
        self._tell()

    def _check(self, pitches: Iterable[int], group: int, now: float) -> None:
        """Keys of a group were heard."""
        hands = {note.pitch: note.hand for note in self.part.groups[group].notes}
        self._checked |= {pitch: (hands.get(pitch, "right"), now) for pitch in pitches}

    def _tell(self) -> None:
        wanted = self.course.expecting if self.running else None
        if wanted is not self._sent:
            self._sent = wanted
            self._send(wanted)
