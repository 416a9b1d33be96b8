"""From notes to the page: hands, note values, voices, signs, names, and the files that they become."""

from __future__ import annotations

import builtins
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import mido
import music21
import numpy as np
import pytest
import verovio
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.analysis.hands import LEFT, RIGHT, likely_hands
from realtime.analysis.key import Key
from realtime.analysis.metre import Signature
from realtime.analysis.strikes import strikes
from realtime.cli import main as cli
from realtime.errors import FileError
from realtime.notes import NoteTable
from realtime.score.draft import draft_score
from realtime.score.engraving import musicxml
from realtime.score.notation import written_bars
from realtime.score.page import pdf_pages, svg_page
from realtime.score.spelling import key_of_page, signature_fifths, spelled
from realtime.score.title import title_shape
from realtime.score.voices import Chord
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from tests.realtime.score.known_scores import drawn_score, played

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo" / "demo.mid"
ZERO = Fraction(0)


def take(*notes: tuple[float, float, int], pedal: tuple[tuple[float, int], ...] = ()) -> TakeNotes:
    """Notes of (onset, offset, pitch), all of one velocity."""
    onset, offset, pitch = zip(*notes, strict=True)
    return TakeNotes.of(
        NoteTable.build(
            onset, offset, pitch, [64] * len(pitch), [time for time, _ in pedal], [value for _, value in pedal]
        )
    )


def quarters(*lengths: float, pitch: int = 72, held: float = 0.9) -> list[tuple[float, float, int]]:
    """Notes one after the other, at 120 quarters a minute."""
    onsets = 0.5 * np.cumsum([0.0, *lengths])
    return [(low, low + held * (high - low), pitch) for low, high in pairwise(onsets.tolist())]


def upper_chords(notes: TakeNotes) -> list[Chord]:
    return draft_score(notes, 120, Signature.of(4, triple=False)).staves[0][0]


def test_each_hand_takes_what_it_can_reach() -> None:
    """A tune over a bass, tenths apart; a wide chord is shared; one hand alone keeps its run."""
    notes = take(*((0.5 * i, 0.5 * i + 0.4, pitch) for i in range(8) for pitch in (43 + i, 72 - i)))
    hands = likely_hands(notes, strikes(notes))
    assert [LEFT if pitch < 58 else RIGHT for pitch in notes.pitch] == hands.tolist()
    chord = take((0.0, 1.0, 40), (0.0, 1.0, 47), (0.0, 1.0, 64), (0.0, 1.0, 71))
    assert likely_hands(chord, strikes(chord)).tolist() == [LEFT, LEFT, RIGHT, RIGHT]
    run = take(*((0.1 * i, 0.1 * i + 0.1, 84 - i) for i in range(24)))
    assert set(likely_hands(run, strikes(run)).tolist()) == {RIGHT}


def test_legato_and_staccato_become_values_and_rests() -> None:
    """Held for nine tenths a quarter is a quarter; held for a tenth, it is short with a rest after it."""
    assert [chord.length for chord in upper_chords(take(*quarters(*[1] * 16)))] == [1] * 16
    short = upper_chords(take(*quarters(*[1] * 16, held=0.1)))
    assert all(chord.length < Fraction(1, 2) for chord in short)
    assert [chord.onset for chord in short] == list(range(16))


def test_the_pedal_holds_a_short_note_on() -> None:
    """Held as short, but under the pedal, it is written up to the next note."""
    notes = take(*quarters(*[1] * 16, held=0.2), pedal=((0.0, 127),))
    assert [chord.length for chord in upper_chords(notes)][:-1] == [1] * 15


def test_a_held_note_has_a_voice_of_its_own() -> None:
    """A whole note under quarters of the same hand: two voices, the held one below."""
    held = [(2.0 * bar, 2.0 * bar + 1.9, 64) for bar in range(4)]
    draft = draft_score(take(*quarters(*[1] * 16), *held), 120, Signature.of(4, triple=False))
    upper, lower = draft.staves[0]
    assert [chord.pitches for chord in upper] == [(72,)] * 16
    assert [(chord.length, chord.pitches) for chord in lower] == [(4, (64,))] * 4


