"""The overview of a report: duration, range, key, form and mood, and the note on the comparison."""

from __future__ import annotations

from datetime import datetime

from realtime.analysis.key import Key
from realtime.notes import NAMES, note_name
from realtime.report.facts import UNMEASURED, clock
from realtime.report.figures import rounded
from realtime.report.report import Report
from realtime.words import Phrase, Said, plain

PLAYED = Phrase("overview.played", "Played")
LENGTH_AND_PACE = Phrase("overview.length_and_pace", "{playing_s:.1f} s, {strikes_per_s:.1f} strikes a second")
RANGE = Phrase("overview.range", "Range")
LOW_TO_HIGH = Phrase("overview.low_to_high", "{low} to {high}, {semitones} semitones")
MOST_OFTEN = Phrase("overview.most_often", "Most often")
PITCH_AND_CLASS = Phrase("overview.pitch_and_class", "{pitch}; of all octaves {pitch_class}")
LIKELY_KEY = Phrase("overview.likely_key", "Likely key")
UNCLEAR_KEY = Phrase("overview.unclear_key", "{key}, not clearly")
PARTS = Phrase("overview.parts", "Parts, roughly")
MOOD = Phrase("overview.mood", "Mood, by rule")
MOOD_BECAUSE = Phrase("overview.mood_because", "{word} ({because})")

COMPARED = Phrase("comparison.compared", "Compared with {name}. Differences too small to mean anything are left out.")
OTHER_PIECE = Phrase("comparison.other_piece", "{name} seems to be another piece, so the takes are not compared.")
OTHER_SOURCE = Phrase(
    "comparison.other_source",
    "{compared} The two come from different sources, so part of what differs may be the hearing and not the playing.",
)


def headline(report: Report) -> str:
    """When and how long, for the terminal and the page: "21 November 2026, 10:00 · 0:26 · 106 notes"."""
    notes = report.notes
    parts = [clock(rounded(notes.duration_s)), "1 note" if len(notes) == 1 else f"{len(notes)} notes"]
    if notes.started:
        parts.insert(0, _moment(notes.started))
    return " · ".join(parts)


def overview(report: Report) -> list[tuple[Said, Said]]:
    """(label, words) of pace, range, key, form and mood. Empty for an empty take."""
    if not len(report.notes):
        return []
    measures, figures = report.measures, report.figures
    low, high = figures["lowest_pitch"], figures["highest_pitch"]
    pitch, pitch_class = figures["most_common_pitch"], figures["most_common_pitch_class"]
    pace = {"playing_s": rounded(report.notes.playing_s), "strikes_per_s": figures["strikes_per_s"]}
    rows = [
        (PLAYED(), LENGTH_AND_PACE(**pace)),
        (RANGE(), LOW_TO_HIGH(low=note_name(low), high=note_name(high), semitones=high - low)),
        (MOST_OFTEN(), PITCH_AND_CLASS(pitch=note_name(pitch), pitch_class=NAMES[pitch_class])),
        (LIKELY_KEY(), _key(measures.key)),
    ]
    if len(measures.sections) > 1:
        parts = (f"{part.label} {clock(rounded(part.start_s))}" for part in measures.sections)
        rows.append((PARTS(), plain(" · ".join(parts))))
    if measures.mood is not None and report.status != "insufficient":
        rows.append((MOOD(), MOOD_BECAUSE(word=measures.mood.word, because=measures.mood.because)))
    return rows


def comparison_note(report: Report) -> Said | None:
    """How to read the comparison, or why there is none; None without an earlier take."""
    compared = report.comparison
    if compared is None:
        return None
    if not compared.same_piece:
        return OTHER_PIECE(name=compared.name)
    note = COMPARED(name=compared.name)
    other_source = report.earlier is not None and report.notes.transcribed != report.earlier.notes.transcribed
    return OTHER_SOURCE(compared=note) if other_source else note


def _key(key: Key | None) -> Said:
    if key is None:
        return UNMEASURED
    return key.name if key.clear else UNCLEAR_KEY(key=key.name)


def _moment(started: str) -> str:
    """An ISO 8601 time as day and time of this computer's zone; any other text unchanged."""
    try:
        moment = datetime.fromisoformat(started).astimezone()
    except (ValueError, OverflowError):  # no date, or one that this computer does not know
        return started
    return f"{moment.day} {moment:%B %Y, %H:%M}"
