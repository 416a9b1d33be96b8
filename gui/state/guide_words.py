"""Texts of the first-run guide about what was found."""

from __future__ import annotations

from html import escape

from gui.state.first_run import GOOD_CENTS, FirstRun
from gui.state.options import tuning_of
from gui.translation import mark, tr
from realtime.limits import TUNING_CENTS

LEVEL_WORDS = {"wait": mark("not yet"), "good": mark("good"), "low": mark("too quiet"), "high": mark("too loud")}


def tuning_words(cents: float | None) -> str:
    """ "4 cents flat" and what it means; None: nothing was measured."""
    if cents is None:
        return ""
    size = abs(round(cents))
    if size == 0:
        return tr("Your piano is in tune with A4 = 440 Hz.")
    words = tr("Your piano is {} cents flat.", size) if cents < 0 else tr("Your piano is {} cents sharp.", size)
    if size <= GOOD_CENTS:
        return f"{words} {tr('That is in tune.')}"
    if size <= TUNING_CENTS.most:
        return words
    return f"{words} {tr('That is far: some notes may be taken for their neighbours until it is tuned.')}"


def correction_words(correction: int | None, corrected: float) -> str:
    """The label of the button that corrects the tuning; without it, what is corrected already.

    correction: cents, as `FirstRun.correction` has it; corrected: cents that are in force.
    """
    if correction is None:
        return tr("Liszten corrects this: {}.", tuning_of(round(corrected))) if corrected else ""
    return tr("Correct for it: {}", tuning_of(correction)) if correction else tr("Correct nothing any more")


def level_words(state: str, level_db: float | None) -> str:
    """How loud a note was, and whether that is good. state: of `Level`; level_db: dBFS."""
    words = tr(LEVEL_WORDS[state])
    return words if level_db is None or state == "wait" else f"{level_db:.0f} dB · {words}".replace("-", "−")  # noqa: RUF001


def level_advice(loud: str, soft: str, room_known: bool) -> str:
    """What to do next. loud, soft: states of `Level`; room_known: whether its noise was measured."""
    if loud == "high":
        return tr("Turn the gain of the input down, then play loudly again.")
    if loud == "low":
        return tr("Move the microphone closer or turn the gain up, then play loudly again.")
    if soft == "low":
        return tr("The room is loud, or the microphone far away: move it closer.")
    if soft == "wait":
        return ""
    if not room_known:
        return tr("Now be silent for three seconds, so that the noise of the room is known.")
    return tr("The noise gate goes between the room and your soft note.")


def numbered(steps: list[str], colour: str) -> str:
    """Steps as rich text, each with its number in a colour, or without numbers."""
    rows = []
    for number, step in enumerate(steps, start=1):
        cell = f'<td width="22" style="color:{colour}">{number}</td>' if colour else ""
        rows.append(f'<tr>{cell}<td style="padding-bottom:5px">{escape(step)}</td></tr>')
    return f'<table cellspacing="0" cellpadding="0">{"".join(rows)}</table>'


def octave_words(octaves: int) -> str:
    """What to do when the last C was another one than asked for."""
    if octaves == 0:
        return ""
    if octaves > 0:
        return tr("The last C was heard higher up: look for the one that is meant.")
    return tr("The last C was heard lower down: look for the one that is meant.")


def echo_words(guide: FirstRun, ready: bool) -> tuple[str, str, str]:
    """State, result and advice."""
    if guide.testing:
        return "wait", tr("listening"), ""
    if not guide.echo_done:
        return "wait", tr("not yet"), "" if ready else tr("This needs a microphone that listens and an open MIDI port.")
    if guide.loop_s is None:
        return "good", tr("no echo"), tr("Nothing came back. You can play.")
    advice = tr("Use headphones or turn the speakers down, then check again.")
    return "echo", tr("heard after {:.0f} ms", 1000 * guide.loop_s), advice
