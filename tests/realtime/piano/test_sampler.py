"""The sampler's sound: exact in time and pitch, equal to the corpus renderer's, and the same however it is cut."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.cli import main as cli
from realtime.contract import FloatArray
from realtime.events import NoteOn, StreamStarted, to_json
from realtime.notes import NoteTable
from realtime.piano.render import write_rendering
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.piano.samples import SampledPiano
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import transcribe_file
from tests.training.tiny_bank import LEVEL, step, tone, write_bank
from training.data.sound.piano import Bank
from training.data.sound.renderer import RenderSettings, render

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo" / "demo.mid"
# Half the 4 dB that a sample may stand out of its key: the tiny bank has one for all velocities.
GAIN = 0.5 * 10 ** (2 / 20)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> SampledPiano:
    return SampledPiano(write_bank(tmp_path_factory.mktemp("pianos") / "steps", step()))


@pytest.fixture(scope="module")
def tones(tmp_path_factory: pytest.TempPathFactory) -> SampledPiano:
    return SampledPiano(write_bank(tmp_path_factory.mktemp("pianos") / "tones", tone()))


def played(*notes: tuple[float, float, int, int], pedal: tuple[tuple[float, int], ...] = ()) -> TakeNotes:
    """Notes of (onset, offset, pitch, velocity)."""
    onset, offset, pitch, velocity = zip(*notes, strict=True) if notes else ((),) * 4
    return TakeNotes.of(
        NoteTable.build(onset, offset, pitch, velocity, [time for time, _ in pedal], [value for _, value in pedal])
    )


PHRASE = played(
    (0.1, 0.4, 60, 127), (0.4, 0.9, 64, 80), (0.41, 1.2, 48, 60), (0.95, 1.3, 60, 100), pedal=((0.3, 127), (1.0, 50))
)


@pytest.mark.parametrize(("onset", "rate"), [(0.0, 16_000), (0.5, 16_000), (0.7306875, 16_000), (0.25, 48_000)])
def test_attack_sounds_on_the_sample_of_its_onset(steps: SampledPiano, onset: float, rate: int) -> None:
    """Half of the step's height lies between the sample before the onset and the one at it."""
    sound, at = Sampler(played((onset, 1.5, 60, 127)), steps, rate).render(), round(onset * rate)
    height = GAIN * LEVEL
    assert np.abs(sound[: max(at - rate // 1000, 0)]).max(initial=0) < 1e-4 * height
    assert at - 2 * rate // 16_000 < int(np.argmax(sound > height / 2)) <= at
    assert pytest.approx(height, rel=1e-3) == sound[at + rate // 10]


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_and_level_at_every_rate(tones: SampledPiano, rate: int) -> None:
    """400 Hz are 400 Hz; an octave higher they are 800."""
    for pitch, hz in ((60, 400.0), (72, 800.0)):
        sound = Sampler(played((0.0, 1.9, pitch, 127)), tones, rate).render()[rate // 10 : rate // 10 + rate // 2]
        spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 20))
        assert pytest.approx(hz, abs=0.3) == np.argmax(spectrum) * rate / (1 << 20)
        assert pytest.approx(GAIN * LEVEL / np.sqrt(2), rel=0.01) == np.sqrt((sound**2).mean())


@pytest.mark.parametrize("times", [2, 3])
def test_a_higher_rate_has_the_same_sound_at_the_same_instants(tones: SampledPiano, times: int) -> None:
    """Every second or third sample is one of 16 kHz: a place off by one would move 400 Hz by 5 % of its height."""
    notes = played((0.1, 1.9, 60, 127))
    plain, fine = Sampler(notes, tones, 16_000).render(), Sampler(notes, tones, times * 16_000).render()
    steady = slice(16_000 // 4, 16_000)
    np.testing.assert_allclose(fine[::times][steady], plain[steady], atol=0.005 * GAIN * LEVEL)


def test_nothing_beyond_the_banks_band_comes_with_a_higher_rate(tones: SampledPiano) -> None:
    """A 7 kHz tone at 48 kHz has its mirror at 9 kHz 60 dB down or more."""
    sound = Sampler(played((0.0, 0.1, 60 + 48, 127)), tones).render()[480:2880]
    spectrum = np.abs(np.fft.rfft(sound * np.kaiser(len(sound), 12)))
    hz = np.fft.rfftfreq(len(sound), 1 / 48_000)
    assert pytest.approx(6400, abs=40) == hz[np.argmax(spectrum)]
    assert spectrum[hz > 8800].max() < 1e-3 * spectrum.max()


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.integers(0, 120_000), max_size=12), rate=st.sampled_from([16_000, 44_100, 48_000]))
def test_however_it_is_cut_it_sounds_the_same(tones: SampledPiano, cuts: list[int], rate: int) -> None:
    """Blocks of any length, one after the other; 1e-6 is float32 rounding of sums."""
    sampler = Sampler(PHRASE, tones, rate)
    whole = sampler.render()
    bounds = [0, *sorted(min(cut, sampler.samples) for cut in cuts), sampler.samples]
    pieces = [sampler.block(a, b - a) for a, b in pairwise(bounds)]
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-6)


def test_before_the_start_and_after_the_end_is_silence(tones: SampledPiano) -> None:
    """Blocks beyond both ends, a block of no length, and no notes at all."""
    sampler = Sampler(PHRASE, tones)
    assert not sampler.block(-5000, 4000).any()
    assert not sampler.block(sampler.samples + 100, 4000).any()
    assert sampler.block(4000, 0).shape == (0,)
    empty = Sampler(played(), tones)
    assert (empty.samples, len(empty.render())) == (0, 0)


def test_hours_of_silence_are_not_worked_out(tones: SampledPiano, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two notes of a take that was left running there is nothing to filter, at any rate."""
    sampler = Sampler(played((0.0, 0.5, 60, 64), (28_800.0, 28_800.5, 60, 64)), tones, 44_100)
    assert sampler.block(28_800 * 44_100, 4_410).any()
    monkeypatch.delattr(np, "einsum")
    assert not sampler.block(14_400 * 44_100, 4_410).any()


def test_it_plays_like_the_corpus_renderer(tmp_path: Path) -> None:
    """Pedal, half-pedal, re-strikes, loudness: one performance through both, sample by sample (float16 samples)."""
    folder = write_bank(tmp_path / "tones", tone())
    sound = Sampler(PHRASE, SampledPiano(folder), 16_000).render() / 0.5
    columns = (PHRASE.onset, PHRASE.offset, PHRASE.pitch, PHRASE.velocity, PHRASE.pedal_time, PHRASE.pedal_value)
    expected = render(
        [NoteTable.build(*columns)], Bank(folder), len(sound) / 16_000, [RenderSettings(gamma=1.6, uneven=0.5)]
    )
    np.testing.assert_allclose(sound, expected.audio[0].numpy(), atol=2e-3 * LEVEL)


def test_the_loudest_chord_does_not_clip(tones: SampledPiano) -> None:
    """Twenty keys struck fully add up to five times full scale, and stay below it; soft play is left as it is."""
    chord = Sampler(played(*((0.0, 1.0, 40 + i, 127) for i in range(20))), tones).render()
    assert 0.9 < np.abs(chord).max() <= 1.0
    one = Sampler(played((0.0, 1.0, 60, 127)), tones).block(4800, 9600)
    assert np.abs(one).max() == pytest.approx(GAIN * LEVEL, rel=0.01)


def test_nothing_clicks_but_attacks(tones: SampledPiano) -> None:
    """Release, re-strike and the sample's end bend a tone no sharper than two such tones bend (A w^2 each)."""
    notes = played((0.1, 0.2, 60, 127), (0.5, 0.6, 60, 127), (1.0, 9.0, 60, 127), pedal=((0.0, 127), (0.7, 0)))
    bend = np.abs(np.diff(Sampler(notes, tones, 16_000).render(), 2))
    for onset in notes.onset:
        bend[round(onset * 16_000) - 4 : round(onset * 16_000) + 4] = 0
    assert bend.max() < 1.05 * 2 * GAIN * LEVEL * (2 * np.pi * 400 / 16_000) ** 2


def test_the_file_is_the_sound(tones: SampledPiano, tmp_path: Path) -> None:
    """24 bit mono at the sampler's rate, with its progress."""
    shares: list[float] = []
    write_rendering(Sampler(PHRASE, tones, 44_100), tmp_path / "phrase.wav", shares.append)
    sound, rate = soundfile.read(tmp_path / "phrase.wav", dtype="float32")
    assert (rate, shares[-1]) == (44_100, 1.0)
    assert sorted(shares) == shares
    np.testing.assert_allclose(sound, Sampler(PHRASE, tones, 44_100).render(), atol=2**-22)


def transcribed(sound: FloatArray, folder: Path) -> list[NoteOn]:
    soundfile.write(folder / "played.wav", sound, 48_000)
    events = transcribe_file(folder / "played.wav", OnnxStep(shipped_model()))
    return [event for event in events if isinstance(event, NoteOn)]


def test_the_model_transcribes_what_was_played(tmp_path: Path) -> None:
    """Five seconds of the demo on the piano that ships: nearly every note is found within 50 ms of its place."""
    demo = read_take(DEMO)
    estimated = transcribed(Sampler(demo, shipped_piano()).block(0, 5 * 48_000), tmp_path)
    reference = [(o, p) for o, p in zip(demo.onset, demo.pitch, strict=True) if o < 4.8]
    found = sum(any(abs(note.time - o) < 0.05 and note.pitch == p for note in estimated) for o, p in reference)
    assert found >= 0.95 * len(reference)
    assert len(estimated) <= 1.3 * len(reference)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("{take}", "-o", "x.mp3"), 2, "ends in .wav"),
        (("{take}", "-o", "there.wav"), 5, "--overwrite"),
        (("{take}", "-o", "."), 2, "ends in .wav"),
        (("{take}", "-o", "no/such/x.wav"), 5, "cannot be written"),
        (("there.wav", "-o", "x.wav"), 5, "liszten transcribe"),
        (("nowhere", "-o", "x.wav"), 5, "does not exist"),
        (("silent.jsonl", "-o", "x.wav"), 5, "no notes"),
    ],
)
def test_a_failed_rendering_is_one_sentence(
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
    soundfile.write("there.wav", np.zeros(100), 16_000)
    Path("silent.jsonl").write_text(to_json(StreamStarted("m", "studio", 0.3, 16_000, "x", "2026-01-01T00:00:00Z")))
    assert status == cli.run(["render", *(word.format(take=DEMO) for word in arguments)])
    err = capfd.readouterr().err
    assert words in err
    assert err.startswith("liszten: ")
    assert err.count("\n") == 1
    assert not Path("x.wav").exists()


def test_render_writes_a_take(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """As long as the notes and their ringing, at the requested rate."""
    take = tmp_path / "one.jsonl"
    lines = [
        '{"event":"stream","version":1,"model":"m","delay":"studio","delay_s":0.3,"sample_rate":48000,"source":"s","started":"x"}',
        '{"event":"note_on","time":0.5,"emitted":0.6,"pitch":60,"velocity":72,"p":0.9}',
        '{"event":"note_off","time":1.0,"emitted":1.1,"pitch":60}',
    ]
    take.write_text("\n".join(lines) + "\n")
    assert cli.run(["render", str(take), "-o", str(tmp_path / "one.wav"), "--rate", "22050"]) == 0
    assert "one.wav: 1.2 s" in capfd.readouterr().err
    sound, rate = soundfile.read(tmp_path / "one.wav")
    assert rate == 22_050
    assert not sound[: int(0.49 * rate)].any()
    assert np.abs(sound[int(0.5 * rate) : int(0.6 * rate)]).max() > 0.01


def test_what_of_a_take_could_not_be_read_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """On standard error, with status 0; by every command that reads takes."""
    cut = tmp_path / "cut.mid"
    cut.write_bytes(DEMO.read_bytes()[:200])
    words = "Track 1 of the MIDI file could be read to "
    assert cli.run(["render", str(cut), "-o", str(tmp_path / "cut.wav"), "--rate", "8000"]) == 0
    assert capfd.readouterr().err.startswith(words)
    assert cli.run(["video", str(cut), "-o", str(tmp_path / "cut.mp4"), "--size", "320x180", "--fps", "10"]) == 0
    assert capfd.readouterr().err.startswith(words)
    assert cli.run(["report", str(cut)]) == 0
    assert f"! {words}" in capfd.readouterr().out
