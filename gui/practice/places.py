"""Where a piece was left, and how it was practised there."""

from __future__ import annotations

from pathlib import Path

from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from realtime.practice.library import Place
from realtime.practice.runs import piece_id


def place_of(path: Path, lesson: Lesson) -> Place:
    """Where a lesson stands."""
    choices, score = lesson.choices, lesson.score
    first, last = choices.bars(score) if choices.looping else (0, 0)
    return Place(
        path=str(path),
        title=score.title,
        bar=lesson.bar.number,
        hands=choices.hands,
        first_bar=first,
        last_bar=last,
        speed=choices.tempo,
        piece=piece_id(score),
    )


def choices_of(place: Place) -> LessonChoices:
    """As a piece was left."""
    if not place.first_bar and not place.last_bar:
        return LessonChoices(hands=place.hands, tempo=place.speed)
    return LessonChoices("wait", place.hands, place.speed, place.first_bar, place.last_bar, looping=True)
