"""The notes of a page in the order in which they are played: repeats written out, ties joined, hands by staff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from realtime.errors import FileError
from realtime.limits import PITCH
from realtime.practice.hands import ESTIMATED, estimated
from realtime.practice.mei import GRACE_QUARTERS, MeiDocument, Part
from realtime.practice.score import Bar, Hand, Score, ScoreNote, TempoMap, grouped
from realtime.takes.notes import BEYOND_KEYBOARD
from realtime.words import Phrase, Said

NO_NOTES = Phrase("notation.no_notes", "{path} has no notes that a piano can play.")
DRUMS_ONLY = Phrase("notation.drums_only", "{path} is for drums. Liszten practises pieces for the piano.")
MANY_STAVES = Phrase(
    "notation.many_staves",
    "{path} writes the piano on {count} staves. Liszten reads two, one a hand: put the notes of a third on these.",
)
NO_SUCH_PART = Phrase("notation.no_such_part", "{path} has no part {part}. There are: {names}.")
SEVERAL_PARTS = Phrase(
    "notation.several_parts",
    "Practised is the part {part}; the rest may sound beside it. There are: {names}. Another one: --part NAME",
    in_window="Practised is the part {part}. There are: {names}.",
)
NO_PIANO = Phrase(
    "notation.no_piano",
    "{path} has {count} staves and no part for a piano among them. Save the piano's part by itself.",
)
ONE_PART = Phrase("notation.one_part", "Only the part {part} is practised.")
FIRST_PART = Phrase("notation.first_part", "Only the first part for a keyboard is practised.")
OWN_TEMPO = Phrase(
    "practice.own_tempo", "The score gives no tempo: {tempo:.0f} quarters a minute are a choice of Liszten's."
)

DEFAULT_TEMPO = 90.0  # quarters a minute, of a piece that gives none
PIANO = re.compile(r"piano|klavier|keyboard|clavier|fortepiano|\bpf\b|\bpno\b|cembalo|harpsichord", re.IGNORECASE)
RENDITION = re.compile(r"-rend\d+$")  # verovio's names of what is played again
NUMBER = re.compile(r"\d+")
HANDS: tuple[Hand, Hand] = ("right", "left")


@dataclass
class _Struck:
    """A note while it sounds. beat, end: quarters."""

    name: str
    beat: Fraction
    end: Fraction


class _Played(NamedTuple):
    """notes: with their ties; bars: (id, beat); end: beat."""

    notes: list[_Struck]
    bars: list[tuple[str, Fraction]]
    end: Fraction


def score_of(page: MeiDocument, timemap: Iterable[dict[str, Any]], path: str, title: str, part: str = "") -> Score:
    """The score of a page. timemap: of verovio, with fractions, measures and rests, of the page without grace notes.

    title: of a piece that has none; part: number or name of one for a keyboard, "" for the first that is called a
    piano. Raises FileError for what cannot be practised.
    """
    chosen = _staves(page.parts, path, part)
    staves, remarks = chosen.staves, [*chosen.remarks]
    played = _played(page, timemap)
    bars = _bars(page, played)
    tempos = _tempos(page, played)
    if not tempos:
        tempos = ((0.0, DEFAULT_TEMPO),)
        remarks.append(OWN_TEMPO(tempo=DEFAULT_TEMPO))
    notes = [note for struck in played.notes for note in _score_notes(page, struck, staves)]
    beyond = [note for note in notes if not PITCH.least <= note.pitch <= PITCH.most]
    if beyond:
        remarks.append(BEYOND_KEYBOARD(count=len(beyond)))
        notes = [note for note in notes if PITCH.least <= note.pitch <= PITCH.most]
    if len(staves) == 1:
        notes = estimated(notes, TempoMap(tempos).seconds)
        if len({note.hand for note in notes}) > 1:
            remarks.append(ESTIMATED())
    others = [note for struck in played.notes for note in _score_notes(page, struck, chosen.others)]
    others = [note for note in others if PITCH.least <= note.pitch <= PITCH.most and not note.optional]
    groups = grouped(notes, bars)
    if not groups:
        raise FileError(NO_NOTES(path=path))
    return Score(page.title or title, groups, bars, tempos, tuple(remarks), page.flats, chosen.part, tuple(others))


class _Chosen(NamedTuple):
    """staves: to practise, each with its hand; others: of the other parts; part: its number, where there are several;
    remarks: what to say of it."""

    staves: dict[int, Hand]
    others: dict[int, Hand]
    part: str = ""
    remarks: tuple[Said, ...] = ()


def _staves(parts: Sequence[Part], path: str, wanted: str) -> _Chosen:
    """The staves to practise. wanted: as in `score_of`. Raises FileError."""
    pitched = [part for part in parts if not part.drums]
    if parts and not pitched:
        raise FileError(DRUMS_ONLY(path=path))
    staves = [staff for part in pitched for staff in part.staves]
    if len(staves) <= len(HANDS):
        return _Chosen(dict(zip(staves, HANDS, strict=False)), {})
    pairs = [pair for part in pitched for pair in _pairs(part)]
    if not pairs:
        most = max(len(part.staves) for part in pitched)
        said = MANY_STAVES(path=path, count=most) if most > len(HANDS) else NO_PIANO(path=path, count=len(staves))
        raise FileError(said)
    chosen = _part(pairs, path, wanted)
    number = pairs.index(chosen) + 1
    if len(pairs) > 1:
        remark = SEVERAL_PARTS(part=_named(chosen, number), names=_names(pairs))
    else:
        remark = ONE_PART(part=chosen.label) if chosen.label else FIRST_PART()
    others: dict[int, Hand] = dict.fromkeys((staff for staff in staves if staff not in chosen.staves), "right")
    hands = dict(zip(chosen.staves, HANDS, strict=True))
    return _Chosen(hands, others, str(number) if len(pairs) > 1 else "", (remark,))


def _pairs(part: Part) -> list[Part]:
    """A part on two staves; one on four is for two players at one piano, the upper two staves for the first."""
    if len(part.staves) == 2 * len(HANDS):
        return [Part("Primo", part.staves[:2], False), Part("Secondo", part.staves[2:], False)]
    return [part] if len(part.staves) == len(HANDS) else []


def _part(pairs: Sequence[Part], path: str, wanted: str) -> Part:
    """By its number or a part of its name; without either the first that is called a piano, or the first. Raises
    FileError."""
    if not wanted:
        return next((part for part in pairs if PIANO.search(part.label)), pairs[0])
    if wanted.isdigit() and 0 < int(wanted) <= len(pairs):
        return pairs[int(wanted) - 1]
    named = [part for part in pairs if wanted.casefold() in part.label.casefold()]
    if not named:
        raise FileError(NO_SUCH_PART(path=path, part=wanted, names=_names(pairs)))
    return named[0]


def _names(pairs: Sequence[Part]) -> str:
    return ", ".join(_named(part, number) for number, part in enumerate(pairs, 1))


def _named(part: Part, number: int) -> str:
    return f"{number} {part.label}".strip()


def _played(page: MeiDocument, timemap: Iterable[dict[str, Any]]) -> _Played:
    """What sounds when; a note that a tie leads to goes on from the one that ends there."""
    notes: list[_Struck] = []
    sounding: dict[str, _Struck] = {}
    bars: list[tuple[str, Fraction]] = []
    beat = Fraction(0)
    for event in timemap:
        beat = Fraction(*event["qfrac"])
        if measure := event.get("measureOn"):
            bars.append((RENDITION.sub("", measure), beat))
        ended = [sounding.pop(name) for name in event.get("off", ()) if name in sounding]
        for struck in ended:
            struck.end = beat
        for name in event.get("on", ()):
            struck = _Struck(RENDITION.sub("", name), beat, beat)
            before = _tied(page, struck, ended)
            if before is None:
                notes.append(struck)
            sounding[name] = before or struck
    return _Played(notes, bars, beat)


def _tied(page: MeiDocument, struck: _Struck, ended: Iterable[_Struck]) -> _Struck | None:
    note = page.notes.get(struck.name)
    if note is None or not note.tied:
        return None
    return next((before for before in ended if page.notes[before.name].pitch == note.pitch), None)


def _bars(page: MeiDocument, played: _Played) -> tuple[Bar, ...]:
    """Those that last some time. One whose number is none has that of the bar before: it is the rest of it."""
    bars: list[Bar] = []
    number = 0
    ends = [beat for _, beat in played.bars[1:]] + [played.end]
    for (name, beat), end in zip(played.bars, ends, strict=True):
        printed = NUMBER.match(page.measures[name].number)
        number = int(printed[0]) if printed else number
        if end > beat:
            bars.append(Bar(number, float(beat), float(end - beat), name, page.measures[name].pulse))
    return tuple(bars)


def _tempos(page: MeiDocument, played: _Played) -> tuple[tuple[float, float], ...]:
    """The marks of the bars as they are played; of several at one beat the last."""
    marks = {float(beat) + at: tempo for name, beat in played.bars for at, tempo in page.measures[name].tempos}
    return tuple(sorted(marks.items()))


def _score_notes(page: MeiDocument, struck: _Struck, staves: dict[int, Hand]) -> Iterator[ScoreNote]:
    """A note with its grace notes, and what its ornament adds; none on another staff, or out of sight."""
    note = page.notes.get(struck.name)
    if note is None or note.hidden or note.pitch is None or note.staff not in staves:
        return
    beat, length, hand = float(struck.beat), float(struck.end - struck.beat), staves[note.staff]
    yield ScoreNote(note.pitch, beat, length, hand, id=struck.name)
    for semitones in note.adds:
        yield ScoreNote(note.pitch + semitones, beat, length, hand, optional=True, id=struck.name)
    for name in note.graces:
        grace = page.notes[name]
        if grace.pitch is not None and not grace.hidden:
            yield ScoreNote(grace.pitch, beat, GRACE_QUARTERS, hand, optional=True, id=name)
