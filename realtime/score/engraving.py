"""The draft as MusicXML, through music21: clefs, ties, beams, tuplets and accidentals."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from realtime.analysis.key import Key
from realtime.errors import UsageError
from realtime.score.draft import Draft
from realtime.score.notation import Sign, silent_bar, written_bars
from realtime.score.spelling import signature_fifths, spelled
from realtime.words import Phrase

DRAFT_NOTE = "Draft by Liszten: rhythm, bars, hands and spelling are estimated"
MISSING = Phrase(
    "score.missing", "Sheet music needs packages that are not there. Install them: pip install 'liszten[score]'"
)


def musicxml(draft: Draft) -> bytes:
    """The MusicXML document, UTF-8. Raises UsageError when music21 is not installed."""
    try:
        import music21
    except ImportError as error:
        raise UsageError(MISSING()) from error
    signature = draft.metre.signature
    voices = [[written_bars(voice, signature, draft.upbeat) for voice in staff] for staff in draft.staves]
    bars = 1 + max(number for staff in voices for voice in staff for number in voice)
    staves = [_Staff(music21, draft, number).part(written, bars) for number, written in enumerate(voices)]
    score = music21.stream.Score()
    score.metadata = music21.metadata.Metadata(title=draft.name or "Take", composer=DRAFT_NOTE)
    for element in (*staves, music21.layout.StaffGroup(staves, name="Piano", symbol="brace")):
        score.insert(0, element)
    document: bytes = music21.musicxml.m21ToXml.GeneralObjectExporter().parse(score)
    return document


class _Staff:
    """One staff of the page; number 0 is the upper one."""

    def __init__(self, music21: Any, draft: Draft, number: int) -> None:
        self._music21, self._draft, self._number = music21, draft, number

    def part(self, voices: list[dict[int, list[Sign]]], bars: int) -> Any:
        """The staff with `bars` bars. voices: the signs of each by bar."""
        part = self._music21.stream.PartStaff(id=f"staff {self._number + 1}")
        tied = [False] * len(voices)
        for index in range(bars):
            upbeat = Fraction(0) if index else self._draft.upbeat
            # An upbeat has number 0.
            measure = self._music21.stream.Measure(number=index + (0 if self._draft.upbeat else 1))
            measure.paddingLeft = upbeat
            if index == 0:
                self._begin(measure)
            written = [voice.get(index, []) for voice in voices]
            if not any(written):
                written[0] = silent_bar(self._draft.metre.signature, upbeat)
            for number, signs in enumerate(written):
                if signs:
                    others = [sign for voice in written if voice is not signs for sign in voice if sign.pitches]
                    measure.insert(0, self._voice(number, signs, others, tied[number], upbeat))
                    tied[number] = signs[-1].tied
            part.append(measure)
        part.makeBeams(inPlace=True)
        for voice in part.recurse().getElementsByClass(self._music21.stream.Voice):
            self._music21.stream.makeNotation.makeTupletBrackets(voice, inPlace=True)
        part.makeAccidentals(inPlace=True)
        part[self._music21.stream.Measure].last().rightBarline = "final"
        return part

    def _begin(self, measure: Any) -> None:
        music21, draft = self._music21, self._draft
        signature = draft.metre.signature
        measure.clef = music21.clef.BassClef() if self._number else music21.clef.TrebleClef()
        measure.keySignature = music21.key.KeySignature(signature_fifths(draft.key))
        measure.timeSignature = music21.meter.TimeSignature(f"{signature.numerator}/{signature.denominator}")
        if self._number == 0:
            beats = round(draft.quarter_bpm / float(signature.beat))
            # In words, since the tempo is an estimate; the mark itself is for playback and not printed.
            words = music21.expressions.TextExpression(f"Draft: about {beats} beats a minute")
            words.placement = "above"
            mark = music21.tempo.MetronomeMark(number=beats, referent=signature.beat)
            mark.numberImplicit = True
            for element in (words, mark):
                measure.insert(0, element)

    def _voice(self, number: int, signs: Iterable[Sign], others: list[Sign], tied: bool, upbeat: Fraction) -> Any:
        """others: notes of the other voices. tied: whether the first sign is tied to the bar before.

        upbeat: offset at which the bar begins, quarters.
        """
        voice = self._music21.stream.Voice(id=str(number + 1))
        for sign in signs:
            element = self._element(sign, hidden=number > 0 or _covered(sign, others))
            if sign.pitches and (tied or sign.tied):
                kind = "continue" if tied and sign.tied else ("stop" if tied else "start")
                element.tie = self._music21.tie.Tie(kind)
            tied = sign.tied
            voice.insert(sign.offset - upbeat, element)
        return voice

    def _element(self, sign: Sign, hidden: bool) -> Any:
        names = _names(sign.pitches, self._draft.key)
        if not names:
            rest = self._music21.note.Rest(quarterLength=sign.length)
            rest.style.hideObjectOnPrint = hidden
            return rest
        if len(names) == 1:
            return self._music21.note.Note(names[0], quarterLength=sign.length)
        return self._music21.chord.Chord(names, quarterLength=sign.length)


def _covered(rest: Sign, others: list[Sign]) -> bool:
    """Whether another voice sounds throughout the rest, which then need not be printed."""
    shared = (min(_end(other), _end(rest)) - max(other.offset, rest.offset) for other in others)
    return sum((share for share in shared if share > 0), Fraction(0)) >= rest.length


def _end(sign: Sign) -> Fraction:
    return sign.offset + sign.length


def _names(pitches: tuple[int, ...], key: Key | None) -> list[str]:
    return [spelled(pitch, key) for pitch in pitches]
