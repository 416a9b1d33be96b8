"""The renderer against values computed by hand and against a plain per-sample reference."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
import torch
from scipy.signal import butter, sosfilt

from realtime.notes import NoteTable
from realtime.piano.dampers import DampingClock, HalfPedal, damper_rate
from tests.training.tiny_bank import LEAD, LEVEL, step, tone, write_bank
from training.data.corpus.paths import MissingCorpusError, data_folder
from training.data.sound.piano import Bank
from training.data.sound.renderer import RenderSettings, render
from training.data.sound.resample import resample

RATE_60 = 52 / 0.12  # dB per second of the damper at middle C
PLAIN = RenderSettings(gamma=1.0, uneven=0.0)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return Bank(write_bank(tmp_path_factory.mktemp("pianos") / "steps", step()))


def sound(
    bank: Bank, played: NoteTable, seconds: float = 2.0, settings: RenderSettings = PLAIN
) -> npt.NDArray[np.float32]:
    return np.asarray(render([played], bank, seconds, [settings]).audio[0].numpy())


def note(onset: float, offset: float, pitch: int = 60, velocity: int = 127, pedal: tuple = ((), ())) -> NoteTable:
    return NoteTable.build([onset], [offset], [pitch], [velocity], *pedal)


@pytest.mark.parametrize("onset", [0.0, 0.5, 0.7306875, 1023 / 16000, 1024 / 16000])
def test_attack_sounds_on_the_sample_of_its_onset(bank: Bank, onset: float):
    """Silence up to the onset, the sample's first loud value on it, also at the edges of blocks."""
    audio, at = sound(bank, note(onset, 9.0)), round(onset * 16000)
    assert not audio[:at].any()
    assert pytest.approx(LEVEL) == audio[at]


def test_damper_takes_its_rate_from_the_release(bank: Bank):
    """60 ms after the release of middle C half of 52 dB are gone; before it, nothing."""
    audio = sound(bank, note(0.25, 1.0))
    assert pytest.approx(LEVEL) == audio[15999]
    assert pytest.approx(LEVEL * 10 ** (-26 / 20), rel=1e-3) == audio[16960]


def test_pedal_holds_the_note_until_it_rises(bank: Bank):
    """Key up at 0.5 s, pedal up at 1 s: damping begins at 1 s."""
    audio = sound(bank, note(0.1, 0.5, pedal=([0.0, 1.0], [127, 0])))
    assert pytest.approx(LEVEL) == audio[15999]
    assert pytest.approx(LEVEL * 10 ** (-26 / 20), rel=1e-3) == audio[16960]


def test_half_pedal_damps_slower(bank: Bank):
    """CC64 at 56, midway between 36 and 76, leaves a quarter of the damping."""
    audio = sound(bank, note(0.1, 1.0, pedal=([0.0], [56])))
    assert pytest.approx(LEVEL * 10 ** (-RATE_60 * 0.06 / 4 / 20), rel=1e-3) == audio[16960]


def test_pedal_that_came_down_in_time_catches_the_rest(bank: Bank):
    """12 ms of damping, then the pedal: 5.2 dB are lost and no more."""
    audio = sound(bank, note(0.1, 1.0, pedal=([1.012], [127])))
    assert pytest.approx(LEVEL * 10 ** (-5.2 / 20), rel=1e-3) == audio[24000]


def test_highest_keys_have_no_damper(bank: Bank):
    """Pitch 89 rings on after its key, 88 does not."""
    free, damped = (sound(bank, note(0.0, 0.05, pitch))[3200:3300] for pitch in (89, 88))
    assert np.abs(free).min() > 0.9 * LEVEL
    assert np.abs(damped).max() < 0.01 * LEVEL


def test_restrike_replaces_the_ringing_note(bank: Bank):
    """Under the pedal the second onset does not add to the first: 70 ms later one note is left."""
    twice = NoteTable.build([0.1, 1.0], [0.2, 1.1], [60, 60], [127, 127], [0.0], [127])
    audio = sound(bank, twice)
    assert pytest.approx(2 * LEVEL, rel=0.01) == audio[16000]
    assert pytest.approx(LEVEL * (1 + 10 ** (-20 / 20)), rel=0.01) == audio[16320]
    assert pytest.approx(LEVEL, rel=1e-3) == audio[17200]


