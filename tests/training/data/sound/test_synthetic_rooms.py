"""Synthetic rooms: the direct sound in its place, and reverberation as loud and as long as acoustics says."""

import numpy as np
import pytest

from training.data.sound.synthetic_rooms import RoomLayout, drawn_layout, impulse_response, synthetic_room

LIVING_ROOM = RoomLayout(
    np.array([4.6, 3.7, 2.5]), np.array([1.0, 0.8, 0.9]), np.array([2.9, 2.3, 1.1]), np.full(3, 0.42)
)


def direct_to_reverberant_db(response: np.ndarray) -> float:
    return float(10 * np.log10(response[0] ** 2 / np.square(response[1:]).sum()))


def t60_s(response: np.ndarray) -> float:
    """From the decay of the energy that is still to come between -5 and -25 dB (Schroeder 1965)."""
    left = np.cumsum(np.square(response[1:][::-1]))[::-1]
    decibels = 10 * np.log10(left / left[0] + 1e-12)
    return 3 * float(np.argmax(decibels < -25) - np.argmax(decibels < -5)) / 16000


def test_the_direct_to_reverberant_ratio_and_t60_are_those_of_acoustics():
    """13.8 V / (4 pi c T60 d^2) is -12.4 dB for 42.6 m3, .42 s and 2.42 m; T60 as asked for."""
    responses = [impulse_response(LIVING_ROOM, np.random.default_rng(seed)) for seed in range(5)]
    assert np.mean([direct_to_reverberant_db(h) for h in responses]) == pytest.approx(-12.4, abs=1.5)
    assert np.mean([t60_s(h) for h in responses]) == pytest.approx(0.42, rel=0.15)


def test_the_nearer_microphone_gets_less_of_the_room():
    """A quarter of the distance: 12 dB more of the direct sound."""
    near = LIVING_ROOM._replace(microphone=LIVING_ROOM.source + (LIVING_ROOM.microphone - LIVING_ROOM.source) / 4)
    far, close = (direct_to_reverberant_db(impulse_response(p, np.random.default_rng(1))) for p in (LIVING_ROOM, near))
    assert close - far == pytest.approx(12, abs=2)


def test_the_first_reflection_comes_from_the_nearest_wall():
    """Source and microphone 2 m apart, both half a metre over the floor of a hall: 2.236 m against 2 m, 11 samples."""
    hall = RoomLayout(np.array([40.0, 40, 20]), np.array([20.0, 20, 0.5]), np.array([22.0, 20, 0.5]), np.full(3, 2.0))
    response = impulse_response(hall, np.random.default_rng(2))
    assert np.argmax(np.abs(response[4:400])) + 4 == 11


def test_treble_decays_faster_with_a_shorter_t60():
    """T60 .9 s below 250 Hz and .2 s above 2 kHz: after .3 s hardly any treble is left."""
    dull = LIVING_ROOM._replace(t60=np.array([0.9, 0.5, 0.2]))
    late = np.abs(np.fft.rfft(impulse_response(dull, np.random.default_rng(3))[4800:]))
    low, high = late[: len(late) // 40].mean(), late[len(late) // 2 :].mean()
    assert high < 0.03 * low


def test_drawn_layouts_are_from_dry_to_a_hall():
    """Inside their walls; distances .3 to 5 m, direct sound from far above the reverberation to far below it."""
    levels = []
    for seed in range(60):
        layout = drawn_layout(np.random.default_rng(seed))
        for point in (layout.source, layout.microphone):
            assert ((point > 0) & (point < layout.size)).all()
        assert 0.2 < layout.distance < 5.1
        room = synthetic_room(np.random.default_rng(seed))
        assert room.direct == 0
        assert room.samples[0] == 1
        levels.append(direct_to_reverberant_db(room.samples))
    assert min(levels) < -11
    assert max(levels) > 5
