"""Segments: everything from the seed, labels on the sound, clear words when the corpus is not there."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import torch

from realtime.errors import DataError
from realtime.notes import NoteTable
from realtime.piano.samples import AS_SAMPLED
from realtime.validation import build
from tests.training.tiny_bank import tone, write_bank
from training.data.corpus.clips import held_out, read_clips
from training.data.corpus.midi import write_midi
from training.data.corpus.paths import MissingCorpusError, data_folder
from training.data.segments import segments
from training.data.segments.segments import Mixture, SegmentSource, SourceConfig
from training.data.sound import builds
from training.data.sound.augment import AugmentationConfig
from training.data.sound.surroundings import Surroundings

CLEAN = AugmentationConfig(clean=1.0)


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
        write_midi(NoteTable.build(onset, onset + 0.2, pitch, np.full(len(onset), 60 + i)), root / "midi" / f"{i}.mid")
    (root / "recordings").mkdir()
    clicks = np.zeros(20 * 16000, np.float32)
    onset = np.round(np.arange(0.5, 19.5, 0.4), 3)
    clicks[np.round(onset * 16000).astype(int)] = 0.8
    soundfile.write(root / "recordings" / "clicks.flac", clicks, 16000)
    write_midi(
        NoteTable.build(onset, onset + 0.1, np.full(len(onset), 70), np.full(len(onset), 64)),
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
    settings = config(corpus, mixture=mixture, doses=AugmentationConfig())
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
    source = SegmentSource(config(corpus, mixture=Mixture(0.4, 0.2, 0.2, 0.2), doses=AugmentationConfig()))
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
        loud = np.flatnonzero(np.abs(segment.audio[160:31680]) > 0.5 * np.abs(segment.audio).max())
        assert len(onset) == 1 + np.count_nonzero(np.diff(loud) > 100)
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


def test_batch_is_its_single_segments(corpus: Path):
    """All kinds, detuned and not, with everything that augmentation does: float rounding (1e-6) at most."""
    mixture = Mixture(rendered=0.4, recording=0.2, generated=0.2, noise=0.2)
    settings = config(corpus, mixture=mixture, doses=AugmentationConfig(), pianos=("wood", "petrof_upright"))
    together = SegmentSource(settings).batch(range(16), torch.device("cpu"))
    alone = SegmentSource(settings)
    assert len({segment.kind for segment in together}) == 4
    for seed, segment in enumerate(together):
        single = alone.segment(seed)
        np.testing.assert_allclose(segment.audio, single.audio, atol=1e-6)
        np.testing.assert_array_equal(segment.performance.onset, single.performance.onset)
        np.testing.assert_array_equal(segment.sounding_end, single.sounding_end)
        assert (segment.kind, segment.piano) == (single.kind, single.piano)


def test_each_segment_of_a_batch_is_augmented_from_its_own_seed(corpus: Path):
    """Against the same batch without gain, each of twelve has a gain of its own, between -30 and 0 dB."""
    still = replace(CLEAN, gain_db=(0.0, 0.0), peak_dbfs=(-100.0, 0.0))
    mixture = Mixture(0.5, 0, 0.5, 0)
    plain, loud = (
        SegmentSource(config(corpus, mixture=mixture, doses=doses)).batch(range(12))
        for doses in (still, replace(still, gain_db=(-30.0, 0.0)))
    )
    gains = [np.abs(b.audio).max() / np.abs(a.audio).max() for a, b in zip(plain, loud, strict=True)]
    assert len({round(20 * np.log10(gain), 1) for gain in gains}) >= 10
    assert 10 ** (-30 / 20) <= min(gains) < max(gains) <= 1


def test_batch_renders_once_for_each_piano_on_the_device(corpus: Path, monkeypatch: pytest.MonkeyPatch):
    """Two pianos, two calls, all performances of one in one, on the device that was asked for."""
    calls: list[tuple[str, int, torch.device]] = []
    render: Callable[..., Any] = segments.render

    def counted(played: list[NoteTable], bank: Any, seconds: float, all_settings: Any, device: torch.device) -> Any:
        calls.append((bank.name, len(played), device))
        return render(played, bank, seconds, all_settings, device)

    monkeypatch.setattr(segments, "render", counted)
    settings = config(corpus, mixture=Mixture(0.5, 0, 0.5, 0), pianos=("wood", "petrof_upright"))
    made = SegmentSource(settings).batch(range(12), torch.device("cpu"))
    counts = {name: sum(segment.piano == name for segment in made) for name in ("wood", "petrof_upright")}
    assert sorted(calls, key=str) == sorted(((n, c, torch.device("cpu")) for n, c in counts.items()), key=str)


@pytest.fixture(scope="module")
def maestro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two performances in MAESTRO's layout, one of them with its recording: clicks, in stereo at 44.1 kHz, 4 s."""
    root = tmp_path_factory.mktemp("maestro")
    onset = np.round(np.arange(0.3, 3.7, 0.4), 3)
    rows = ["canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration"]
    for name in ("sounding", "silent"):
        rows.append(f"Bach,{name},train,2018,{name}.midi,{name}.wav,3.6")
        played = NoteTable.build(onset, onset + 0.1, np.full(len(onset), 70), np.full(len(onset), 64))
        write_midi(played, root / f"{name}.midi")
    (root / "maestro-v3.0.0.csv").write_text("\n".join(rows) + "\n")
    clicks = np.zeros((4 * 44100, 2), np.float32)
    at = np.round(onset * 44100).astype(int)
    for lag, level in ((-1, 0.4), (0, 0.8), (1, 0.4)):
        clicks[at + lag] = level
    soundfile.write(root / "sounding.wav", clicks, 44100)
    return root


