"""What an MEI document says of its notes: pitch, staff, ties and ornaments, and of bars, tempo and parts.

The documents are verovio's own, made of MusicXML or MEI: every element has an id, and what an accidental does is
written at each note. The format: Music Encoding Initiative, Guidelines 5.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from realtime.analysis.metre import Signature
from realtime.practice.score import FASTEST, SLOWEST

NAMESPACE = "http://www.music-encoding.org/ns/mei"
MEI, ID = f"{{{NAMESPACE}}}", "{http://www.w3.org/XML/1998/namespace}id"
STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
ACCIDENTALS = {"s": 1, "ss": 2, "x": 2, "xs": 3, "sx": 3, "ts": 3, "ns": 1, "f": -1, "ff": -2, "tf": -3, "nf": -1}
# What an ornament adds to its note, in semitones: its neighbours, a tone or a semitone away, and the note again.
UPPER, LOWER, BOTH, AGAIN = (0, 1, 2), (-2, -1, 0), (-2, -1, 0, 1, 2), (0,)
GRACE_QUARTERS = 0.5


@dataclass(frozen=True)
class Part:
    """The staves of one instrument, from the top. drums: whether it has no pitches."""

    label: str
    staves: tuple[int, ...]
    drums: bool


@dataclass
class Note:
    """pitch: MIDI, None without one. hidden: whether it is invisible, or a cue of another part. tied: whether it may go
    on from a note before. adds: semitones from it of what an ornament adds. graces: ids of the grace notes that lead to
    it."""

    pitch: int | None
    staff: int
    hidden: bool
    tied: bool = False
    adds: tuple[int, ...] = ()
    graces: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Measure:
    """number: as printed, "" without one. tempos: (quarters from its begin, quarters a minute). pulse: a felt beat,
    quarters."""

    number: str
    tempos: tuple[tuple[float, float], ...]
    pulse: float = 1.0


class MeiDocument:
    """title: "" without one; flats: whether the first key signature has some; parts: from the top; notes, measures: by
    id. Raises ElementTree.ParseError."""

    def __init__(self, text: str) -> None:
        self._root = ElementTree.fromstring(text)
        self._by_id = {element.get(ID, ""): element for element in self._root.iter()}
        title, definition = (self._root.find(f".//{MEI}{tag}") for tag in ("titleStmt/" + MEI + "title", "scoreDef"))
        self.title = "" if title is None else " ".join("".join(title.itertext()).split())
        self.parts = [] if definition is None else list(_parts(definition))
        self.flats = next(_signatures(self._root), "").endswith("f")
        self.notes: dict[str, Note] = {}
        self._read_notes()
        self._read_ties_and_ornaments()
        self.measures = dict(self._measures())

    def plain(self) -> str:
        """The document without what shifts notes from their beats when verovio plays it: grace notes, which take
        their time from the notes that they lead to, and rolled chords."""
        shifting = {element for element in self._root.iter() if element.get("grace") or element.tag == MEI + "arpeg"}
        _prune(self._root, shifting)
        ElementTree.register_namespace("", NAMESPACE)  # verovio knows no prefixes
        return ElementTree.tostring(self._root, encoding="unicode")

    def _read_notes(self) -> None:
        transposed = {_number(staff): int(staff.get("trans.semi", 0)) for staff in self._root.iter(MEI + "staffDef")}
        waiting: dict[tuple[int, str], list[str]] = {}
        last: dict[tuple[int, str], Note] = {}
        for staff in self._root.iter(MEI + "staff"):
            for layer in staff.iter(MEI + "layer"):
                voice = (_number(staff), layer.get("n", ""))
                for element, grace, on_staff in _notes(layer, voice[0]):
                    name, note = element.get(ID, ""), _note(element, on_staff, transposed.get(voice[0], 0))
                    self.notes[name] = note
                    if grace:
                        waiting.setdefault(voice, []).append(name)
                    else:
                        note.graces = waiting.pop(voice, [])
                        last[voice] = note
        for voice, graces in waiting.items():
            if voice in last:
                last[voice].graces += graces

    def _read_ties_and_ornaments(self) -> None:
        for element in self._root.iter():
            if element.tag == MEI + "tie":
                for note in self._named(element.get("endid")):
                    note.tied = True
            elif adds := _ornament(element):
                inside = element if element.get("startid") is None else self._by_id.get(_name(element.get("startid")))
                for one in [] if inside is None else inside.iter(MEI + "note"):
                    self.notes[one.get(ID, "")].adds = adds

    def _named(self, reference: str | None) -> list[Note]:
        name = _name(reference)
        return [self.notes[name]] if name in self.notes else []

    def _measures(self) -> Iterator[tuple[str, Measure]]:
        count, unit = 4, 4
        for element in self._root.iter():
            if element.tag == MEI + "meterSig":
                count, unit = _metre(element, count, unit)
            elif element.tag == MEI + "measure":
                marks = ((mark.get("tstamp", "1"), _tempo(mark)) for mark in element.iter(MEI + "tempo"))
                tempos = tuple(((float(at) - 1) * 4 / unit, tempo) for at, tempo in marks if tempo is not None)
                pulse = float(Signature.written(count, unit).beat)
                yield element.get(ID, ""), Measure(element.get("n", ""), tempos, pulse)


def _signatures(root: Element) -> Iterator[str]:
    """Key signatures, as "2f", which are elements or attributes."""
    for element in root.iter():
        signature = (
            element.get("sig") if element.tag == MEI + "keySig" else element.get("keysig", element.get("key.sig"))
        )
        if signature:
            yield signature


def _metre(element: Element, count: int, unit: int) -> tuple[int, int]:
    """Of a time signature; a count may be a sum, as 3+2 is. A part that is not written, or no number, is as before."""
    counts = [int(part) for part in element.get("count", "").split("+") if part.strip().isdigit()]
    written = element.get("unit", "")
    return sum(counts) or count, int(written) if written.isdigit() and int(written) else unit


def _number(staff: Element) -> int:
    return int(staff.get("n", 0))


def _name(reference: str | None) -> str:
    return (reference or "").removeprefix("#")


def _parts(definition: Element) -> Iterator[Part]:
    """Staves under a brace, or in a group that is named in their place, are one instrument; so is each other staff."""
    for number, group in enumerate(definition.iter(MEI + "staffGrp")):
        staves = group.findall(MEI + "staffDef")
        symbol = group.find(MEI + "grpSym")
        braced = (symbol is not None and symbol.get("symbol") == "brace") or group.get("symbol") == "brace"
        inner = number > 0 and not any(_label(staff) for staff in staves)
        for together in [staves] if staves and (braced or inner) else [[staff] for staff in staves]:
            label = next(filter(None, map(_label, (*together, *([group] if braced or inner else [])))), "")
            drums = all(clef.get("shape") == "perc" for staff in together for clef in _clefs(staff))
            yield Part(label, tuple(_number(staff) for staff in together), drums)


def _label(element: Element) -> str:
    label = element.find(MEI + "label")
    return "" if label is None else "".join(label.itertext()).strip()


def _clefs(staff: Element) -> list[Element]:
    """A clef is an element of its own, or told by attributes."""
    return list(staff.iter(MEI + "clef")) or [Element("clef", shape=staff.get("clef.shape", ""))]


def _notes(layer: Element, staff: int, grace: bool = False) -> Iterator[tuple[Element, bool, int]]:
    """(note, whether it is a grace note, staff on which it is printed), in their order."""
    for element in layer:
        on_staff, graced = int(element.get("staff", staff)), grace or element.get("grace") is not None
        if element.tag == MEI + "note":
            yield element, graced, on_staff
        else:
            yield from _notes(element, on_staff, graced)


def _note(element: Element, staff: int, transposed: int) -> Note:
    hidden = element.get("visible") == "false" or element.get("cue") == "true"
    return Note(_pitch(element, transposed), staff, hidden)


def _pitch(note: Element, transposed: int) -> int | None:
    """As it sounds: `.ges` is what a gesture gives, where the page shows something else, or nothing."""
    step, octave = STEPS.get(note.get("pname", "")), note.get("oct.ges", note.get("oct"))
    if step is None or octave is None:
        return None
    accidentals = [where.get(name) for name in ("accid.ges", "accid") for where in (note, *note.iter(MEI + "accid"))]
    sounding = next((accidental for accidental in accidentals if accidental), "n")
    return 12 * (int(octave) + 1) + step + ACCIDENTALS.get(sounding, 0) + transposed


def _ornament(element: Element) -> tuple[int, ...]:
    """What an ornament, or a tremolo around its notes, adds to them."""
    match element.tag.removeprefix(MEI):
        case "trill":
            return UPPER
        case "mordent":
            return UPPER if element.get("form") == "upper" else LOWER
        case "turn":
            return BOTH
        case "bTrem" | "fTrem":
            return AGAIN
    return ()


def _tempo(mark: Element) -> float | None:
    """Quarters a minute; None for a mark in words alone."""
    try:
        if beats := mark.get("mm"):
            dots = int(mark.get("mm.dots", 0))
            tempo = float(beats) * 4 / int(mark.get("mm.unit", 4)) * (2 - 0.5**dots)
        else:
            tempo = float(mark.get("midi.bpm", 0))
    except ValueError:
        return None
    return tempo if SLOWEST <= tempo <= FASTEST else None


def _prune(element: Element, unwanted: set[Element]) -> None:
    """Take elements out of a tree, and with them what held nothing else."""
    for child in list(element):
        held = len(child)
        _prune(child, unwanted)
        if child in unwanted or (held and not len(child)):
            element.remove(child)
