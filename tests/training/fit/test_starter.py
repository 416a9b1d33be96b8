"""What ships of the corpus: pieces that can be played, banks that cover the keyboard, a demo that starts at once."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.errors import FileError
from tests.training.tiny_bank import tone
from training.commands.rendering import render_segments
from training.data.corpus.bank_thinning import thin_bank
from training.data.corpus.maestro import open_performances
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import MissingCorpusError
from training.data.corpus.recordings import Recording, read_audio
from training.data.music.pieces import PIECES, Manner, Piece, notes_of, pitch_of, play
from training.data.segments.segments import SegmentSource
from training.fit.starter import STARTER_PIANOS, starter_corpus, starter_folder

ASSETS = starter_folder().parent


def test_pitch_names_are_midi_numbers():
    """C4 is 60; sharps and flats move by one; nonsense is refused."""
    assert [pitch_of(name) for name in ("C4", "F#4", "Bb3", "A0", "C8")] == [60, 66, 58, 21, 108]
    for wrong in ("H4", "C", "C##4", ""):
        with pytest.raises(ValueError, match="not a pitch"):
            pitch_of(wrong)


def test_tokens_become_notes_in_time():
    """A rest moves on, a chord starts together."""
    assert notes_of("r:2 C4+E4:4 D4:1") == [(2, 4, 60), (2, 4, 64), (6, 1, 62)]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_voices_of_a_piece_fit_together(piece: Piece):
    """All voices end within one bar of each other, and the piece fills whole bars after its upbeat."""
    lengths = [sum(int(token.split(":")[1]) for token in voice.split()) for voice in piece.voices]
    assert max(lengths) - min(lengths) < piece.bar
    assert (max(lengths) - piece.upbeat) % piece.bar in (0, piece.bar - piece.upbeat)


@pytest.mark.parametrize("seed", range(3))
def test_played_pieces_can_be_played_on_a_piano(seed: int):
    """No key is struck while it is down, none is inaudible, the same seed plays the same way."""
    for piece in PIECES:
        one, again = (play(piece, Manner(freedom=1.6), np.random.default_rng(seed)) for _ in range(2))
        assert (one.offset > one.onset).all()
        assert (one.offset < one.next_onset()).all()
        assert one.onset.tolist() == again.onset.tolist()
        assert one.velocity.min() >= 8


def test_thinned_bank_keeps_its_loudest_layer_and_covers_all_velocities(tmp_path: Path):
    """Three layers become two: the top one reaches down to the other, and samples move with their new places."""
    source = tmp_path / "full"
    source.mkdir()
    samples = np.concatenate([tone(0.5, hz) for hz in (300.0, 500.0, 700.0)])
    soundfile.write(source / "full.L.ogg", samples, 16000)
    length = len(samples) // 3
    base = {"key": 60, "lokey": 21, "hikey": 108, "frames": length, "gain": 1.0, "level_db": -20.0, "tune": 0}
    ranges = ((1, 40), (41, 80), (81, 127))
    regions = [{**base, "start": i * length, "lovel": low, "hivel": high} for i, (low, high) in enumerate(ranges)]
    info = {"name": "full", "sample_rate": 16000, "channels": "LR", "stored_peak": 0.7, "onset_ms": 1.5, "layers": 3}
    (source / "full.json").write_text(json.dumps({**info, "regions": regions, "extras": []}))
    thin_bank(source, tmp_path / "thin", layers=2, channel="L", longest_s=0.25, quality=0.6)
    thin = json.loads((tmp_path / "thin" / "thin.json").read_text())
    assert [(r["lovel"], r["hivel"], r["frames"]) for r in thin["regions"]] == [(1, 40, 4000), (41, 127, 4000)]
    audio, _ = soundfile.read(tmp_path / "thin" / "thin.L.ogg")
    start = thin["regions"][1]["start"]
    spectrum = np.abs(np.fft.rfft(audio[start + 200 : start + 2200]))
    assert np.argmax(spectrum) * 8 == pytest.approx(700, abs=8)


def test_starter_corpus_makes_segments_of_every_piano():
    """From nothing but the assets: three pianos, sound in them, other performances for validation."""
    source, drawn = SegmentSource(starter_corpus()), set()
    for seed in range(14):
        segment = source.segment(seed)
        drawn.add(segment.piano)
        assert len(segment.performance) == 0 or segment.audio.std() > 1e-5
    assert drawn >= set(STARTER_PIANOS)
    performances = open_performances(starter_folder() / "performances")
    assert len(performances.indices("train")) > len(performances.indices("validation")) >= 5


def test_no_starter_piece_is_on_both_sides():
    """Validation has pieces that training never has, in whatever manner; all of the repertoire is on one side."""
    performances = open_performances(starter_folder() / "performances")
    pieces = {
        s: {performances.rows[i].midi.split(".")[0] for i in performances.indices(s)} for s in ("train", "validation")
    }
    assert not pieces["train"] & pieces["validation"]
    named = {piece.name for piece in PIECES}
    assert pieces["train"] & named
    assert pieces["validation"] & named
    assert (pieces["train"] | pieces["validation"]) & named == named


def test_what_ships_is_small_and_licensed():
    """At most 8 MB of corpus and 1.5 MB of demo, each with its licence and the piano's credit beside it."""
    limits = {"starter": 8e6, "demo": 1.5e6}
    for name, limit in limits.items():
        assert sum(path.stat().st_size for path in (ASSETS / name).rglob("*") if path.is_file()) < limit
        assert "Alexander Holm" in (ASSETS / name / "LICENSE").read_text(encoding="utf-8")


