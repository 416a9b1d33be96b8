"""A run: what was played of a part so far, counted, and marked on staff, blocks and bars."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from gui.practice.choices import LessonChoices
from gui.practice.course import LessonEvent
from gui.practice.staff_marks import WrongHead
from gui.stage.lesson import Remark, key_name
from gui.stage.marks import EARLY, EXTRA, LATE, MISSED, RIGHT
from gui.translation import tr
from realtime.practice.play_mode import RoundEnded
from realtime.practice.runs import Run as KeptRun
from realtime.practice.score import Group, Score
from realtime.practice.session import Doubted, Ledger
from realtime.practice.session import Lesson as Practised
from realtime.practice.verdicts import BarTally, Marked, Missed, Tally
from realtime.practice.wait import NotHeard, Passed, Round, Waiting
from realtime.words import Said

REMARK_S, REMARK_FADE_S = 0.6, 0.25
REMARKS, WRONG_HEADS = 12, 40
DOUBT_S = 8.0  # so long it is said that this seems to be another piece
KINDS = {"right": RIGHT, "early": EARLY, "late": LATE, "wrong": EXTRA, "extra": EXTRA}


@dataclass(frozen=True)
class _Said:
    """A remark, the group that it is about, and when it was made, monotonic."""

    pitch: int
    kind: str
    words: str
    group: int
    at: float


class Run:
    """piece: the whole score, of which `part` is practised.

    number: how many times the part was begun; timed: whether notes have a moment at which they are due; seconds: how
    long it ran. heard: id of a note -> how it was; wrong: keys that are not written; lateness_ms: of the notes that
    have a time.
    """

    def __init__(self, piece: Score, part: Score, choices: LessonChoices) -> None:
        self.part, self.timed = part, choices.mode == "play"
        self.number = 1
        self.seconds = 0.0
        tempo = choices.tempo / 100 if self.timed else 0.0
        self._ledger = Ledger(Practised(piece, part, choices.mode, choices.hands, tempo), datetime.now())
        self._doubt: tuple[Said, float] | None = None  # and when it was told
        self.heard: dict[str, str] = {}
        self.wrong: deque[WrongHead] = deque(maxlen=WRONG_HEADS)
        self.lateness_ms: list[float] = []
        self._said: deque[_Said] = deque(maxlen=REMARKS)

    @property
    def tally(self) -> Tally:
        """What was counted so far."""
        return self._ledger.tally

    @property
    def verdicts(self) -> tuple[Marked | Missed, ...]:
        """All that were told."""
        return self._ledger.verdicts

    @property
    def empty(self) -> bool:
        """Whether nothing is known yet."""
        return not self.tally.bars

    @property
    def kept(self) -> KeptRun | None:
        """What is kept of it, None when no key was heard."""
        return None if self._ledger.empty else self._ledger.run(self.seconds)

    def doubt(self, now: float) -> Said | None:
        """That another piece seems to be played, for a while."""
        return self._doubt[0] if self._doubt is not None and now < self._doubt[1] + DOUBT_S else None

    @property
    def share(self) -> float | None:
        """Share of the written notes whose key was right, None before any. Where the piece waits, what was struck
        before the right key counts for nothing."""
        result = self.tally.result
        right = result.right + result.early_late
        written = right + result.missed + (result.wrong if self.timed else 0)
        return right / written if written else None

    def change_tempo(self, tempo: float) -> None:
        """It goes on at another share of the written tempo."""
        if self.timed:
            self._ledger.tempo = tempo

    def add(self, event: LessonEvent, now: float) -> None:
        """Take in what was told. now: monotonic time, s."""
        for told in self._ledger.counted([event]):
            if isinstance(told, Doubted):
                self._doubt = told.said, now
        match event:
            case Marked():
                self._mark(event, now)
            case Missed(group=group, bar=bar, pitches=pitches) | NotHeard(group=group, bar=bar, pitches=pitches):
                if isinstance(event, NotHeard):
                    self._ledger.counted([Missed(group, bar, pitches)])
                words = tr("{} missed") if self.timed else tr("{} not heard")
                for pitch in pitches:
                    self._note(group, pitch, MISSED)
                    self._say(pitch, MISSED, words.format(key_name(pitch)), group, now)
            case Waiting(group=group):
                self._forget(self.part.groups[group])
            case Passed(group=group):
                for pitch in self.part.groups[group].pitches:
                    self._note(group, pitch, RIGHT)
            case Round(number=number) | RoundEnded(number=number):
                self.number = number + 1

    def remarks(self, now: float) -> tuple[Remark, ...]:
        """Those that are still seen, the oldest first."""
        seen = []
        for said in self._said:
            left = min((said.at + REMARK_S + REMARK_FADE_S - now) / REMARK_FADE_S, 1.0)
            if left > 0:
                seen.append(Remark(said.pitch, said.kind, said.words, left))
        return tuple(seen)

    def bar_kind(self, number: int) -> str:
        """The mark of a bar: what there is most reason to look at, "" before it was played."""
        bar = self.tally.bars.get(number)
        return "" if bar is None else kind_of(bar)

    def _mark(self, marked: Marked, now: float) -> None:
        kind = KINDS[marked.verdict]
        if kind == EXTRA:
            self._mark_wrong(marked, now)
            return
        self._note(marked.group, marked.pitch, kind)
        if marked.ms is None:
            return
        self.lateness_ms.append(marked.ms)
        if kind != RIGHT:
            late = tr("{} {:.0f} ms late", key_name(marked.pitch), marked.ms)
            early = tr("{} {:.0f} ms early", key_name(marked.pitch), -marked.ms)
            self._say(marked.pitch, kind, late if kind == LATE else early, marked.group, now)
        elif not any(said.group == marked.group and said.kind == RIGHT for said in self._said):
            self._say(marked.pitch, kind, tr("On time"), marked.group, now)

    def _mark_wrong(self, marked: Marked, now: float) -> None:
        self._say(marked.pitch, EXTRA, key_name(marked.pitch), marked.group, now)
        written = [note for note in self.part.groups[marked.group].notes if note.id]
        near = min(written, key=lambda note: abs(note.pitch - marked.pitch), default=None)
        if near is not None:
            self.wrong.append(WrongHead(marked.pitch, near.id, near.pitch))

    def _note(self, group: int, pitch: int, kind: str) -> None:
        """How a written note was."""
        for note in self.part.groups[group].notes:
            if note.pitch == pitch and note.id:
                self.heard[note.id] = kind

    def _say(self, pitch: int, kind: str, words: str, group: int, now: float) -> None:
        """Over a key there is what was said of it last."""
        self._said = deque((said for said in self._said if said.pitch != pitch), maxlen=REMARKS)
        self._said.append(_Said(pitch, kind, words, group, now))

    def _forget(self, group: Group) -> None:
        """A group is to be played again."""
        ids = {note.id for note in group.notes}
        for note in ids:
            self.heard.pop(note, None)
        self.wrong = deque((head for head in self.wrong if head.beside not in ids), maxlen=WRONG_HEADS)


def kind_of(bar: BarTally) -> str:
    """Missed before wrong, wrong before early or late."""
    if bar.missed:
        return MISSED
    if bar.wrong or bar.extra:
        return EXTRA
    if bar.early or bar.late:
        return LATE if bar.late >= bar.early else EARLY
    return RIGHT
