"""Segments: everything from the seed, labels on the sound, clear words when the corpus is not there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.training.tiny_bank import tone, write_bank
from training.data.augment import Doses
from training.data.midi import write_midi
from training.data.notes import Performance
from training.data.paths import MissingCorpusError, data_folder
from training.data.segments import Mixture, SegmentSource, SourceConfig

CLEAN = Doses(clean=1.0)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One bank for each split, ten MIDI files, and a recording of clicks with labels on them."""
    root = tmp_path_factory.mktemp("corpus")
    for name in ("wood", "petrof_upright"):
        write_bank(root / "pianos" / name, tone(1.0))
    (root / "midi").mkdir()
    random = np.random.default_rng(0)
    for i in range(10):
        onset = np.arange(0.3, 8, 0.25)
        pitch = random.integers(40, 90, len(onset))
        write_midi(
            Performance.build(onset, onset + 0.2, pitch, np.full(len(onset), 60 + i)), root / "midi" / f"{i}.mid"
        )
    (root / "recordings").mkdir()
    clicks = np.zeros(20 * 16000, np.float32)
    onset = np.round(np.arange(0.5, 19.5, 0.4), 3)
    clicks[np.round(onset * 16000).astype(int)] = 0.8
    soundfile.write(root / "recordings" / "clicks.flac", clicks, 16000)
    write_midi(
        Performance.build(onset, onset + 0.1, np.full(len(onset), 70), np.full(len(onset), 64)),
        root / "recordings" / "clicks.mid",
    )
    return root


def config(corpus: Path, **changes: object) -> SourceConfig:
    plain = SourceConfig(
        maestro=str(corpus / "midi"), pianos_folder=str(corpus / "pianos"), rooms="none", noise="none",
        recordings=str(corpus / "recordings"), hops=200, doses=CLEAN,
    )  # fmt: skip
    return replace(plain, **changes)


def test_segment_depends_on_its_seed_alone(corpus: Path):
    """A second source, asked in another order, gives the same audio and labels."""
    mixture = Mixture(rendered=0.4, recording=0.2, generated=0.2, noise=0.2)
    settings = config(corpus, mixture=mixture, doses=Doses())
    one, two = SegmentSource(settings), SegmentSource(settings)
    forward = [one.segment(seed) for seed in range(12)]
    backward = [two.segment(seed) for seed in reversed(range(12))][::-1]
    assert len({segment.kind for segment in forward}) >= 3
    for a, b in zip(forward, backward, strict=True):
        np.testing.assert_array_equal(a.audio, b.audio)
        np.testing.assert_array_equal(a.performance.onset, b.performance.onset)
        np.testing.assert_array_equal(a.sounding_end, b.sounding_end)
    assert np.abs(forward[0].audio - forward[1].audio).max() > 0


def test_every_segment_has_its_length_and_an_end_for_each_note(corpus: Path):
    """Two seconds of float32 within full scale; no note ends before it began."""
    source = SegmentSource(config(corpus, mixture=Mixture(0.4, 0.2, 0.2, 0.2), doses=Doses()))
    for seed in range(20):
        segment = source.segment(seed)
        assert segment.audio.shape == (32000,)
        assert segment.audio.dtype == np.float32
        assert np.abs(segment.audio).max() <= 1.001
        assert (segment.sounding_end >= segment.performance.onset).all()
        assert len(segment.performance) == 0 if segment.kind == "noise" else segment.kind


def test_labels_follow_a_detuned_recording(corpus: Path):
    """Detuned by up to 40 cents (2.3 % in time), the clicks of a recording stay within a sample of their labels."""
    settings = config(corpus, mixture=Mixture(0, 1, 0, 0), detune_sd_cents=40.0)
    source, drift = SegmentSource(settings), []
    for seed in range(10):
        segment = source.segment(seed)
        onset = segment.performance.onset[(segment.performance.onset > 0.01) & (segment.performance.onset < 1.98)]
        for time in onset:
            near = segment.audio[int(time * 16000) - 100 : int(time * 16000) + 100]
            drift.append(abs(int(np.argmax(np.abs(near))) - 100 + int(time * 16000) - time * 16000))
        heard = np.flatnonzero(np.abs(segment.audio[160:31680]) > 0.5 * np.abs(segment.audio).max())
        assert len(onset) == 1 + np.count_nonzero(np.diff(heard) > 100)
    assert max(drift) <= 1.0