def test_real_audio_of_maestro_comes_with_its_labels(corpus: Path, maestro: Path):
    """Clicks at their labels within a sample, detuned by up to 40 cents, from wherever in the file they are read."""
    mixture, drift = Mixture(1, 0, 0, 0), []
    source = SegmentSource(config(corpus, maestro=str(maestro), mixture=mixture, real_audio=1.0, detune_sd_cents=40.0))
    made = [segment for seed in range(24) if (segment := source.segment(seed)).piano == "sounding"]
    assert {segment.kind for segment in made} == {"recording"}
    assert len(made) >= 6
    for segment in made:
        assert segment.audio.shape == (32000,)
        onset = segment.performance.onset[(segment.performance.onset > 0.01) & (segment.performance.onset < 1.98)]
        loud = np.flatnonzero(np.abs(segment.audio[160:31680]) > 0.5 * np.abs(segment.audio).max())
        assert len(onset) == 1 + np.count_nonzero(np.diff(loud) > 100)
        for time in onset:
            around = np.abs(segment.audio[int(time * 16000) - 100 : int(time * 16000) + 100])
            drift.append(abs(int(np.argmax(around)) - 100 + int(time * 16000) - time * 16000))
    assert max(drift) <= 1.5


def test_share_of_real_audio_is_settable(corpus: Path, maestro: Path):
    """1: whatever has a recording; 0: all is rendered; the file without one always is."""
    kinds = {}
    for share in (0.0, 0.5, 1.0):
        settings = config(corpus, maestro=str(maestro), mixture=Mixture(1, 0, 0, 0), real_audio=share)
        made = SegmentSource(settings).batch(range(40))
        kinds[share] = sum(segment.kind == "recording" for segment in made)
    assert kinds[0.0] == 0
    assert kinds[0.0] < kinds[0.5] < kinds[1.0] < 40


def packed_clips(folder: Path, clips: list[dict[str, Any]], hz: list[float]) -> None:
    """Half a second of a tone for each clip."""
    folder.mkdir(parents=True)
    time = np.arange(8000) / 16000
    soundfile.write(
        folder / f"{folder.name}.flac", np.concatenate([0.5 * np.sin(2 * np.pi * f * time) for f in hz]), 16000
    )
    places = [{**clip, "start": i * 8000, "frames": 8000} for i, clip in enumerate(clips)]
    (folder / f"{folder.name}.json").write_text(json.dumps({"sample_rate": 16000, "clips": places}))


