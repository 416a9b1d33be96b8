"""Sheet music that Liszten writes itself: bars of signs, as a score to practise and as MusicXML 4.0.

Beams, accidentals and dots follow the rules of Gould, "Behind Bars" (2011), as far as exercises need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from realtime.analysis.metre import Signature
from realtime.practice.score import Bar, Hand, Score, ScoreNote, grouped

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARPS = "FCGDAEB"  # in the order of a key signature
NAME = re.compile(r"([A-G])(#{0,2}|b{0,2})(-?\d)")
DIVISIONS = 4  # of a quarter: nothing is shorter than a sixteenth
# Lengths without dots, quarters.
TYPES = {
    Fraction(4): "whole",
    Fraction(2): "half",
    Fraction(1): "quarter",
    Fraction(1, 2): "eighth",
    Fraction(1, 4): "16th",
}
ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
CLEFS = (("G", "2"), ("F", "4"))
HANDS: tuple[Hand, Hand] = ("right", "left")
DOCTYPE = (
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">'
)


@dataclass(frozen=True)
class Sign:
    """A note, a chord or a rest. names: rising, such as "F#4" or "Bb3", none for a rest; quarters: one of the lengths
    that a sign has, with a dot or without; fingers: of its notes, from the lowest, or none."""

    names: tuple[str, ...]
    quarters: Fraction
    fingers: tuple[int, ...] = ()


Voice = Sequence[Sign]


@dataclass(frozen=True)
class Sheet:
    """fifths: sharps of the key signature, flats where negative; beats, beat_type: the time signature; tempo: quarters
    a minute; upbeat: whether the first bar is one. bars: of each its two staves, from the top, each of its voices."""

    title: str
    fifths: int
    minor: bool
    beats: int
    beat_type: int
    tempo: float
    bars: tuple[tuple[tuple[Voice, ...], tuple[Voice, ...]], ...]
    composer: str = ""
    upbeat: bool = False


def pitch_of(name: str) -> int:
    """MIDI pitch of a name such as "F#4". Raises ValueError."""
    step, alter, octave = _parsed(name)
    return 12 * (octave + 1) + STEPS[step] + alter


def signature(fifths: int) -> dict[str, int]:
    """By how much a key signature alters each step that it names."""
    return dict.fromkeys(SHARPS[:fifths], 1) if fifths > 0 else dict.fromkeys(SHARPS[7 + fifths :], -1)


def score_of(sheet: Sheet) -> Score:
    """What is to be played."""
    starts = [Fraction(0), *accumulate(_length(bar) for bar in sheet.bars)]
    pulse = float(Signature.written(sheet.beats, sheet.beat_type).beat)
    bars = [
        Bar(number, float(start), float(_length(bar)), pulse=pulse)
        for number, (start, bar) in enumerate(zip(starts, sheet.bars, strict=False), 0 if sheet.upbeat else 1)
    ]
    notes = [
        ScoreNote(pitch_of(name), float(start + offset), float(sign.quarters), hand)
        for start, bar in zip(starts, sheet.bars, strict=False)
        for hand, staff in zip(HANDS, bar, strict=True)
        for voice in staff
        for offset, sign in _placed(voice)
        for name in sign.names
    ]
    return Score(sheet.title, grouped(notes, bars), tuple(bars), ((0.0, sheet.tempo),), flats=sheet.fifths < 0)


def musicxml(sheet: Sheet) -> str:
    """The document, with its declaration."""
    root = document(sheet)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{DOCTYPE}\n{text}\n'


def document(sheet: Sheet) -> Element:
    """The document as a tree."""
    root = Element("score-partwise", version="4.0")
    _add(SubElement(root, "work"), "work-title", sheet.title)
    if sheet.composer:
        _add(SubElement(root, "identification"), "creator", sheet.composer, type="composer")
    listed = SubElement(SubElement(root, "part-list"), "score-part", id="P1")
    _add(listed, "part-name", "Piano")
    part = SubElement(root, "part", id="P1")
    for index, bar in enumerate(sheet.bars):
        number = index if sheet.upbeat else index + 1
        measure = SubElement(part, "measure", {"number": str(number)} | ({} if number else {"implicit": "yes"}))
        if index == 0:
            _head(measure, sheet)
        _fill(measure, sheet, bar)
        if index == len(sheet.bars) - 1:
            _add(SubElement(measure, "barline", location="right"), "bar-style", "light-heavy")
    return root


def _head(measure: Element, sheet: Sheet) -> None:
    attributes = SubElement(measure, "attributes")
    _add(attributes, "divisions", DIVISIONS)
    key = SubElement(attributes, "key")
    _add(key, "fifths", sheet.fifths)
    _add(key, "mode", "minor" if sheet.minor else "major")
    time = SubElement(attributes, "time")
    _add(time, "beats", sheet.beats)
    _add(time, "beat-type", sheet.beat_type)
    _add(attributes, "staves", len(CLEFS))
    for number, (sign, line) in enumerate(CLEFS, 1):
        clef = SubElement(attributes, "clef", number=str(number))
        _add(clef, "sign", sign)
        _add(clef, "line", line)
    direction = SubElement(measure, "direction", placement="above")
    mark = SubElement(SubElement(direction, "direction-type"), "metronome", parentheses="no")
    compound = sheet.beat_type == 8
    _add(mark, "beat-unit", "quarter")
    if compound:
        SubElement(mark, "beat-unit-dot")
    _add(mark, "per-minute", round(sheet.tempo / 1.5 if compound else sheet.tempo))
    _add(direction, "staff", 1)
    SubElement(direction, "sound", tempo=str(round(sheet.tempo)))


def _fill(measure: Element, sheet: Sheet, bar: Sequence[Sequence[Voice]]) -> None:
    for staff, voices in enumerate(bar, 1):
        shown = signature(sheet.fifths)
        for index, voice in enumerate(voices):
            if measure.find("note") is not None:
                _add(SubElement(measure, "backup"), "duration", int(_length(bar) * DIVISIONS))
            for sign, beams in zip(voice, _beams(voice, sheet), strict=True):
                where = (staff, 4 * staff - 3 + index)
                measure.extend([*_notes(sign, beams, where, shown, alone=len(voice) == 1)])


def _notes(
    sign: Sign, beams: Sequence[str], where: tuple[int, int], shown: dict[str, int], alone: bool
) -> Iterator[Element]:
    """The elements of a sign. where: its staff and voice; shown: what alters each step, and each note of this bar, kept
    up here; alone: whether its voice has no other sign in the bar."""
    staff, voice = where
    for index, name in enumerate(sign.names or ("",)):
        note = Element("note")
        if index:
            SubElement(note, "chord")
        alter, rest = _pitch(note, name) if name else 0, None if name else SubElement(note, "rest")
        _add(note, "duration", int(sign.quarters * DIVISIONS))
        _add(note, "voice", voice)
        if rest is not None and alone:
            rest.set("measure", "yes")  # as long as the bar, whatever that is
        else:
            plain, dots = _type(sign.quarters)
            _add(note, "type", plain)
            for _ in range(dots):
                SubElement(note, "dot")
        if name and shown.get(name[0] + name[-1], shown.get(name[0], 0)) != alter:
            _add(note, "accidental", ACCIDENTALS[alter])
            shown[name[0] + name[-1]] = alter
        _add(note, "staff", staff)
        for number, beam in enumerate(beams if index == 0 else (), 1):
            _add(note, "beam", beam, number=str(number))
        if index < len(sign.fingers):
            technical = SubElement(SubElement(note, "notations"), "technical")
            _add(technical, "fingering", sign.fingers[index], placement="above" if staff == 1 else "below")
        yield note


def _pitch(note: Element, name: str) -> int:
    """A pitch into a note; by how much it is altered."""
    step, alter, octave = _parsed(name)
    pitch = SubElement(note, "pitch")
    _add(pitch, "step", step)
    if alter:
        _add(pitch, "alter", alter)
    _add(pitch, "octave", octave)
    return alter


def _beams(voice: Voice, sheet: Sheet) -> list[tuple[str, ...]]:
    """The beams of each sign: groups of a beat, eighths alone of half a bar of four or a whole one of two or three."""
    compound = sheet.beat_type == 8
    beat = Fraction(3, 2) if compound else Fraction(1)
    wide = Fraction(3, 2) if compound else Fraction({2: 2, 3: 3}.get(sheet.beats * 4 // sheet.beat_type, 2))
    short = [bool(sign.names) and sign.quarters < 1 for sign in voice]
    only_eighths = all(sign.quarters == Fraction(1, 2) for sign, beamed in zip(voice, short, strict=True) if beamed)
    cell = wide if only_eighths else beat
    cells = [offset // cell if beamed else None for beamed, (offset, _) in zip(short, _placed(voice), strict=True)]
    beams: list[tuple[str, ...]] = []
    for where, run in groupby(zip(cells, voice, strict=True), key=lambda one: one[0]):
        signs = [sign for _, sign in run]
        beams += _run(signs) if where is not None and len(signs) > 1 else [()] * len(signs)
    return beams


def _run(signs: Voice) -> list[tuple[str, ...]]:
    """Of signs under one beam; shorter ones have a second one among themselves."""
    first = ["begin", *["continue"] * (len(signs) - 2), "end"]
    short = [sign.quarters <= Fraction(3, 8) for sign in signs]
    beams: list[tuple[str, ...]] = []
    for index, beam in enumerate(first):
        before, after = index > 0 and short[index - 1], index + 1 < len(signs) and short[index + 1]
        names = {(True, True): "continue", (True, False): "end", (False, True): "begin"}
        alone = "backward hook" if index else "forward hook"
        beams.append((beam, names.get((before, after), alone)) if short[index] else (beam,))
    return beams


def _type(quarters: Fraction) -> tuple[str, int]:
    """(type, dots) of a length. Raises ValueError when no sign has it."""
    for plain, name in TYPES.items():
        if quarters in (plain, Fraction(3, 2) * plain):
            return name, int(quarters != plain)
    raise ValueError(f"no sign lasts {quarters} quarters")


def _placed(voice: Voice) -> Iterator[tuple[Fraction, Sign]]:
    """The signs with their places in the bar, quarters."""
    offset = Fraction(0)
    for sign in voice:
        yield offset, sign
        offset += sign.quarters


def _length(bar: Sequence[Sequence[Voice]]) -> Fraction:
    """Quarters. Raises ValueError when its voices differ."""
    lengths = {sum((sign.quarters for sign in voice), Fraction(0)) for staff in bar for voice in staff}
    if len(lengths) != 1:
        raise ValueError(f"the voices of a bar last {sorted(map(float, lengths))} quarters")
    return lengths.pop()


def _parsed(name: str) -> tuple[str, int, int]:
    """(step, alter, octave) of a name. Raises ValueError."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name} is no name of a note")
    return match[1], match[2].count("#") - match[2].count("b"), int(match[3])


def _add(parent: Element, tag: str, text: object, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = str(text)
