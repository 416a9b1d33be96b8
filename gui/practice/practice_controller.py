"""What the player can do on the page of practice: every action, on the lesson, the pieces and the engine at once."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gui.practice.choices import TEMPO_STEP
from gui.practice.lesson import Lesson
from gui.practice.lesson_sound import LessonSound
from gui.practice.next_loops import NextLoop, next_loops
from gui.practice.opened_piece import OpenedPiece, WholePiece, open_piece
from gui.practice.past_runs import PastRuns
from gui.practice.piece_rows import PieceRow, rows_of
from gui.practice.places import choices_of, place_of
from gui.practice.run_keeper import RunKeeper
from gui.state.background import Background
from gui.state.controller import Controller
from gui.state.toast import TOAST_S, Toast
from gui.translation import tr
from realtime.engine.messages import Message
from realtime.errors import FileError
from realtime.practice.engraving import engrave
from realtime.practice.library import Piece, Recent, bundled, own_folder, own_pieces
from realtime.practice.progress import Suggestion

logger = logging.getLogger(__name__)
BLOCKS = "blocks"
PATIENCE_S = 0.7  # after so long it is said that a piece is being read


class PracticeController:
    """The lesson of one window. wake: called in other threads when `pump` has work; clock: monotonic time, s."""

    def __init__(
        self,
        controller: Controller,
        wake: Callable[[], None],
        runs: Path,
        recent: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """runs: folder where they are kept; recent: file with what was practised lately."""
        self.lesson: Lesson | None = None
        self.path: Path | None = None
        self.toast: Toast | None = None
        self.recent = Recent(recent)
        self.own: tuple[Piece, ...] = ()  # in the player's folder
        self.past = PastRuns(runs, wake)
        self._sound = LessonSound()
        self._keeper = RunKeeper(controller.send_run, self.past, runs)
        self._controller, self._clock = controller, clock
        self._reading = Background[OpenedPiece]("read score", wake)
        self._looking = Background[tuple[Piece, ...]]("own pieces", wake)
        self._wanted: Path | None = None
        self._asked = 0.0
        self._then: Suggestion | None = None  # what is to be practised of the piece that is being read
        controller.followers.append(self.observe)

    @property
    def reading(self) -> Path | None:
        """The file that is being read."""
        return self._wanted if self._reading.busy else None

    @property
    def view(self) -> str:
        """ "blocks", "staff" or "both"."""
        return self._controller.settings.practice_view if self.has_staff else BLOCKS

    @property
    def has_staff(self) -> bool:
        """Whether there is sheet music of the piece."""
        notes = () if self.lesson is None else self.lesson.score.groups[0].notes
        return any(note.id for note in notes)

    @property
    def hears(self) -> bool:
        """Whether the engine listens."""
        return self._controller.session.state == "listening"

    @property
    def now_s(self) -> float:
        """The stream's clock."""
        return self._controller.session.time(self._clock())

    @property
    def rows(self) -> list[PieceRow]:
        """The pieces that can be practised."""
        practised = self.past.practised
        histories = {} if practised is None else practised.histories
        return [*rows_of(self.recent.places, bundled(), self.own, histories)]

    @property
    def loops(self) -> tuple[NextLoop, ...]:
        """What is worth practising next, of the pieces of lately."""
        practised = self.past.practised
        return () if practised is None else next_loops(practised.histories, self.recent.places)

    def look(self) -> None:
        """Look for pieces in the player's folder, and for what was practised."""
        self._looking.ask(lambda: own_pieces(own_folder()))
        self.past.look()

    def open(self, path: Path) -> None:
        """Read a piece, and put it on when it is read."""
        self._wanted, self._then, self._asked = path, None, self._clock()
        self._reading.ask(partial(open_piece, path))

    def practise(self, loop: NextLoop) -> None:
        """Read a piece, and put its loop on."""
        self.open(loop.path)
        self._then = loop.suggestion

    def pump(self) -> bool:
        """Take in what threads have read; whether there was anything."""
        self.past.pump()
        opened = self._take_in()
        if self.past.problem is not None:
            self.show_toast(tr(self.past.problem))
            self.past.problem = None
        return opened

    def _take_in(self) -> bool:
        """Put on what was read; whether there was anything."""
        self.own = self._looking.take() or self.own
        read = self._reading.take()
        if read is None:
            return False
        self.toast = None
        if read.score is None:
            self.show_toast(tr(read.problem or ""))
            return True
        self.close_lesson()
        self.path = read.path
        self.whole = WholePiece.of(read.score)
        place = self.recent.place(read.path)
        self._keeper.open(read.path)
        keeper = None if self._controller.demo else self._keeper
        self.lesson = Lesson(read.score, self._controller.expect, choices_of(place) if place else None, keeper)
        self.past.open(read.score)
        if place is not None:
            bars = (bar.beat for bar in read.score.bars if bar.number == place.bar)
            self.lesson.seek(next(bars, read.score.begin), self.now_s)
        if self._then is not None:
            self._practise(self._then)
            self._then = None
        self._remember()
        if read.score.remarks:
            self.show_toast(" ".join(tr(remark) for remark in read.score.remarks))
        return True

    def engrave(self, width: int, scale: int) -> Sequence[str]:
        """The piece as sheet music, by the line. May be called in any thread. Raises FileError."""
        assert self.path is not None
        return engrave(self.path, width, scale)

    def observe(self, message: Message, now: float) -> None:
        """The next message of the engine."""
        self._keeper.observe(message)
        if self.lesson is not None:
            self.lesson.observe(message, self._controller.session.time(now), now)

    def tick(self, now: float) -> None:
        """Let time pass."""
        silent = self._sound.follow(
            self.lesson, self._controller.settings.headphones, self._controller.session.time(now)
        )
        if silent is not None:
            self.show_toast(tr(silent))
        if self.lesson is not None:
            self.lesson.tick(self._controller.session.time(now), now)
            if self.lesson.problem is not None:
                self.show_toast(tr(self.lesson.problem))
                self.lesson.problem = None
        if self.toast is not None and now >= self.toast.until:
            self.toast = None
        if self.toast is None and self.reading is not None and now >= self._asked + PATIENCE_S:
            self.toast = Toast(tr("Reading {} …", self.reading.name), math.inf)

    def toggle(self) -> None:
        """Begin, go on or pause; a microphone that is paused listens again."""
        if self.lesson is None:
            return
        if self.lesson.running:
            self.lesson.pause(self.now_s, self._clock())
            return
        if not self._controller.listening:
            self._controller.listen()
        self.lesson.begin(self.now_s)

    def space(self) -> None:
        """Begin or go on; while a group is waited for that does not want to be heard, pass over it; else pause."""
        lesson = self.lesson
        if lesson is not None and lesson.running and lesson.choices.mode == "wait" and lesson.stubborn:
            self.skip()
        else:
            self.toggle()

    def skip(self) -> None:
        """Pass over the group that is waited for."""
        if self.lesson is not None:
            self.lesson.skip(self.now_s, self._clock())

    def restart(self) -> None:
        """To the begin of the part."""
        if self.lesson is not None:
            self.lesson.restart(self.now_s)

    def finish(self) -> None:
        """End the run."""
        if self.lesson is not None:
            self.lesson.finish(self.now_s, self._clock())

    def choose(self, **values: object) -> None:
        """Take another choice, by the names of `LessonChoices`."""
        if self.lesson is not None:
            self.lesson.choose(self.now_s, **values)

    def try_next(self) -> None:
        """Practise what the last runs suggest."""
        if self.suggestion is not None:
            self._practise(self.suggestion)

    def _practise(self, suggestion: Suggestion) -> None:
        """A loop at its tempo; who is followed has neither, so the piece runs."""
        assert self.lesson is not None
        mode = self.lesson.choices.mode
        self.choose(
            mode="play" if mode == "follow" else mode,
            first_bar=suggestion.first_bar,
            last_bar=suggestion.last_bar,
            looping=True,
            hands=suggestion.hands,
            tempo=round(100 * suggestion.tempo),
        )

    @property
    def suggestion(self) -> Suggestion | None:
        """What to try next, None where nothing is known or all is sure."""
        return None if self.past.history is None else self.past.history.suggestion

    def change_tempo(self, steps: int) -> None:
        """Slower or faster."""
        if self.lesson is not None:
            self.choose(tempo=self.lesson.choices.tempo + steps * TEMPO_STEP)

    def toggle_loop(self) -> None:
        """Round and round the chosen bars, or no more."""
        if self.lesson is not None:
            self.choose(looping=not self.lesson.choices.looping)

    def toggle_metronome(self) -> None:
        """Show the beat, or not."""
        if self.lesson is not None:
            self.choose(metronome=not self.lesson.choices.metronome)

    def toggle_wait(self) -> None:
        """Let the piece wait, or run by itself."""
        if self.lesson is not None:
            self.choose(mode="play" if self.lesson.choices.mode == "wait" else "wait")

    def set_flag(self, name: str, place_s: float | None = None) -> None:
        """Begin ("A") or end ("B") of the loop: the bar of a place, s at the written tempo; None: the present one."""
        if self.lesson is not None:
            beat = None if place_s is None else self.lesson.score.beat(place_s)
            self.lesson.set_flag(name, beat, self.now_s)

    def seek(self, place_s: float) -> None:
        """Go on from the bar of a place, s at the written tempo."""
        if self.lesson is not None:
            self.lesson.seek(self.lesson.score.beat(place_s), self.now_s)

    def step(self, bars: int) -> None:
        """Go on from another bar."""
        if self.lesson is not None:
            score, here = self.lesson.score, self.lesson.bar
            index = min(max(score.bars.index(here) + bars, 0), len(score.bars) - 1)
            self.lesson.seek(score.bars[index].beat, self.now_s)

    def seek_note(self, note_id: str) -> None:
        """Go on from the bar of a note on the staff."""
        if self.lesson is not None:
            notes = (note for group in self.lesson.part.groups for note in group.notes)
            found = next((note for note in notes if note.id == note_id), None)
            if found is not None:
                self.lesson.seek(found.beat, self.now_s)

    def seek_bar(self, number: int) -> None:
        """Go on from a bar, by its printed number."""
        if self.lesson is not None:
            found = next((bar for bar in self.lesson.score.bars if bar.number == number), None)
            if found is not None:
                self.lesson.seek(found.beat, self.now_s)

    @property
    def split(self) -> int:
        """Share of the sheet music where both are shown, per cent."""
        return self._controller.settings.practice_split

    def set_split(self, share: int) -> None:
        """Give the sheet music its share, per cent."""
        self._controller.set_display(practice_split=share)

    def show_view(self, view: str) -> None:
        """Show blocks, staff or both."""
        self._controller.set_display(practice_view=view)

    def next_view(self) -> None:
        """The next of them."""
        views = ("blocks", "staff", "both") if self.has_staff else (BLOCKS,)
        self.show_view(views[(views.index(self.view) + 1) % len(views)])

    def leave(self) -> None:
        """The player turns to another page."""
        if self.lesson is not None:
            self.lesson.pause(self.now_s, self._clock())
            self._remember()

    def close_lesson(self) -> None:
        """Take the piece off; where it stands is remembered."""
        self.leave()
        if self.lesson is not None:
            self.lesson.finish(self.now_s, self._clock())
        self.lesson = self.path = None

    def close(self) -> None:
        """The window closes."""
        self.close_lesson()
        self._sound.close()
        self._reading.forget()
        self._controller.unsaved = self.past.close() or self._controller.unsaved

    def show_toast(self, text: str) -> None:
        """Show a sentence for a while."""
        self.toast = Toast(text, self._clock() + TOAST_S)

    def _remember(self) -> None:
        if self.lesson is None or self.path is None:
            return
        try:
            self.recent.remember(place_of(self.path, self.lesson))
        except FileError as error:  # a disk that is full is no reason to stop
            logger.warning("recent pieces: %s", error)