def test_splits_share_no_source_of_noise(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Both parts of the birds' recording are held out: training has 3 kHz alone, at any speed, validation never."""
    # Synthetic noise is in both splits.
    monkeypatch.setattr("training.data.sound.surroundings._SYNTHETIC_NOISE", 0.0)
    monkeypatch.setattr(
        Surroundings, "background", lambda self, count, random: self.disturbance(count, False, 0.0, random)
    )
    sources = ["field birds.ogg @0.0s", "field birds.ogg @41.6s", "field rain.ogg @0.0s"]
    packed_clips(tmp_path / "noise", [{"cls": "x", "source": source} for source in sources], [500.0, 1000.0, 3000.0])
    frequencies: dict[str, set[int]] = {"train": set(), "validation": set()}
    for split, tones in frequencies.items():
        noise = {"noise": str(tmp_path / "noise"), "validation_noise": ("field birds",)}
        source = SegmentSource(config(corpus, split=split, mixture=Mixture(0, 0, 0, 1), **noise))
        for seed in range(40):
            level = np.abs(np.fft.rfft(source.segment(seed).audio))
            if level.max() > 30 * np.median(level):
                tones.add(round(int(np.argmax(level)) / 2, -1))
    assert frequencies["train"] <= set(range(2200, 4300))
    assert frequencies["validation"] <= set(range(370, 1500))
    assert len(frequencies["train"]) > 5 < len(frequencies["validation"])


@pytest.mark.corpus
@pytest.mark.skipif(not (data_folder() / "rooms").exists(), reason="needs the corpus")
def test_no_source_of_the_corpus_is_on_both_sides():
    """Rooms whatever the channel and position, recordings whatever the part, speakers: each in one split."""
    settings = SourceConfig()
    for part, sources in (("rooms", settings.validation_rooms), ("noise", settings.validation_noise)):
        clips = read_clips(data_folder() / part, part)
        train, validation = (held_out(clips, sources, side) for side in (False, True))
        assert len(train) + len(validation) == len(clips)
        assert len(train) > 5 * len(validation) > 25
        origins = [{origin(clip.source) for clip in side} for side in (train, validation)]
        assert not origins[0] & origins[1]
        assert all(any(clip.source.startswith(source) for clip in clips) for source in sources)
    assert {clip.kind == "speech" for clip in validation} == {True, False}


def origin(source: str) -> str:
    """Room or recording that a clip was cut from, by another way than the configuration's: what varies is cut off."""
    for varying in (r" @.*", r"(_s\d+)?(_sb|_st)?_ch\d$", r"_s\d+r\d+$", r"_lp\d$", r"_az.*", r"_rir\d$", r"_kemar.*"):
        source = re.sub(varying, "", source)
    return re.sub(r"(_auditorium|_ch\d)$", "", source)


def test_validation_with_recordings_alone_has_generated_playing(corpus: Path):
    """A run on recordings alone does not end at its first validation."""
    source = SegmentSource(config(corpus, split="validation", mixture=Mixture(0, 1, 0, 0)))
    assert source.segment(0).kind == "generated"


def test_split_without_a_performance_is_named(corpus: Path, tmp_path: Path):
    """One file is for validation, so nothing is left to train on."""
    write_midi(NoteTable.build([0.5], [1.0], [60], [64]), tmp_path / "a.mid")
    source = SegmentSource(config(corpus, maestro=str(tmp_path), mixture=Mixture(1, 0, 0, 0)))
    with pytest.raises(MissingCorpusError, match="no performance for the train split"):
        source.segment(0)


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
    """Sub-tables become the mixture and the doses, lists become tuples."""
    table = {"hops": 100, "pianos": ["wood"], "mixture": {"noise": 0.5}, "doses": {"snr_db": [5, 10]}}
    made = build(SourceConfig, table, known_only=True)
    assert (made.hops, made.pianos, made.mixture.noise, made.doses.snr_db) == (100, ("wood",), 0.5, (5, 10))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"doses": {"colour": 1}}, "doses.colour is 1: there is no such key"),
        ({"split": "test"}, 'split is "test": Invalid enum value'),
        ({"hops": 0}, "hops is 0: Expected `int` >= 1"),
        ({"hops": -512}, "hops is -512: Expected `int` >= 1"),
        ({"hops": 5.5}, "hops is 5.5: Expected `int`, got `float`"),
        ({"hops": True}, "hops is true: Expected `int`, got `bool`"),
        ({"hops": 2**31}, "hops is 2147483648: Expected `int` <= 2147483647"),
        ({"maestro": 3}, "maestro is 3: Expected `str`"),
        ({"pianos": "wood"}, 'pianos is "wood": Expected `array`'),
        ({"validation_rooms": [2, 5]}, r"validation_rooms.1 is 2: Expected `str`"),
        ({"transpose": 1.5}, "transpose is 1.5: Expected `float` <= 1.0"),
        ({"real_audio": -0.1}, "real_audio is -0.1: Expected `float` >= 0.0"),
        ({"detune_sd_cents": -1}, "detune_sd_cents is -1: Expected `float` >= 0.0"),
        ({"detune_limit_cents": 101}, "detune_limit_cents is 101: Expected `float` <= 100.0"),
        ({"detune_limit_cents": math.nan}, "detune_limit_cents is NaN: Expected `float`"),
        ({"transpose_semitones": -1}, "transpose_semitones is -1: Expected `int` >= 0"),
        ({"transpose_semitones": 89}, "transpose_semitones is 89: Expected `int` <= 88"),
        ({"mixture": {"noise": -0.5}}, "mixture.noise is -0.5: Expected `float` >= 0.0"),
        ({"mixture": {"noise": math.inf}}, "mixture.noise is Infinity: Expected `float` <= "),
        ({"mixture": {"noise": "much"}}, 'mixture.noise is "much": Expected `float`'),
        ({"mixture": 3}, "mixture is 3: Expected `object`"),
        ({"doses": {"room": 2}}, "doses.room is 2: Expected `float` <= 1.0"),
        ({"doses": {"clipping": -0.1}}, "doses.clipping is -0.1: Expected `float` >= 0.0"),
        ({"doses": {"snr_db": 5}}, "doses.snr_db is 5: Expected `array`"),
        ({"doses": {"snr_db": [1, 2, 3]}}, r"doses.snr_db is \[1, 2, 3\]: Expected `array` of length 2"),
        ({"doses": {"snr_db": [10, 5]}}, r"snr_db is \[10, 5\], expected the lower one first"),
        ({"doses": {"peak_dbfs": [-35, 3]}}, r"peak_dbfs is \[-35, 3\]: Expected `float` <= 0.0"),
    ],
)
def test_values_that_cannot_be_are_named(table: dict[str, Any], words: str):
    """The key, its value and what it may be."""
    with pytest.raises(DataError, match=words):
        build(SourceConfig, table, known_only=True)


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


