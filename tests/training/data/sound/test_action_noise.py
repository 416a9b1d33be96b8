"""Action noise: at offsets and before onsets, and quieter than the playing."""

import numpy as np

from realtime.notes import NoteTable
from training.data.sound.action_noise import thump, thumps, with_action_noise


def test_thumps_are_short():
    """Fifty of them: peak 1, nine tenths of the energy within a tenth of a second."""
    for seed in range(50):
        sound = thump(np.random.default_rng(seed))
        assert np.abs(sound).max() == np.float32(1)
        assert np.square(sound[:2400]).sum() > 0.9 * np.square(sound).sum()


def test_a_key_makes_noise_when_it_comes_back_and_now_and_then_before_it_sounds():
    """A key held from 1 to 2 s: a thump of at most -18 dB at its offset, sometimes one at its onset, none between."""
    audio = np.zeros(48000, np.float32)
    audio[16000] = 1.0
    played = NoteTable.build([1.0], [2.0], [60], [64])
    pressed = 0
    for seed in range(40):
        noise = with_action_noise(audio, played, np.random.default_rng(seed)) - audio
        assert np.abs(noise).max() <= 10 ** (-18 / 20) + 1e-6
        assert not noise[:15100].any()
        assert not noise[21000:31000].any()
        assert noise[31000:36000].any()
        pressed += bool(noise[15100:16000].any())
    assert 10 < pressed < 30


def test_silence_has_no_action():
    """Nothing is added where nothing sounds; thumps alone are as long as asked for."""
    silence = np.zeros(8000, np.float32)
    assert with_action_noise(silence, NoteTable.build([0.1], [0.2], [60], [64]), np.random.default_rng(0)) is silence
    assert thumps(8000, np.random.default_rng(1)).shape == (8000,)