@settings(max_examples=60, deadline=None)
@given(
    data=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), min_size=1, max_size=12),
    signature=st.sampled_from([Signature.parsed(text) for text in ("2/4", "3/4", "4/4", "6/8", "3/8", "5/4", "2/2")]),
    thirds=st.booleans(),
)
def test_signs_fill_their_bars(data: list[tuple[int, int]], signature: Signature, thirds: bool) -> None:
    """Gaps and lengths of any kind: no sign crosses a bar line, none is missing, ties join what was cut."""
    unit = signature.beat / (3 if thirds else 4)
    chords, now = [], ZERO
    for gap, length in data:
        chords.append(Chord(now + gap * unit, length * unit, (60,)))
        now = chords[-1].end
    bars = written_bars(chords, signature, ZERO)
    for signs in bars.values():
        assert [sign.offset for sign in signs] == [ZERO, *np.cumsum([sign.length for sign in signs])[:-1]]
        assert sum((sign.length for sign in signs), ZERO) == signature.bar
    sounding = [sign for _, signs in sorted(bars.items()) for sign in signs if sign.pitches]
    assert sum((sign.length for sign in sounding), ZERO) == sum((chord.length for chord in chords), ZERO)
    assert sum(not sign.tied for sign in sounding) == len(chords)


def called(name: str) -> Key:
    """The key of a name such as "A minor"."""
    tonic, mode = name.split()
    return Key(tonic, mode == "minor", 0.2, 0.9)


@pytest.mark.parametrize(
    ("key", "pitch", "name"),
    [
        ("A minor", 68, "G#4"),
        ("A minor", 70, "B-4"),
        ("Eb major", 63, "E-4"),
        ("C major", 66, "F#4"),
        ("E major", 64, "E4"),
        ("F# major", 65, "E#4"),
        ("C# minor", 60, "B#3"),
        ("Ab major", 59, "C-4"),
    ],
)
def test_pitches_are_named_by_their_key(key: str, pitch: int, name: str) -> None:
    """Leading notes are sharps, and the octave is that of the name: B sharp 3 sounds as C4."""
    assert spelled(pitch, called(key)) == name
    assert music21.pitch.Pitch(name).midi == pitch


@given(pitch=st.integers(21, 108), key=st.sampled_from(["C major", "Gb major", "B major", "Eb minor", "G# minor"]))
def test_every_name_sounds_as_its_pitch(pitch: int, key: str) -> None:
    """On all keys and in remote keys, with two accidentals at most."""
    name = spelled(pitch, called(key))
    assert music21.pitch.Pitch(name).midi == pitch
    assert len(name) <= 4


def test_the_mode_is_that_of_the_third_that_is_played() -> None:
    """With long tonics and fifths and short minor thirds among them, the profiles alone decide nothing."""
    notes = take(*((i, i + 0.9, pitch) for i, pitch in enumerate([57, 64, 69, 64, 57, 59, 62, 68] * 2)), (20, 20.1, 60))
    found = key_of_page(notes)
    assert found is not None
    assert str(found.name) == "A minor"
    major = key_of_page(
        TakeNotes.of(
            NoteTable.build(notes.onset, notes.offset, np.where(notes.pitch == 60, 61, notes.pitch), notes.velocity)
        )
    )
    assert major is not None
    assert str(major.name) == "A major"


def test_key_signatures() -> None:
    """G minor has two flats, E major four sharps, an unknown key none."""
    found = [signature_fifths(called(name)) for name in ("G minor", "E major", "Db major", "C# minor")]
    assert found == [-2, 4, -5, 4]
    assert signature_fifths(None) == 0


@pytest.fixture(scope="module")
def demo() -> bytes:
    return musicxml(draft_score(read_take(DEMO)))


def test_the_demo_parses_and_is_marked_as_a_draft(demo: bytes) -> None:
    """music21 reads two staves with all 106 notes, an upbeat and the bars of the piece; ties count once."""
    score = music21.converter.parseData(demo.decode(), format="musicxml")
    assert [len(part.getElementsByClass("Measure")) for part in score.parts] == [18, 18]
    notes = [note for part in score.stripTies().parts for note in part.recurse().notes]
    pitches = [pitch.midi for note in notes for pitch in note.pitches]
    assert sorted(pitches) == sorted(read_take(DEMO).pitch.tolist())
    assert score.parts[0].measure(0).duration.quarterLength == 1
    assert b"Draft" in demo
    assert {element.ratioString for element in score.recurse().getElementsByClass("TimeSignature")} == {"3/4"}


def test_verovio_draws_the_demo(demo: bytes) -> None:
    """One tall picture without a picture inside it, and a PDF of one page."""
    page = svg_page(demo)
    assert page.count(b"<svg") == 1
    assert page.count(b'class="note"') >= 106
    pdf = pdf_pages(demo, "Für Elise")
    assert pdf.startswith(b"%PDF")
    assert b"/Count 1" in pdf


