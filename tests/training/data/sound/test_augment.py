"""Augmentation: doses, alignment, levels, and filters at frequencies where their gain is known."""

import numpy as np
import pytest

from training.data.corpus.clips import Clip
from training.data.music.generate import generate
from training.data.sound.augment import AugmentationConfig, Augmenter, compress
from training.data.sound.filters import high_pass, low_pass, peaking, shelf
from training.data.sound.surroundings import Surroundings

OFF = AugmentationConfig(clean=0, equaliser=0, room=0, microphone=0, compression=0, clipping=0, noise=0, gain_db=(0, 0))


def piano_like(seed: int = 0, count: int = 16000) -> np.ndarray:
    return (0.1 * np.random.default_rng(seed).standard_normal(count)).astype(np.float32)


def room(direct: int = 8) -> Clip:
    samples = np.zeros(4000, np.float32)
    samples[direct], samples[direct + 900] = 0.9, 0.3
    return Clip(samples, "hall", direct)


def surroundings() -> Surroundings:
    return Surroundings([room()], [Clip(piano_like(1), "rain")], [Clip(piano_like(2), "speech")])


def with_doses(**chances: float) -> AugmentationConfig:
    return AugmentationConfig(**{**OFF.__dict__, **chances})


def test_same_generator_gives_the_same_sound():
    """All effects on: equal seeds equal sounds, another seed another sound."""
    everything = with_doses(equaliser=1, room=1, microphone=1, compression=1, clipping=1, noise=1, gain_db=(-30, 0))
    augment = Augmenter(everything, surroundings())
    first, again, other = (augment(piano_like(), np.random.default_rng(seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.01


def test_half_of_the_segments_only_change_their_gain():
    """With the default doses at least half of 400 draws are the input times a constant, and a good part is not."""
    augment = Augmenter(AugmentationConfig(), surroundings())
    audio, clean = piano_like(count=2000), 0
    for seed in range(400):
        ratio = augment(audio, np.random.default_rng(seed)) / audio
        clean += bool(np.ptp(ratio) < 1e-3 * abs(ratio.mean()))
    assert 0.45 * 400 < clean < 0.62 * 400


def test_room_leaves_the_onset_in_its_place():
    """The direct sound arrives 8 samples into the impulse response, yet the click stays where it was."""
    click = np.zeros(8000, np.float32)
    click[3000] = 0.5
    wet = Augmenter(with_doses(room=1), Surroundings([room()]))(click, np.random.default_rng(0))
    assert np.argmax(np.abs(wet)) == 3000
    assert np.abs(wet[:2999]).max() < 1e-5
    assert abs(wet[3900]) > 0.1 * abs(wet[3000])


@pytest.mark.parametrize("snr", [0.0, 20.0])
def test_noise_lies_at_its_distance(snr: float):
    """Power of what was added against power of the piano, in dB."""
    augment = Augmenter(with_doses(noise=1, snr_db=(snr, snr)), Surroundings(noise=[Clip(piano_like(5), "rain")]))
    audio = piano_like()
    added = augment(audio, np.random.default_rng(0)) - audio
    assert 10 * np.log10((audio**2).mean() / (added**2).mean()) == pytest.approx(snr, abs=0.05)


def test_without_clips_nothing_is_added():
    """Rooms and noise at full dose, but none to draw from."""
    audio = piano_like()
    np.testing.assert_array_equal(
        Augmenter(with_doses(room=1, noise=1), Surroundings())(audio, np.random.default_rng(0)), audio
    )


@pytest.mark.parametrize("level", [1e-4, 0.05, 30.0])
def test_gain_keeps_the_peak_within_its_range(level: float):
    """From whispers to overload the peak ends between -35 and 0 dBFS."""
    augment = Augmenter(AugmentationConfig(), Surroundings())
    for seed in range(20):
        peak = np.abs(augment.gain(level * piano_like(), np.random.default_rng(seed))).max()
        assert -35.01 < 20 * np.log10(peak) < 0.01


def test_silence_stays_silent():
    """No division by a peak of zero."""
    everything = Augmenter(AugmentationConfig(clean=0, room=1), Surroundings([room()]))
    assert not everything(np.zeros(4000, np.float32), np.random.default_rng(0)).any()


def test_noise_alone_has_every_kind_and_never_overloads():
    """Speech, noise and plain hiss all occur; nothing beyond full scale."""
    speech, rain = Clip(np.full(500, 0.2, np.float32), "speech"), Clip(piano_like(1, 700), "rain")
    augment, rms = Augmenter(AugmentationConfig(), Surroundings([room()], [rain], [speech])), []
    for seed in range(60):
        audio = augment.noise_alone(3000, np.random.default_rng(seed))
        assert audio.shape == (3000,)
        assert np.abs(audio).max() <= 1
        rms.append(20 * np.log10(audio.std() + abs(audio.mean())))
    assert min(rms) < -65 < -30 < max(rms)


def test_compression_lowers_what_is_loud():
    """Ratio 2 above -20 dB: a tone at the peak (RMS -3 dB) loses 8.5 dB, one 40 dB below nothing."""
    tone = np.sin(np.arange(16000) * 0.3).astype(np.float32)
    both = np.concatenate([tone, 0.01 * tone])
    squeezed = compress(both, -20.0, 2.0)
    assert 20 * np.log10(squeezed[4000:12000].std() / tone[4000:12000].std()) == pytest.approx(-8.5, abs=0.2)
    np.testing.assert_allclose(squeezed[20000:], both[20000:])


def gain_db(response: np.ndarray, hz: float) -> float:
    return float(20 * np.log10(np.abs(response[round(hz / 8000 * (len(response) - 1))])))


def test_filters_have_their_gains():
    """Centre of a peak, corners of the passes at -3 dB, far ends of the shelves."""
    assert gain_db(peaking(8001, 1000, 1.0, 6.0), 1000) == pytest.approx(6, abs=0.01)
    assert gain_db(peaking(8001, 1000, 1.0, 6.0), 20) == pytest.approx(0, abs=0.05)
    assert gain_db(high_pass(8001, 200), 200) == pytest.approx(-3.01, abs=0.05)
    assert gain_db(low_pass(8001, 3000), 3000) == pytest.approx(-3.01, abs=0.05)
    for high in (True, False):
        response = shelf(8001, 1000, -9.0, high)
        assert [gain_db(response, 10), gain_db(response, 7990)] == pytest.approx([0, -9] if high else [-9, 0], abs=0.1)


def test_generated_playing_can_be_played():
    """Every kind: notes within the time and the keyboard, no key struck while it is down, velocities in 1-127."""
    sizes = set()
    for seed in range(60):
        played = generate(np.random.default_rng(seed), 5.12)
        assert ((played.onset >= 0) & (played.onset < 5.12) & (played.offset > played.onset)).all()
        assert ((played.pitch >= 21) & (played.pitch <= 108)).all()
        assert ((played.velocity >= 1) & (played.velocity <= 127)).all()
        assert (played.offset <= played.next_onset()).all()
        sizes.add(len(played))
    assert len(sizes) > 10


def test_another_tone_keeps_the_level_and_every_onset():
    """A click stays where it is; its spectrum is no longer flat, and without the dose nothing changes."""
    click = np.zeros(16000, np.float32)
    click[8000] = 0.5
    voiced = Augmenter(AugmentationConfig(voicing=1.0), Surroundings()).revoiced(click, np.random.default_rng(1))
    assert abs(int(np.abs(voiced).argmax()) - 8000) <= 8
    assert np.sqrt((voiced**2).mean()) == pytest.approx(np.sqrt((click**2).mean()), rel=1e-3)
    spectrum = 20 * np.log10(np.abs(np.fft.rfft(voiced)) + 1e-9)
    assert np.ptp(spectrum[50:7000]) > 6
    assert Augmenter(AugmentationConfig(voicing=0.0), Surroundings()).revoiced(click, np.random.default_rng(1)) is click


def test_a_noise_floor_is_absolute_but_never_louder_than_the_playing():
    """At -60 dBFS under loud playing to a tenth of a dB; 8 dB below the loudest 50 ms of playing at -60 dBFS."""
    augment = Augmenter(with_doses(floor=1, floor_dbfs=(-60.0, -60.0)), Surroundings())
    loud, faint = piano_like(), np.float32(0.01) * piano_like()
    added = augment(loud, np.random.default_rng(1)) - loud
    assert 20 * np.log10(np.sqrt((added**2).mean())) == pytest.approx(-60, abs=0.1)
    augment = Augmenter(with_doses(floor=1, floor_dbfs=(-40.0, -40.0), peak_dbfs=(-100.0, 0.0)), Surroundings())
    added = augment(faint, np.random.default_rng(1)) - faint
    loudest = np.sqrt((faint.reshape(-1, 800) ** 2).mean(1).max())
    assert 20 * np.log10(np.sqrt((added**2).mean()) / loudest) == pytest.approx(-8, abs=0.1)


def test_effects_at_0_change_no_other_draw():
    """A configuration without synthetic rooms, noise floor, resonances and action noise draws nothing for them."""
    doses = AugmentationConfig()
    assert doses.made_room == doses.floor == doses.modes == doses.mechanics == 0
    draws = np.random.default_rng(5)
    Augmenter(OFF, Surroundings())(piano_like(), draws)
    expected = np.random.default_rng(5)
    for _ in range(7):  # clean, room, equaliser, microphone, compression, clipping, noise
        expected.random()
    expected.uniform()
    assert draws.random() == expected.random()


def test_resonances_keep_the_onset_and_change_the_spectrum():
    """Nothing rings before a click."""
    click = np.zeros(16000, np.float32)
    click[8000] = 0.5
    resonant = Augmenter(AugmentationConfig(voicing=0.0, modes=1.0), Surroundings()).revoiced(
        click, np.random.default_rng(2)
    )
    assert np.square(resonant[:7999]).sum() < 1e-3 * np.square(resonant).sum()
    assert np.ptp(20 * np.log10(np.abs(np.fft.rfft(resonant))[100:7000])) > 3