def test_velocity_sets_the_level_by_gamma(bank: Bank):
    """Gamma 2: half of the velocity is a quarter of the amplitude."""
    audio = sound(bank, note(0.0, 9.0, velocity=64), settings=RenderSettings(gamma=2.0, uneven=0.0))
    assert pytest.approx(LEVEL * (64 / 127) ** 2, rel=1e-3) == audio[800]


def test_note_from_before_the_start_sounds_from_its_middle(bank: Bank):
    """The bank's sample lasts 2 s: struck at -1.5 s it is over at 0.5 s."""
    audio = sound(bank, note(-1.5, 9.0))
    assert pytest.approx(LEVEL) == audio[0]
    assert not audio[8000:].any()


def test_slice_sounds_like_the_same_stretch_of_the_whole(bank: Bank):
    """Pedal, damping and ringing notes carry over the start of a slice."""
    whole = NoteTable.build(
        [0.1, 0.4, 0.9, 1.3, 1.9],
        [0.3, 1.5, 1.6, 1.4, 2.5],
        [60, 64, 67, 60, 72],
        [90, 80, 127, 60, 100],
        [0.2, 1.45],
        [127, 0],
    )
    start = 16384 / 16000
    assert np.abs(sound(bank, whole, 3.0)[16384:] - sound(bank, whole.slice(start, 1.5), 3.0 - start)).max() < 1e-4


def test_batch_is_its_performances_one_by_one(bank: Bank):
    """Different pieces and settings do not affect each other."""
    first, second = note(0.3, 0.6), NoteTable.build([0.1, 0.5], [0.4, 1.7], [40, 90], [50, 70])
    all_settings = [RenderSettings(cents=12.0), RenderSettings(gamma=1.2, pan=0.2)]
    both = render([first, second], bank, 1.5, all_settings).audio.numpy()
    np.testing.assert_allclose(both[0], sound(bank, first, 1.5, all_settings[0]), atol=1e-6)
    np.testing.assert_allclose(both[1], sound(bank, second, 1.5, all_settings[1]), atol=1e-6)


@pytest.mark.parametrize("cents", [-40.0, 25.0])
def test_detuning_moves_the_pitch_and_not_the_onset(tmp_path: Path, cents: float):
    """400 Hz becomes 400 * 2^(cents / 1200) Hz; the attack stays within a sample of its label."""
    bank = Bank(write_bank(tmp_path / "tone", tone()))
    audio = sound(bank, note(0.5, 9.0), 2.4, RenderSettings(uneven=0.0, cents=cents))
    spectrum = np.abs(np.fft.rfft(audio[9600:35200] * np.hanning(25600), 1 << 20))
    assert pytest.approx(400 * 2 ** (cents / 1200), abs=0.1) == np.argmax(spectrum) * 16000 / (1 << 20)
    assert abs(int(np.argmax(np.abs(audio) > 0.25 * LEVEL)) - 8000) <= 1


def test_nothing_clicks_but_attacks(tmp_path: Path):
    """Release, re-strike, pedal and the sample's end bend a tone no sharper than the tone itself bends.

    The largest second difference of A cos(wt) is A w^2, w the angle per sample.
    """
    bank = Bank(write_bank(tmp_path / "tone", tone(1.2)))
    played = NoteTable.build([0.1, 0.5, 1.0], [0.2, 0.6, 9.0], [60] * 3, [127] * 3, [0.0, 0.7, 0.75], [127, 0, 127])
    bend = np.abs(np.diff(sound(bank, played, 2.4), 2))
    for onset in played.onset:
        bend[round(onset * 16000) - 4 : round(onset * 16000) + 4] = 0
    assert bend.max() < 1.05 * 2 * LEVEL * (2 * np.pi * 400 / 16000) ** 2
    after = bend[round(1.1 * 16000) :]
    assert after.max() < 1.05 * LEVEL * (2 * np.pi * 400 / 16000) ** 2


