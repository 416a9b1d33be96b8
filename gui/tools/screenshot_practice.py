"""The page of practice for `gui.tools.screenshots`: a piece in each way to practise it, and the list of pieces."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from gui.pages.main_window import MainWindow
from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from gui.practice.playing import PlayCourse
from gui.tools.screenshot_pages import STREAM, wait
from gui.widgets.tabs import PRACTICE
from realtime.events import NoteOff, NoteOn
from realtime.practice.reading import read_score
from realtime.practice.runs import STARTED, BarRow, RunResult, keep, piece_id
from realtime.practice.runs import Run as KeptRun
from realtime.transcription.expected import GroupPassed, Heard

PIECE = Path(str(resources.files("assets"))) / "pieces" / "minuet-in-g.musicxml"
WAITED_S = 5.0


def practice(window: MainWindow) -> None:
    """A piece that waits for one of two keys; the other was heard. It was practised before."""
    window.controller.set_display(theme="daylight", practice_view="blocks")
    _practised(window)
    lesson = _open(window)
    _loop(window, lesson, 5, 8)
    _pass(window, lesson, 5)
    group = lesson.course.group
    assert group is not None
    _hear(window, lesson, group.pitches[0])
    _hold(window, group.pitches[0])


def practice_both(window: MainWindow) -> None:
    """Sheet music above the blocks, of a piece that was practised before."""
    window.controller.set_display(theme="daylight")
    _practised(window)
    lesson = _open(window)
    _pass(window, lesson, 12)
    _hold(window, lesson.part.groups[11].pitches[-1])


def practice_hint(window: MainWindow) -> None:
    """A group that does not want to be heard, on blocks alone, in high contrast."""
    window.controller.set_display(theme="contrast", practice_view="blocks")
    lesson = _open(window)
    _pass(window, lesson, 2)
    _strike(lesson, 66, _now_s(window, lesson))
    lesson.tick(_now_s(window, lesson) + WAITED_S, time.monotonic())


def practice_staff(window: MainWindow) -> None:
    """Sheet music alone; the page has turned."""
    window.controller.set_display(practice_view="staff")
    lesson = _open(window)
    _pass(window, lesson, 60)


def practice_play(window: MainWindow) -> None:
    """The piece runs, and the notes have their verdicts."""
    lesson = _open(window)
    lesson.choose(0.0, mode="play", tempo=80)
    now_s = 0.0
    late_s = (0.01, -0.02, 0.065, 0.03, -0.08, 0.0, 0.02, 0.04, -0.03, 0.01, 0.058)
    course = lesson.course
    assert isinstance(course, PlayCourse)
    ran = course.round
    assert ran is not None
    for group in lesson.part.groups[: len(late_s)]:
        for pitch in group.pitches[: 2 if group.index != 5 else 0]:
            now_s = ran.time(group.beat) + late_s[group.index]
            _strike(lesson, pitch, now_s)
        lesson.tick(now_s, time.monotonic())
    lesson.tick(now_s + 0.02, time.monotonic())
    lesson.pause(now_s, time.monotonic())


def practice_pieces(window: MainWindow) -> None:
    """The list of pieces, and what was practised today."""
    _practised(window)
    _open(window)
    window.pages.practice.back()


def practice_broken(window: MainWindow) -> None:
    """A file that is no piece."""
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    page.open(window.controller.settings_folder / "settings.toml")
    wait(window, lambda: page.practice.toast is not None)


def _practised(window: MainWindow) -> None:
    """Two runs of today and one of yesterday; the left hand misses something in bars 7 and 8."""
    assert window.pages.practised is not None
    score = read_score(PIECE)
    bars = []
    for number in range(1, score.bars[-1].number + 1):
        missed = 2 if number in (7, 8) else int(number == 22)
        bars += [BarRow(number, "left", right=4 - missed, missed=missed), BarRow(number, "right", right=8)]
    right = sum(row.right for row in bars)
    result = RunResult(right, sum(row.missed for row in bars), 0, 0, 0, bias_ms=9.0, spread_ms=31.0)
    noon = datetime.now().replace(hour=12, minute=0, second=0)
    for begun, seconds in ((noon - timedelta(days=1), 700.0), (noon, 840.0), (noon + timedelta(minutes=15), 600.0)):
        kept = KeptRun(
            piece_id(score),
            score.title,
            begun.strftime(STARTED),
            seconds,
            mode="play",
            hands="both",
            first_bar=1,
            last_bar=score.bars[-1].number,
            tempo=0.8,
            clean_tempo=0.7,
            result=result,
            bars=tuple(bars),
        )
        keep(kept, window.pages.practised[0])


def _open(window: MainWindow) -> Lesson:
    """The piece, begun as on the first day, on a piano of which no key is down."""
    window.controller.session.apply(STREAM, time.monotonic())
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    page.back()
    page.open(PIECE)
    wait(window, lambda: page.practice.lesson is not None and page.practice.past.practised is not None)
    lesson = page.practice.lesson
    assert lesson is not None
    lesson.choose(0.0, **asdict(LessonChoices()))
    lesson.restart(0.0)
    if page.practice.view != "blocks":
        wait(window, lambda: page.staff.ready)
    page.practice.toggle()
    return lesson


def _loop(window: MainWindow, lesson: Lesson, first: int, last: int) -> None:
    lesson.choose(_now_s(window, lesson), first_bar=first, last_bar=last, looping=True)


def _hold(window: MainWindow, pitch: int) -> None:
    """A key is down."""
    at = window.controller.session.time(time.monotonic())
    window.controller.session.apply(NoteOn(at, at + 0.05, pitch, 80, 0.9), time.monotonic())


def _now_s(window: MainWindow, lesson: Lesson) -> float:
    """When the group that is waited for may be struck; never before the window's own clock, or it would wait."""
    wanted = lesson.course.expecting
    after = 0.0 if wanted is None or wanted.since is None else wanted.since + 0.5
    return max(after, window.pages.practice.practice.now_s)


def _hear(window: MainWindow, lesson: Lesson, pitch: int) -> None:
    at = _now_s(window, lesson)
    lesson.observe(Heard(pitch, at, at + 0.05, False), at, time.monotonic())


def _pass(window: MainWindow, lesson: Lesson, groups: int) -> None:
    """Play the next groups."""
    for _ in range(groups):
        wanted, at = lesson.course.expecting, _now_s(window, lesson)
        assert wanted is not None
        for pitch in wanted.pitches:
            _hear(window, lesson, pitch)
        lesson.observe(GroupPassed(wanted.group, at, at + 0.05, 1), at, time.monotonic())
        lesson.tick(at + 0.3, time.monotonic())


def _strike(lesson: Lesson, pitch: int, at: float) -> None:
    lesson.observe(NoteOn(at, at + 0.06, pitch, 80, 0.9), at, time.monotonic())
    lesson.observe(NoteOff(at + 0.2, at + 0.26, pitch), at, time.monotonic())


PRACTICE_STATES = (
    practice,
    practice_both,
    practice_hint,
    practice_staff,
    practice_play,
    practice_pieces,
    practice_broken,
)
