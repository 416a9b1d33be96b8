"""One thing to try next: the place that stands out most, in a sentence or two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.analysis.pulse import HOP_S
from realtime.contract import BoolArray, Float64Array
from realtime.report.facts import clock
from realtime.report.measures.pedalling import clash_seconds, notes_under
from realtime.report.measures.summary import Measures
from realtime.takes.notes import TakeNotes
from realtime.words import Phrase, Said

# Least values that stand out, each in its own unit; the suggestion is the place that exceeds its own by most.
# Seconds for which neighbours sound together: nine of ten excerpts of PercePiano stay below under every pedal.
CLASH_S = 5.0
# Transcriptions lack lifts of the pedal: of twelve recordings those with more than this in the transcription had more
# than CLASH_S as played, and those with less had not.
TRANSCRIBED_CLASH_S = 12.0
TEMPO_CHANGE = 0.06
CLEAR_PULSE = 0.5
# Windows whose tempo deviates by this share of the most belong to the same passage.
NEARLY = 0.8
CHORD_SPREAD_S = 0.035
LEAST_CHORD_NOTES = 3

BLURRED = Phrase(
    "suggestion.blurred",
    "From {down} to {up} one pedal keeps {pitches} pitches sounding, some of them neighbours. Listen to that place, "
    "and try changing the pedal with the harmony.",
)
OTHER_TEMPO = Phrase(
    "suggestion.other_tempo",
    "Between {start} and {end} the tempo is {change:.0f} % {direction} than over the whole. If you did not mean it, "
    "play that passage once at a steady {bpm:.0f}.",
)
SLOWER, FASTER = Phrase("suggestion.slower", "slower"), Phrase("suggestion.faster", "faster")
SPREAD_CHORD = Phrase(
    "suggestion.spread_chord",
    "At {time} the notes of a chord come {spread_ms:.0f} ms apart. If they were meant together, try that chord slowly "
    "until all its notes speak at once.",
)


@dataclass(frozen=True)
class Suggestion:
    """said: a sentence or two. start_s, end_s: the place. weight: how far it stands out, 1 at the least."""

    said: Said
    start_s: float
    end_s: float
    weight: float


def suggestion(notes: TakeNotes, measures: Measures) -> Suggestion | None:
    """The one thing to try, or None when nothing stands out."""
    found = [_blurred(notes, measures), _tempo(measures), _chord(notes, measures)]
    return max((one for one in found if one is not None), key=lambda one: one.weight, default=None)


def _blurred(notes: TakeNotes, measures: Measures) -> Suggestion | None:
    """The press of the pedal under which neighbouring pitches sound together most."""
    clashes = clash_seconds(notes, measures.presses)
    least = TRANSCRIBED_CLASH_S if notes.transcribed else CLASH_S
    if not clashes or max(clashes) < least:
        return None
    worst = int(np.argmax(clashes))
    pitches = len(np.unique(notes.pitch[notes_under(notes, measures.presses)[worst]]))
    down, up = float(measures.presses.down[worst]), float(measures.presses.up[worst])
    said = BLURRED(down=clock(down), up=clock(up), pitches=pitches)
    return Suggestion(said, down, up, 1 + float(np.log2(clashes[worst] / least)))


def _tempo(measures: Measures) -> Suggestion | None:
    """The passage whose tempo lies furthest from the pulse, where there is a clear one."""
    pulse = measures.pulse
    if pulse is None or pulse.clarity < CLEAR_PULSE:
        return None
    change = pulse.tempo / pulse.bpm - 1
    furthest = int(np.abs(change).argmax())
    most = float(abs(change[furthest]))
    if most < TEMPO_CHANGE:
        return None
    start, end = _passage(np.sign(change[furthest]) * change >= NEARLY * most, furthest, pulse.time)
    direction = SLOWER() if change[furthest] < 0 else FASTER()
    said = OTHER_TEMPO(start=clock(start), end=clock(end), change=100 * most, direction=direction, bpm=pulse.bpm)
    return Suggestion(said, start, end, most / TEMPO_CHANGE)


def _passage(far: BoolArray, index: int, time: Float64Array) -> tuple[float, float]:
    """Begin and end in s of the windows around `index` that are `far` off too; a second more at both ends."""
    near = np.flatnonzero(~far)
    before, after = near[near < index], near[near > index]
    first = int(before[-1]) + 1 if len(before) else 0
    last = int(after[0]) - 1 if len(after) else len(far) - 1
    return float(time[first]) - HOP_S, float(time[last]) + HOP_S


def _chord(notes: TakeNotes, measures: Measures) -> Suggestion | None:
    """The widest chord of three notes and more; not in transcriptions, see `Timing.chord_async_ms`."""
    groups = measures.strikes
    full = np.flatnonzero(groups.size >= LEAST_CHORD_NOTES)
    if not len(full) or notes.transcribed:
        return None
    spread = notes.onset[groups.begin[full + 1] - 1] - groups.time[full]
    widest = int(spread.argmax())
    if spread[widest] < CHORD_SPREAD_S:
        return None
    time = float(groups.time[full[widest]])
    apart = float(spread[widest])
    said = SPREAD_CHORD(time=clock(time), spread_ms=1000 * apart)
    return Suggestion(said, time, time + apart, apart / CHORD_SPREAD_S)