def test_demo_starts_at_once_and_its_notes_lie_on_its_sound():
    """First note within 0.3 s; 25 to 40 s; silence before its label; spectral flux agrees best with unmoved labels."""
    folder = ASSETS / "demo"
    demo = Recording("demo", read_audio(folder / "demo.flac"), read_midi(folder / "demo.mid"))
    first = float(demo.performance.onset[0])
    assert 0 < first < 0.3
    assert 25 < demo.seconds < 40
    assert 0.5 < np.abs(demo.audio).max() < 1
    at = round(first * 16000)
    assert np.abs(demo.audio[: at - 40]).max() < 0.01 * np.abs(demo.audio[at : at + 800]).max()
    frames = np.lib.stride_tricks.sliding_window_view(demo.audio, 512)[::80] * np.hanning(512)
    flux = np.maximum(np.diff(np.log1p(1000 * np.abs(np.fft.rfft(frames))), axis=0), 0).sum(axis=1)
    centre = np.round((demo.performance.onset * 16000 - 256) / 80).astype(int)
    moved = range(-30, 31)
    agreement = [flux[centre[1:] + lag].mean() for lag in moved]
    assert abs(moved[int(np.argmax(agreement))]) <= 3
    assert max(agreement) > 3 * np.median(flux)


def test_render_command_writes_sound_notes_and_picture(tmp_path: Path):
    """Two segments of the starter corpus: WAV at 16 kHz, the notes in it as MIDI, a PNG that is not empty."""
    paths = list(render_segments(None, tmp_path / "out", seed=3, count=2))
    assert len(paths) == 2
    for path in paths:
        audio, rate = soundfile.read(path)
        assert (len(audio), rate) == (81920, 16000)
        assert path.with_suffix(".png").stat().st_size > 20_000
        assert (read_midi(path.with_suffix(".mid")).onset <= 5.12).all()


def test_render_command_names_a_folder_that_cannot_be_written(tmp_path: Path):
    """A file where the folder should be."""
    (tmp_path / "out").write_text("")
    with pytest.raises(FileError, match="out"):
        list(render_segments(None, tmp_path / "out", seed=0, count=1))


def test_render_command_names_a_missing_corpus(tmp_path: Path):
    """A configuration that points nowhere says where MAESTRO can be got."""
    (tmp_path / "run.toml").write_text(
        f'[corpus]\nmaestro = "{tmp_path / "nowhere"}"\npianos_folder = "{ASSETS}/starter/pianos"\n'
    )
    with pytest.raises(MissingCorpusError, match=r"magenta\.tensorflow\.org"):
        list(render_segments(tmp_path / "run.toml", tmp_path / "out", seed=0, count=1))