def test_sounding_end_is_where_40_db_are_lost(bank: Bank):
    """Damped by its key, by a re-strike, or at the sample's end."""
    played = NoteTable.build([0.0, 0.0, 0.5, 0.0], [0.4, 9.0, 9.0, 9.0], [60, 62, 62, 64], [127] * 4)
    end = render([played], bank, 3.0, [PLAIN]).sounding_end[0]
    assert pytest.approx([end[0], end[1]], abs=2e-3) == [0.4 + 40 / RATE_60, 0.5]
    assert pytest.approx(2.0 / 2 ** (4 / 12), abs=0.06) == end[2]
    assert pytest.approx(0.5 + 2.0 / 2 ** (2 / 12), abs=0.06) == end[3]


def plain_reference(bank: Bank, played: NoteTable, seconds: float) -> npt.NDArray[np.float64]:
    """One note after the other, one envelope value a sample."""
    out, time = np.zeros(round(seconds * 16000)), np.arange(round(seconds * 16000)) / 16000
    clock = DampingClock(played, HalfPedal())
    for onset, offset, pitch, velocity, again in zip(
        played.onset, played.offset, played.pitch, played.velocity, played.next_onset(), strict=True
    ):
        region = int(bank.piano.region_of[pitch - 21, velocity])
        bank.prepare([region])
        first, frames = int(bank.first[region]), int(bank.frames[region])
        samples = bank.flat[0, first : first + frames].double().numpy()
        loss = np.maximum(clock(time) - clock(np.float64(offset)), 0) * damper_rate(pitch)
        loss = loss + 1000 * np.maximum(time - again, 0)
        at = round(onset * 16000) - int(bank.piano.lead[region])
        low, high = max(at, 0), min(at + frames, len(out))
        out[low:high] += samples[low - at : high - at] * (10 ** (-loss / 20) * (velocity / 127))[low:high]
    return out


@pytest.mark.parametrize("seed", range(4))
def test_blocks_agree_with_the_plain_reference(bank: Bank, seed: int):
    """Random notes and pedal: the envelope, linear over 4 ms, is the exact one but for its corners."""
    random = np.random.default_rng(seed)
    onset = np.sort(random.uniform(-0.5, 2, 30))
    played = NoteTable.build(
        onset, onset + random.uniform(0.05, 1, 30), random.integers(50, 75, 30), random.integers(20, 128, 30),
        np.sort(random.uniform(0, 2, 8)), random.integers(0, 128, 8),
    )  # fmt: skip
    expected = plain_reference(bank, played, 2.0)
    difference = np.abs(expected - sound(bank, played)) / np.abs(expected).max()
    assert difference.max() < 0.03
    assert difference.mean() < 5e-4


def test_soft_notes_of_a_bank_with_one_layer_are_darker(tmp_path: Path):
    """The softest part of the only layer keeps its loudness but loses treble."""
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, 16000).astype(np.float32)
    bank = Bank(write_bank(tmp_path / "one", noise, layers=1))
    above = butter(2, 4000, "hp", fs=16000, output="sos")
    loud, soft = (sound(bank, note(0.0, 9.0, velocity=v), 0.9) for v in (120, 15))
    share = [float(np.square(sosfilt(above, x)).sum() / np.square(x).sum()) for x in (loud, soft)]
    assert share[1] < 0.3 * share[0]
    assert pytest.approx((15 / 120), rel=0.1) == soft[:4800].std() / loud[:4800].std()


def test_resampling_by_one_gives_the_input_back():
    """Ratio 1 has only the phase 0, where the kernel nearly is a single tap (it cuts at 96 % of the band)."""
    tone = torch.sin(torch.arange(4000) * 0.3)
    assert (resample(tone, 1.0, 4000) - tone)[32:-32].abs().max() < 1e-3


def test_missing_bank_says_where_to_get_one(tmp_path: Path):
    """The error names a free piano."""
    with pytest.raises(MissingCorpusError, match="Salamander"):
        Bank(tmp_path / "nowhere")