def test_a_title_has_its_letters_and_its_room() -> None:
    """Cyrillic ones too, composed or not; others are left out, a long title is set smaller, and cut at last."""
    shape, width = title_shape("Осень, Für\u00a0Élise", 16, 9, 500)
    assert len(shape.points) > 500
    assert width == title_shape("Осень, Fu\u0308r E\u0301lise 月 🎹", 16, 9, 500)[1]
    assert title_shape("月光", 16, 9, 500)[1] == 0
    assert title_shape("Prelude " * 8, 16, 9, 500)[1] == pytest.approx(500)
    assert 480 < title_shape("Prelude " * 40, 16, 9, 500)[1] <= 500


def test_two_voices_triplets_and_a_second_page_are_drawn() -> None:
    """A longer score with beats of three."""
    document = musicxml(draft_score(played(drawn_score(11, 4, triple=True, bars=24), 200, 0.01, seed=1)))
    toolkit = verovio.toolkit()
    assert toolkit.loadData(document.decode())
    assert b"/Count 1" not in pdf_pages(document, "long")


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000), count=st.integers(8, 40))
def test_random_notes_become_some_score(seed: int, count: int) -> None:
    """Nothing about them makes sense; the file still holds every pitch."""
    random = np.random.default_rng(seed)
    onset = np.sort(random.uniform(0, count / 4, count))
    notes = TakeNotes.of(
        NoteTable.build(
            onset,
            onset + random.exponential(0.5, count),
            random.integers(21, 109, count),
            random.integers(1, 128, count),
        )
    )
    score = music21.converter.parseData(musicxml(draft_score(notes)).decode(), format="musicxml")
    pitches = {pitch.midi for note in score.recurse().notes for pitch in note.pitches}
    assert pitches == set(notes.pitch.tolist())


@pytest.mark.parametrize("count", [0, 1, 3])
def test_too_few_notes_are_no_score(count: int) -> None:
    """A sentence, and nothing is drawn."""
    notes = TakeNotes.of(
        NoteTable.build(*[[0.5 * i for i in range(count)]] * 2, [60] * count, [64] * count), name="Take 3"
    )
    with pytest.raises(FileError, match="Take 3 has too few notes"):
        draft_score(notes)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("{demo}", "-o", "x.doc"), 2, "ends in .musicxml"),
        (("{demo}", "-o", "there.svg"), 5, "--overwrite"),
        (("{demo}", "-o", "x.svg", "--time-signature", "waltz"), 2, "such as 3/4"),
        (("few.mid", "-o", "x.svg"), 5, "too few notes"),
        (("there.svg", "-o", "x.svg"), 5, "liszten transcribe"),
        (("{demo}", "-o", "no/x.musicxml"), 5, "cannot be written"),
    ],
)
def test_a_failed_score_is_one_sentence(
    arguments: tuple[str, ...],
    status: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The exit status, one line on standard error, and no file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path("there.svg").write_text("<svg/>")
    mido.MidiFile(tracks=[mido.MidiTrack([mido.Message("note_on", note=60)])]).save("few.mid")
    assert cli.run(["score", *(word.format(demo=DEMO) for word in arguments)]) == status
    err = capfd.readouterr().err
    assert words in err
    assert err.startswith("liszten: ")
    assert err.count("\n") == 1
    assert not Path(arguments[2]).exists() or arguments[2] == "there.svg"


@pytest.mark.parametrize(
    ("missing", "name"),
    [("music21", "x.musicxml"), ("svglib.svglib", "x.pdf"), ("fontTools.ttLib", "x.pdf")],
)
def test_a_missing_extra_is_named(
    missing: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The sentence holds the command that mends it."""
    imported = builtins.__import__

    def without(module: str, *rest: Any) -> Any:
        if module == missing:
            raise ImportError(module)
        return imported(module, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert cli.run(["score", str(DEMO), "-o", str(tmp_path / name)]) == 2
    assert "pip install 'liszten[score]'" in capfd.readouterr().err


def test_the_command_prints_metre_key_and_tempo(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The hint of 3/8 halves the values."""
    output = tmp_path / "elise.musicxml"
    assert cli.run(["score", str(DEMO), "-o", str(output), "--time-signature", "3/8"]) == 0
    assert "a draft in 3/8, A minor" in capfd.readouterr().err
    assert b"<beat-type>8</beat-type>" in output.read_bytes()