def test_training_builds_its_pianos_anew_and_validation_does_not(corpus: Path, monkeypatch: pytest.MonkeyPatch):
    """Seeds 0 to 3 are one edition, 4 to 7 the next; going back to an edition gives the same segment again."""
    drawn: list[float] = []
    monkeypatch.setattr(builds, "drawn", lambda random, variety: drawn.append(variety) or AS_SAMPLED)
    everywhere = replace(config(corpus), mixture=Mixture(1, 0, 0, 0), build_segments=4, variety=0.6)
    source = SegmentSource(everywhere)
    for seed in (0, 3, 4, 7):
        source.segment(seed)
    assert drawn == [0.6, 0.6]
    drawn.clear()
    validation = SegmentSource(replace(everywhere, split="validation"))
    for seed in (0, 3, 4, 7):
        validation.segment(seed)
    assert drawn == [0.0]


def test_a_build_is_its_seeds_alone(corpus: Path):
    """The same segment, whether an earlier edition was played before it or not."""
    everywhere = replace(config(corpus), mixture=Mixture(1, 0, 0, 0), build_segments=4, variety=1.0)
    source = SegmentSource(everywhere)
    first, later = source.segment(0), source.segment(5)
    assert not np.array_equal(source.segment(4).audio, first.audio)
    assert np.array_equal(SegmentSource(everywhere).segment(5).audio, later.audio)
    assert np.array_equal(source.segment(0).audio, first.audio)


def test_lone_notes_are_rendered_like_the_rest(corpus: Path) -> None:
    """A mixture of lone notes alone, in training and in validation: sound where a note begins, and its kind."""
    for split in ("train", "validation"):
        source = SegmentSource(config(corpus, split=split, mixture=Mixture(0, 0, 0, 0, lone=1)))
        segments = [source.segment(seed) for seed in range(6)]
        assert {segment.kind for segment in segments} == {"lone"}
        assert all(np.abs(segment.audio).max() > 0 for segment in segments if len(segment.performance))


def test_excerpts_may_begin_at_an_onset(corpus: Path) -> None:
    """With `at_once` 1 every excerpt's first onset lies within 30 ms of its beginning, unless no more notes begin."""
    source = SegmentSource(config(corpus, mixture=Mixture(1, 0, 0, 0), at_once=1.0))
    first = [source.segment(seed).performance.started_inside().onset[:1] for seed in range(12)]
    assert sum(len(onset) for onset in first) > 6
    assert all((onset <= 0.031).all() for onset in first)


def test_segments_of_lone_notes_have_these_alone(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notes are those of `lone_notes`, drawn for the length of a segment."""
    played = NoteTable.build([0.5], [1.5], [60], [64])
    lengths: list[float] = []

    def drawn(random: np.random.Generator, seconds: float) -> NoteTable:
        lengths.append(seconds)
        return played

    monkeypatch.setattr(segments, "lone_notes", drawn)
    source = SegmentSource(config(corpus, mixture=Mixture(0, 0, 0, 0, lone=1)))
    assert source.segment(3).performance is played
    assert lengths == [2.0]


def test_action_noise_is_that_of_the_notes_played(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rendered piano gets the noise of the very notes that are the segment's labels."""
    noisy: list[NoteTable] = []

    def with_action_noise(audio: np.ndarray, played: NoteTable, random: np.random.Generator) -> np.ndarray:
        noisy.append(played)
        return audio

    monkeypatch.setattr("training.data.sound.augment.with_action_noise", with_action_noise)
    doses = AugmentationConfig(clean=1.0, mechanics=1.0)
    segment = SegmentSource(config(corpus, mixture=Mixture(0, 0, 1, 0), doses=doses)).segment(0)
    assert len(noisy) == 1
    assert noisy[0] is segment.performance