@pytest.mark.parametrize(("samples", "rate"), [(20_000, 16_000), (32_024, 44_100)])
def test_half_a_copy_of_a_bank_is_no_piano_of_silent_keys(tmp_path: Path, samples: int, rate: int):
    """Audio that ends before its table says so, or has another rate: labels without their sound, were it taken."""
    folder = write_bank(tmp_path / "half", step())
    soundfile.write(folder / "half.L.flac", step()[:samples], rate)
    with pytest.raises(MissingCorpusError, match=r"half\.L\.flac is broken"):
        Bank(folder).prepare_all()


@pytest.mark.parametrize("table", ["{}", "[", '{"sample_rate": 44100}'])
def test_a_damaged_table_of_a_bank_is_named(tmp_path: Path, table: str):
    """No JSON, no bank's, or one for another rate."""
    folder = write_bank(tmp_path / "odd", step())
    (folder / "odd.json").write_text(table)
    with pytest.raises(MissingCorpusError, match=r"odd\.json is broken"):
        Bank(folder)


@pytest.mark.corpus
@pytest.mark.skipif(not (data_folder() / "pianos").exists(), reason="needs the sampled pianos")
@pytest.mark.parametrize("name", ["kawai_upright", "rosler_upright"])
def test_attacks_of_real_banks_lie_on_their_onsets(name: str):
    """The attack passes -20 dB within 4 ms of its label over the whole keyboard, and within 2 ms in the middle."""
    bank = Bank(data_folder() / "pianos" / name)
    above = butter(2, 150, "hp", fs=16000, output="sos")
    late = []
    for pitch in range(24, 106, 9):
        envelope = np.abs(sosfilt(above, sound(bank, note(0.25, 1.0, pitch, 100), 0.5, RenderSettings())))
        smooth = np.convolve(envelope, np.full(16, 1 / 16))[: len(envelope)]
        late.append(np.argmax(smooth > 0.1 * smooth.max()) / 16 - 250)
    assert np.abs(late).max() < 4
    assert abs(np.median(late)) < 2


@pytest.mark.parametrize("pitch", [36, 48, 72, 96])
def test_transposed_samples_keep_their_attack_on_the_onset(bank: Bank, pitch: int):
    """The 1.5 ms before the attack shrink or stretch with the pitch; half of the step's height is reached in time."""
    assert bank.piano.lead[bank.piano.region_of[60 - 21, 127]] == LEAD
    audio = sound(bank, note(0.5, 9.0, pitch), 1.0)
    assert abs(int(np.argmax(audio > LEVEL / 2)) - 8000) <= 1


def test_damping_clock_runs_while_the_pedal_is_up():
    """Up until 1 s, down until 3 s: what is reached at 1 s is reached there first, a little more only after 3 s."""
    clock = DampingClock(note(0, 1, pedal=([1.0, 3.0], [127, 0])), HalfPedal())
    start = clock(np.array([0.0, 1.0, 2.0, 4.0]))
    assert np.diff(start).tolist() == pytest.approx([1, 0, 1])
    assert clock.when(start[1:2] + np.array([0.0, 0.25])).tolist() == pytest.approx([1.0, 3.25])


def test_free_strings_ring_under_the_pedal_and_only_there(tmp_path: Path):
    """The pedal is down from 0.5 to 1 s: before it nothing changes, under it there is more, after it nothing rings."""
    bank = Bank(write_bank(tmp_path / "tone", tone(1.0)))
    played = note(0.2, 1.9, pedal=([0.5, 1.0], [127, 0]))
    change = sound(bank, played, settings=replace(PLAIN, resonance_db=-20.0)) - sound(bank, played)
    assert not change[: round(0.49 * 16000)].any()
    assert np.abs(change[round(0.6 * 16000) : round(0.99 * 16000)]).max() > 1e-3
    assert not change[round(1.01 * 16000) :].any()


def test_ringing_strings_have_the_level_that_was_asked_for(bank: Bank):
    """-20 dB of the whole sound's RMS, whatever the strings' own answer is."""
    played = note(0.2, 1.9, pedal=([0.0], [127]))
    plain = sound(bank, played)
    change = sound(bank, played, settings=replace(PLAIN, resonance_db=-20.0)) - plain
    assert np.sqrt((change**2).mean() / (plain**2).mean()) == pytest.approx(0.1, rel=0.02)
