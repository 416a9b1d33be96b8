"""Chords are named as lead sheets name them, whatever their inversion, spacing and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.chords import KINDS, Chord, ChordKind, name_chord
from gui.translation import ENGLISH, use


@pytest.mark.parametrize(
    ("keys", "name", "tones"),
    [
        ((48, 52, 55), "C", "C E G"),
        ((36, 52, 55, 58), "C7", "C E G B♭"),
        ((52, 55, 60), "C/E", "C E G"),
        ((57, 60, 64), "Am", "A C E"),
        ((60, 64, 69), "Am/C", "A C E"),
        ((57, 60, 64, 67), "Am7", "A C E G"),
        ((48, 57, 64, 67), "C6", "C E G A"),
        ((54, 57, 60, 64), "F♯m7♭5", "F♯ A C E"),
        ((53, 56, 60, 62), "Fm6", "F A♭ C D"),
        ((61, 64, 68), "C♯m", "C♯ E G♯"),
        ((61, 65, 68), "D♭", "D♭ F A♭"),
        ((66, 70, 73), "F♯", "F♯ A♯ C♯"),
        ((59, 62, 65, 68), "Bdim7", "B D F A♭"),
        ((48, 52, 56), "Caug", "C E G♯"),
        ((55, 60, 62), "Gsus4", "G C D"),
        ((48, 50, 55), "Csus2", "C D G"),
        ((48, 55, 62, 64), "Cadd9", "C E G D"),
        ((43, 53, 57, 59, 62), "G9", "G B D F A"),
        ((48, 52, 58), "C7", "C E B♭"),
        ((48, 55, 59, 62), "G/C", "G B D"),
        ((45, 60, 63, 68), "A♭/A", "A♭ C E♭"),
        ((50, 53, 57, 61), "DmMaj7", "D F A C♯"),
        ((46, 50, 53, 57), "B♭maj7", "B♭ D F A"),
    ],
)
def test_chords_by_hand(keys: tuple[int, ...], name: str, tones: str):
    """Each with its tones spelled from the root."""
    chord = name_chord(keys)
    assert chord is not None
    assert name == chord.name
    assert chord.tones == tuple(tones.split())


def test_a_long_name():
    """For the badge's second line; a strange bass stands behind a stroke."""
    seventh = name_chord((48, 52, 55, 58))
    inverted = name_chord((52, 55, 60))
    assert seventh is not None
    assert inverted is not None
    assert seventh.title == "C dominant 7"
    assert inverted.title == "C major/E"


def test_a_long_name_in_german():
    """B is H there, and B flat is B; the symbol stays what lead sheets have."""
    use("de")
    try:
        flat, inverted = name_chord((46, 50, 53)), name_chord((47, 52, 56))
    finally:
        use(ENGLISH)
    assert flat is not None
    assert inverted is not None
    assert (flat.name, flat.title) == ("B♭", "B-Dur")
    assert (inverted.name, inverted.title) == ("E/B", "E-Dur/H")


def test_less_than_three_tones_are_no_chord():
    """Octaves do not count."""
    assert name_chord(()) is None
    assert name_chord((48, 60, 72)) is None
    assert name_chord((48, 55, 60, 67)) is None


def test_what_has_no_name_gives_its_notes():
    """From the bass up, each once."""
    assert name_chord((60, 61, 62, 72)) == Chord("", "", ("C", "C♯", "D"))


@given(st.integers(21, 60), st.sampled_from(KINDS), st.data())
def test_a_chord_on_its_root_has_its_name_in_every_key_and_spacing(root: int, kind: ChordKind, data: st.DataObject):
    """Tones may lie in any octave above the bass, doubled or not; every tone is spelled as what it is."""
    pitches = {root}
    for semitones, _ in kind.tones[1:]:
        for octave in data.draw(st.sets(st.integers(0, 2), min_size=1)):
            pitches.add(root + semitones + 12 * octave)
    chord = name_chord(pitches)
    assert chord is not None
    assert chord.name.endswith(kind.suffix)
    assert "/" not in chord.name
    assert sorted(_pitch_class(tone) for tone in chord.tones) == sorted({pitch % 12 for pitch in pitches})
    assert _pitch_class(chord.tones[0]) == root % 12


def _pitch_class(name: str) -> int:
    return ("C.D.EF.G.A.B".index(name[0]) + {"♯": 1, "♭": -1}.get(name[1:], 0)) % 12
