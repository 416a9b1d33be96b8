"""A lesson in words: what is waited for, where the player is, what was counted."""

from __future__ import annotations

from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from gui.practice.playing import PlayCourse
from gui.practice.run import Run
from gui.stage.lesson import key_name
from gui.translation import mark, tr
from realtime.practice.play import Click
from realtime.practice.score import Score

HANDS = {"left": mark("left hand"), "right": mark("right hand"), "both": mark("both hands")}
MOST_NAMES = 5


def waiting_words(lesson: Lesson, now_s: float, now: float) -> tuple[str, str, str]:
    """Icon, words and hand of what is to be done now; no words where nothing is to be said."""
    if lesson.running and (doubt := lesson.run.doubt(now)) is not None:
        return "help", tr(doubt), ""
    if lesson.state == "paused":
        return "pause", tr("Paused"), tr("Space goes on")
    if lesson.state == "ready":
        return "listen", tr("Ready"), tr("Space begins")
    if lesson.state == "over":
        words = tr("Played to the end") if lesson.course.over else tr("The run is finished")
        return "check", words, tr("Space begins again")
    course = lesson.course
    if isinstance(course, PlayCourse):
        return _playing(course, now_s)
    missing = lesson.missing
    if not missing or course.group is None:
        return "pause", "", ""
    names = [key_name(pitch) for pitch in missing]
    words = " ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    hands = {note.hand for note in course.group.notes if note.pitch in missing and not note.optional}
    hand = tr(HANDS["both" if len(hands) > 1 else hands.pop()])
    return "pause", tr("Waiting for {}", words), tr("{} · Space passes over it", hand) if lesson.stubborn else hand


def _playing(course: PlayCourse, now_s: float) -> tuple[str, str, str]:
    """The beats that are counted in."""
    left = course.beats_before(now_s)
    return ("clock", f"{left} …", tr("counted in")) if left else ("listen", "", "")


def where_words(lesson: Lesson) -> str:
    """ "Bar 6 of 32 · loop 5–8": where the player is."""
    number, last = lesson.bar.number, lesson.score.bars[-1].number
    words = tr("Upbeat") if number == 0 else tr("Bar {} of {}", number, last)
    if lesson.choices.looping:
        words += " · " + tr("loop {}–{}", *lesson.choices.bars(lesson.score))  # noqa: RUF001
    return words


def loop_words(choices: LessonChoices, score: Score) -> str:
    """What the switch of the loop is called."""
    if choices.first_bar is None and choices.last_bar is None:
        return tr("Loop the piece")
    return tr("Loop bars {}–{}", *choices.bars(score))  # noqa: RUF001


def beat_words(lesson: Lesson) -> str:
    """ "beat 1 · run 3"."""
    bar = lesson.bar
    group = lesson.course.group
    beat = lesson.part.beat(lesson.place) if group is None or lesson.choices.mode != "wait" else group.beat
    return tr("beat {} · run {}", max(int(beat - bar.beat), 0) + 1, lesson.run.number)


def timing_words(run: Run) -> str:
    """ "+9 ms · spread 31 ms": the median lateness and its spread, "" without times."""
    result = run.tally.result
    if not run.lateness_ms:
        return ""
    return tr("{:+.0f} ms · spread {:.0f} ms", result.bias_ms, result.spread_ms)


def click_words(click: Click | None) -> str:
    """A dot for each beat of the metronome, a larger one where a bar begins."""
    if click is None:
        return ""
    return "●" if click.accent else "•"
