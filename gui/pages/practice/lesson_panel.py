"""The side panel of a lesson: how it is practised, how this run goes, and what to try next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.practice.choices import AS_WRITTEN, CLEAN_ROUNDS, FASTEST, SLOWEST
from gui.practice.lesson import Lesson
from gui.practice.lesson_words import loop_words, timing_words
from gui.practice.practice_controller import PracticeController
from gui.practice.run import Run
from gui.practice.today_words import history_words
from gui.stage.lesson import remark_colour
from gui.stage.marks import EXTRA, LATE, MISSED, RIGHT
from gui.stage.theme import Theme
from gui.translation import tr
from gui.widgets.controls import Segments, Switch, button
from gui.widgets.label import Label
from gui.widgets.practice.bar_shares import BarShares
from gui.widgets.practice.bar_strip import ICONS
from gui.widgets.practice.run_views import ShareRing, TimingView
from gui.widgets.sections import Sections
from gui.widgets.state_chip import StateChip
from gui.widgets.style import pixmap
from gui.widgets.value_slider import ValueSlider
from realtime.practice.verdicts import ON_TIME_MS

SIGN = 14
BLOCKS, STAFF, BOTH = "blocks", "staff", "both"


class LessonPanel(Sections):
    """Every control acts on the lesson that is open."""

    def __init__(self, practice: PracticeController) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._practice = practice
        self._theme: Theme | None = None
        self._written = 0.0  # quarters a minute as written where the player is
        self._add_choices()
        self._add_run()
        self._add_next()
        self.end()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self.ring.set_theme(theme)
        self.timing.set_theme(theme)
        self.counts.set_theme(theme)
        self.bars.set_theme(theme)

    def show_lesson(self, lesson: Lesson, now: float) -> None:
        """Bring everything up to date."""
        assert self._theme is not None
        choices = lesson.choices
        self.hands.show_choice(choices.hands)
        self.mode.show_choice(choices.mode)
        self.view.show_choice(self._practice.view)
        for key in (STAFF, BOTH):
            self.view.allow(key, self._practice.has_staff)
        self._loop_words.setText(loop_words(choices, lesson.score))
        self.loop.setChecked(choices.looping)
        self.loop.setAccessibleName(self._loop_words.text())
        self.metronome.setChecked(choices.metronome)
        self.grows.setChecked(choices.grows)
        timed = choices.mode == "play"
        for part in (self.grows, self._grows_words, self.metronome, self._metronome_words):
            part.setVisible(timed)
        self._written = lesson.written
        self.tempo.show_value(lesson.tempo)
        self._show_hearing(self._theme)
        self._show_run(lesson, timed)
        self._show_next()

    def _add_choices(self) -> None:
        choose = self._practice.choose
        self._hearing = StateChip()
        self.section("practice", tr("Practice"), self._hearing)
        hands = [("left", tr("Left", about="hand")), ("right", tr("Right", about="hand")), ("both", tr("Both"))]
        self.hands = self.add(Segments(tr("Hands"), hands))
        self.hands.chosen.connect(lambda hands: choose(hands=hands))
        modes = [("wait", tr("Wait for me")), ("play", tr("Play along")), ("follow", tr("Follow me"))]
        self.mode = self.add(Segments(tr("Way to practise"), modes))
        self.mode.chosen.connect(lambda mode: choose(mode=mode))
        self._loop_words = Label()
        self.loop = self.themed(Switch(tr("Loop")))
        self.loop.clicked.connect(lambda on: choose(looping=on))
        self.add_row(self._loop_words, None, self.loop)
        self.metronome = self.themed(Switch(tr("Show the beat")))
        self.metronome.clicked.connect(lambda on: choose(metronome=on))
        self._metronome_words = Label(tr("Show the beat"))
        self.add_row(self._metronome_words, None, self.metronome)
        self._grows_words = Label(tr("Faster after {} clean rounds", CLEAN_ROUNDS))
        self.grows = self.themed(Switch(tr("Faster after {} clean rounds", CLEAN_ROUNDS)))
        self.grows.clicked.connect(lambda on: choose(grows=on))
        self.add_row(self._grows_words, None, self.grows)
        self.tempo = self.add(ValueSlider(tr("Tempo"), SLOWEST, FASTEST, self._tempo_words))
        self.tempo.moved.connect(lambda tempo: choose(tempo=tempo))
        views = [(BLOCKS, tr("Blocks")), (STAFF, tr("Staff")), (BOTH, tr("Both", about="views"))]
        self.view = self.add(Segments(tr("View"), views))
        self.view.chosen.connect(self._practice.show_view)

    def _add_run(self) -> None:
        self.section("run", tr("This run"))
        self.ring = ShareRing()
        self.counts = Counts()
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.ring)
        row.addWidget(self.counts, 1)
        self._column.addLayout(row)
        self._timing_words, self._timing_value = Label(tr("Timing")), Label()
        self._timing_value.setObjectName("value")
        self.add_row(self._timing_words, None, self._timing_value)
        self.timing = self.add(TimingView())

    def _add_next(self) -> None:
        self.section("next", tr("Try next"))
        self.next = self.add(button(tr("Try next"), "suggestion", tr("Practise this now"), self._practice.try_next))
        self.section("past", tr("This piece so far"))
        self._known = self.add(Label())
        self._known.setObjectName("small")
        self._known.setWordWrap(True)
        self.bars = self.add(BarShares())
        self.bars.picked.connect(self._practice.seek_bar)

    def _show_next(self) -> None:
        """What the last runs tell and suggest; a section without anything to say is hidden."""
        past, suggestion = self._practice.past.history, self._practice.suggestion
        for key, parts, there in (
            ("next", (self.next,), suggestion is not None),
            ("past", (self._known, self.bars), past is not None),
        ):
            for part in (self._heads[key], self._rules[key], *parts):
                part.setVisible(there)
        if suggestion is not None:
            self.next.setText(tr(suggestion.said))
            self.next.setAccessibleName(tr("Try next: {}", tr(suggestion.said)))
        if past is not None:
            self._known.setText(history_words(past))
            self.bars.show_bars(past.bars)

    def _tempo_words(self, value: int) -> str:
        return f"{value} % · ♩ = {self._written * value / 100:.0f}"

    def _show_hearing(self, theme: Theme) -> None:
        hears = self._practice.hears
        words = tr("Hearing you") if hears else tr("Not listening")
        self._hearing.show_state("check" if hears else "quiet", words, theme.good if hears else theme.third, theme)

    def _show_run(self, lesson: Lesson, timed: bool) -> None:
        run = lesson.run
        self.ring.show_share(run.share)
        self.counts.show_counts(counts_of(run))
        for part in (self._timing_words, self._timing_value, self.timing):
            part.setVisible(timed)
        self._timing_value.setText(timing_words(run))
        self.timing.show_lateness(run.lateness_ms, ON_TIME_MS)
        self.tempo.set_mark(AS_WRITTEN, self._theme.second if self._theme is not None else "")


class Counts(QWidget):
    """Kinds of notes with their signs, and how many there were of each."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._theme: Theme | None = None
        self._rows: list[tuple[Label, Label, Label]] = []
        self._shown: tuple[tuple[str, str, int], ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme, self._shown = theme, ()

    def show_counts(self, counts: Sequence[tuple[str, str, int]]) -> None:
        """counts: kind, words and number of each."""
        assert self._theme is not None
        if tuple(counts) == self._shown:
            return
        self._shown = tuple(counts)
        while len(self._rows) < len(counts):
            row = Label(), Label(), Label()
            row[2].setObjectName("value")
            for column, label in enumerate(row):
                self._grid.addWidget(label, len(self._rows), column)
            self._rows.append(row)
        for index, (sign, words, number) in enumerate(self._rows):
            there = index < len(counts)
            for label in (sign, words, number):
                label.setVisible(there)
            if there:
                kind, said, count = counts[index]
                sign.setPixmap(pixmap(ICONS[kind], remark_colour(kind, self._theme), SIGN, self.devicePixelRatioF()))
                words.setText(said)
                number.setText(str(count))


def counts_of(run: Run) -> list[tuple[str, str, int]]:
    """Kind, words and number of what was counted. Where the piece waits nothing is wrong: it was heard, or not."""
    result = run.tally.result
    if not run.timed:
        return [
            (RIGHT, tr("Right", about="notes"), result.right),
            (MISSED, tr("Not heard"), result.missed),
            (EXTRA, tr("Other keys"), result.wrong + result.extra),
        ]
    return [
        (RIGHT, tr("Right", about="notes"), result.right),
        (MISSED, tr("Missed"), result.missed),
        (EXTRA, tr("Wrong or extra"), result.wrong + result.extra),
        (LATE, tr("Early or late"), result.early_late),
    ]
