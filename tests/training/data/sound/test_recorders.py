"""Codecs, noise suppression, automatic gain: what they take away, and that onsets stay."""

from collections.abc import Callable

import numpy as np
import pytest

from training.data.sound.recorders import automatic_gain, codec, noise_suppression

TIME = np.arange(32000) / 16000


def note_at(sample: int) -> np.ndarray:
    """A tone of 440 Hz that begins there and dies away, over a little noise."""
    tone = np.where(sample / 16000 <= TIME, np.sin(2 * np.pi * 440 * TIME) * np.exp(-3 * (TIME - sample / 16000)), 0)
    return (0.3 * tone + 1e-3 * np.random.default_rng(0).standard_normal(len(TIME))).astype(np.float32)


@pytest.mark.parametrize("recorder", [codec, noise_suppression, automatic_gain])
def test_an_onset_stays_where_it_is(recorder: Callable[[np.ndarray, np.random.Generator], np.ndarray]):
    """Ten draws: as many samples, within full scale, and the level rises within 10 ms of the onset."""
    for seed in range(10):
        recorded = recorder(note_at(16000), np.random.default_rng(seed))
        assert recorded.shape == (32000,)
        assert np.abs(recorded).max() <= 1.001
        level = np.sqrt(np.square(recorded.reshape(-1, 160)).mean(1))
        assert abs(int(np.argmax(level > 0.5 * level.max())) - 100) <= 1


def test_a_codec_drops_what_is_faint_beside_what_is_loud():
    """Noise 50 dB below a tone in its own band is gone, the tone is not."""
    rng = np.random.default_rng(1)
    tone = np.sin(2 * np.pi * 1000 * TIME)
    recorded = codec((tone + 3e-3 * rng.standard_normal(len(TIME))).astype(np.float32), np.random.default_rng(2))
    level = np.abs(np.fft.rfft(recorded * np.hanning(len(recorded))))
    assert level[1960:1980].max() < 1e-3 * level[2000]
    assert level[2000] == pytest.approx(np.abs(np.fft.rfft(tone * np.hanning(len(tone))))[2000], rel=0.02)


def test_suppression_lowers_a_steady_floor_and_keeps_the_tone():
    """Noise before the onset loses 3 to 12 dB; the note less than one."""
    audio = note_at(16000)
    for seed in range(5):
        recorded = noise_suppression(audio, np.random.default_rng(seed))
        before, note = (
            20 * np.log10(recorded[part].std() / audio[part].std()) for part in (slice(15000), slice(16500, 20000))
        )
        assert -12.5 < before < -2.5
        assert -1 < note < 0.1


def test_automatic_gain_raises_the_soft_part():
    """A tone 30 dB softer than what came two seconds before is nearer to it afterwards."""
    tone = np.tile(np.sin(2 * np.pi * 440 * TIME), 4)
    tone[64000:] *= 10 ** (-30 / 20)
    recorded = automatic_gain(tone.astype(np.float32), np.random.default_rng(3))
    assert 20 * np.log10(recorded[30000:60000].std() / recorded[-16000:].std()) < 28
