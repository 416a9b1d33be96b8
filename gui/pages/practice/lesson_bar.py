"""The transport of a lesson: to the start, begin or pause, finish, pass over, loop; and the piece, bar by bar."""

from __future__ import annotations

from gui.practice.lesson import Lesson
from gui.practice.lesson_words import beat_words, click_words
from gui.practice.playing import PlayCourse
from gui.practice.practice_controller import PracticeController
from gui.stage.theme import Palette, Theme
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label
from gui.widgets.practice.bar_strip import BarMark, BarStrip
from gui.widgets.style import icon
from gui.widgets.transport.transport_bar import TransportBar


class LessonBar(TransportBar):
    """Everything here acts on the lesson that is open."""

    def __init__(self, practice: PracticeController) -> None:
        super().__init__()
        self._practice = practice
        self._theme: Theme | None = None
        self._begin = button(tr("To the start"), "round", tr("To the start"), practice.restart, "begin")
        self._play = button(tr("Begin"), "round", tr("Begin or pause"), practice.toggle, "play")
        self._stop = button(tr("Finish the run"), "round", tr("Finish the run"), practice.finish, "end")
        tip = tr("Pass over what is not heard; it counts as not heard, never as wrong")
        self._skip = button(tr("Pass over"), "round", tip, practice.skip, "skip")
        tip = tr("Loop (L); A and B set the bars where it begins and ends")
        self._loop = button(tr("Loop"), "round", tip, practice.toggle_loop)
        self._loop.setCheckable(True)
        tip = tr("Show the beat while you play along")
        self._metronome = button(tr("Show the beat"), "round", tip, practice.toggle_metronome, "metronome")
        self._metronome.setCheckable(True)
        self._beat = Label()
        self._beat.setObjectName("beat")
        self._beat.setFixedWidth(20)
        self._beat.setAccessibleName(tr("Beat"))
        self._clock.setMinimumWidth(132)
        self._name.setMinimumWidth(132)
        self.strip = BarStrip()
        self.strip.sought.connect(practice.seek)
        self.strip.flagged.connect(practice.set_flag)
        self._lay_out(
            (self._begin, self._play, self._stop, self._skip, self._metronome, self._loop), self.strip, self._beat
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self.strip.set_palette(palette)

    def show_lesson(self, lesson: Lesson, sight_s: float) -> None:
        """Bring buttons, words and strip up to date. sight_s: how much the stage shows."""
        assert self._theme is not None
        theme, running, choices = self._theme, lesson.running, lesson.choices
        self._begin.setIcon(icon("begin", theme.text))
        self._play.setIcon(icon("pause" if running else "listen", theme.text))
        self._play.setAccessibleName(tr("Pause") if running else tr("Begin"))
        self._stop.setIcon(icon("stop", theme.text if lesson.state in ("running", "paused") else theme.third))
        self._stop.setEnabled(lesson.state in ("running", "paused"))
        waits = running and choices.mode == "wait"
        self._skip.setIcon(icon("skip", theme.text if waits else theme.third))
        self._skip.setEnabled(waits)
        timed, beats = choices.mode == "play", choices.mode == "play" and choices.metronome
        self._metronome.setIcon(icon("metronome", theme.accent if beats else theme.text if timed else theme.third))
        self._metronome.setEnabled(timed)
        self._metronome.setChecked(beats)
        self._loop.setIcon(icon("loop", theme.accent if choices.looping else theme.text))
        self._loop.setChecked(choices.looping)
        number = lesson.bar.number
        self._clock.setText(tr("Upbeat") if number == 0 else tr("Bar {}", number))
        self._name.setText(beat_words(lesson))
        whole = self._practice.whole
        self.strip.show_piece(whole.outline, whole.length_s)
        self.strip.show_bars(
            [
                BarMark(begin, end, lesson.run.bar_kind(bar.number))
                for bar, (begin, end) in zip(lesson.score.bars, whole.bars, strict=True)
            ]
        )
        self.show_place(lesson, sight_s)

    def show_place(self, lesson: Lesson, sight_s: float) -> None:
        """Move the playhead."""
        loop = None
        if lesson.choices.looping:
            loop = lesson.part.seconds(lesson.part.begin), lesson.part.seconds(lesson.part.end)
        self.strip.show_place(max(lesson.place, 0.0), sight_s, loop)

    def show_beat(self, lesson: Lesson, now_s: float) -> None:
        """Show the metronome's beat, for a moment each."""
        course = lesson.course
        shown = lesson.running and lesson.choices.metronome and isinstance(course, PlayCourse)
        words = click_words(course.click(now_s)) if shown and isinstance(course, PlayCourse) else ""
        if words != self._beat.text():
            self._beat.setText(words)
