"""A piano that is played while it sounds, against values computed by hand on a bank of one constant sample."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.contract import FloatArray
from realtime.piano.samples import SampledPiano
from tests.training.tiny_bank import step, write_bank
from training.data.sound.played_piano import PlayedPiano

LEVEL = 0.1


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> SampledPiano:
    return SampledPiano(write_bank(tmp_path_factory.mktemp("pianos") / "steps", step(6.0)))


def hops(piano: PlayedPiano, count: int) -> FloatArray:
    return np.concatenate([piano.hop() for _ in range(count)])


def test_a_key_sounds_from_the_sample_of_its_stroke(bank: SampledPiano) -> None:
    """Silence before it; then its level, which is that of middle C at a middle velocity, faded in over 8 samples."""
    piano = PlayedPiano(bank, None, LEVEL)
    assert not hops(piano, 2).any()
    piano.strike({60: (70, 100)})
    sound = hops(piano, 3)
    assert np.abs(sound[:101]).max() < 1e-6
    assert sound[108:] == pytest.approx(LEVEL, rel=0.01)
    assert piano.down == (60,)
    assert piano.now == 5 * 160


def test_a_released_key_is_damped_and_one_under_the_pedal_is_not(bank: SampledPiano) -> None:
    """52 dB in 120 ms at middle C: half of it after 60 ms. The keys at the top have no damper."""
    piano = PlayedPiano(bank, None, LEVEL)
    piano.strike({60: (70, 0)})
    hops(piano, 10)
    piano.release([60, 61])
    sound = hops(piano, 7)
    assert sound[0] == pytest.approx(LEVEL, rel=0.01)
    assert sound[960] == pytest.approx(LEVEL * 10 ** (-26 / 20), rel=0.01)
    assert piano.down == ()
    piano.strike({108: (70, 0)})
    hops(piano, 10)
    before = piano.hop()[-1]
    piano.release([108])
    assert hops(piano, 20)[-1] == pytest.approx(before, rel=0.01)


def test_a_key_that_is_down_is_struck_again_in_the_place_of_its_sound(bank: SampledPiano) -> None:
    """The old sound is gone after some ten milliseconds; it does not stack."""
    piano = PlayedPiano(bank, None, LEVEL)
    for _ in range(3):
        piano.strike({60: (70, 0)})
        sound = hops(piano, 10)
    assert sound[-160:] == pytest.approx(LEVEL, rel=0.01)


def test_a_room_echoes_each_key_and_what_its_damper_leaves(bank: SampledPiano) -> None:
    """A response of two samples of the same size 50 ms apart, of energy 1: the sound comes twice, as does its end."""
    room = np.zeros(801, np.float32)
    room[[0, 800]] = 5.0
    piano = PlayedPiano(bank, room, LEVEL)
    piano.strike({60: (70, 0)})
    sound = hops(piano, 20)
    once = sound[400]
    assert sound[1000] == pytest.approx(2 * once, rel=0.01)
    piano.release([60])
    after = hops(piano, 40)
    assert after[799] == pytest.approx(once * (1 + 10 ** (-52 / 20 * 799 / 1920)), rel=0.01)
    assert abs(after[-1]) < 1e-3 * LEVEL


def test_it_sounds_for_longer_than_it_looks_ahead(bank: SampledPiano) -> None:
    """After 16 s of hops the same stroke sounds as at first."""
    piano = PlayedPiano(bank, None, LEVEL)
    hops(piano, 1595)
    piano.strike({60: (70, 0)})
    sound = hops(piano, 20)
    assert sound[8:] == pytest.approx(LEVEL, rel=0.01)
    piano.release([60])
    assert np.abs(hops(piano, 700)[3200:]).max() < 1e-5  # 87 dB less