def test_splits_share_neither_pianos_nor_performances(corpus: Path):
    """Velocities tell the files apart: every fifth is for validation."""
    kinds = {}
    for split in ("train", "validation"):
        source = SegmentSource(config(corpus, split=split, mixture=Mixture(1, 0, 0, 0)))
        made = [source.segment(seed) for seed in range(30)]
        kinds[split] = ({s.piano for s in made}, {int(v) for s in made for v in s.performance.velocity})
    assert kinds["train"][0] == {"wood"}
    assert kinds["validation"] == ({"petrof_upright"}, {60, 65})
    assert not kinds["train"][1] & kinds["validation"][1]


def test_validation_never_uses_recordings(corpus: Path):
    """Their weight counts for nothing there."""
    source = SegmentSource(config(corpus, split="validation", mixture=Mixture(0.1, 10, 0, 0)))
    assert {source.segment(seed).kind for seed in range(10)} == {"rendered"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("maestro", "magenta.tensorflow.org"),
        ("pianos_folder", "Salamander"),
        ("rooms", "OpenAIR"),
        ("noise", "ESC-10"),
        ("recordings", "MAPS"),
    ],
)
def test_missing_part_is_named_with_its_source(corpus: Path, part: str, words: str):
    """Construction fails at once, with the folder and where to get what it should hold."""
    with pytest.raises(MissingCorpusError, match=words) as error:
        SegmentSource(config(corpus, **{part: str(corpus / "nowhere")}))
    assert "nowhere" in str(error.value)


def test_missing_bank_is_named(corpus: Path):
    """A piano asked for by name that is not there."""
    with pytest.raises(MissingCorpusError, match="broadwood"):
        SegmentSource(config(corpus, pianos=("broadwood",)))


def test_configuration_comes_from_a_table():
    """Sub-tables become the mixture and the doses, lists become tuples, unknown keys are named."""
    table = {"hops": 100, "pianos": ["wood"], "mixture": {"noise": 0.5}, "doses": {"snr_db": [5, 10]}}
    made = SourceConfig.from_table(table)
    assert (made.hops, made.pianos, made.mixture.noise, made.doses.snr_db) == (100, ("wood",), 0.5, (5, 10))
    with pytest.raises(ValueError, match="colour"):
        SourceConfig.from_table({"doses": {"colour": 1}})
    with pytest.raises(ValueError, match="'test'"):
        SourceConfig(split="test")


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not (data_folder() / "maestro").exists(), reason="needs the corpus")
def test_onsets_of_the_corpus_lie_on_rises_of_the_sound():
    """Spectral flux at the labels of clean rendered segments stands out from the flux elsewhere."""
    settings = SourceConfig(doses=CLEAN, pianos=("rosler_upright", "hupfeld_upright"), mixture=Mixture(1, 0, 0, 0))
    source, at, elsewhere = SegmentSource(settings), [], []
    for seed in range(6):
        segment = source.segment(seed)
        frames = np.lib.stride_tricks.sliding_window_view(segment.audio, 512)[::160] * np.hanning(512)
        level = np.log1p(1000 * np.abs(np.fft.rfft(frames)))
        flux = np.maximum(np.diff(level, axis=0), 0).sum(axis=1)
        frame = ((segment.performance.onset * 16000 - 256) / 160).astype(int)
        frame = frame[(frame > 2) & (frame < len(flux) - 4)]
        peak = np.array([flux[f - 1 : f + 4].max() for f in frame])
        at.extend(peak / flux.mean())
        elsewhere.append(np.median(flux) / flux.mean())
    assert np.median(at) > 2 * np.mean(elsewhere)
