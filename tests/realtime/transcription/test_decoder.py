"""The decoder: what holds for any activations, and that ideal activations give back the notes they were made of."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.clock import Timeline
from realtime.contract import HOP, KEYS, LOWEST_PITCH, SAMPLE_RATE, Activations, DecoderCalibration, FloatArray
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.transcription.decoder import RESTRIKE_FRAMES, Decoder, DecoderSettings, onset_threshold
from tests.fakes import FAKE_SPEC

TAIL = FAKE_SPEC.tail_samples
Note = tuple[int, float, float]  # key, onset_s, offset_s


def random_activations(seed: int, frames: int) -> Activations:
    """Nervous activations, smooth and rough stretches, a few keys very active."""
    random = np.random.default_rng(seed)
    busy = random.random(KEYS) < 0.2

    def head() -> FloatArray:
        rough = random.random((frames, KEYS)) ** np.where(busy, 1, 6)
        smooth = np.cumsum(random.normal(0, 0.3, (frames, KEYS)), axis=0)
        return np.where(random.random(KEYS) < 0.5, rough, 0.5 + 0.5 * np.sin(smooth)).astype(np.float32)

    return Activations(head(), head(), head(), head(), random.random(frames).astype(np.float32))


def still(frames: int) -> Activations:
    """Silence."""
    zeros = [np.zeros((frames, KEYS), np.float32) for _ in range(4)]
    return Activations._make([*zeros, np.zeros(frames, np.float32)])


def one_onset(frames: int) -> Activations:
    """The same after one onset of the lowest key, so that there is a sound that a pedal may hold."""
    activations = still(frames)
    activations.onset[5:7, 0] = 1
    return activations


def ideal_activations(notes: list[Note], delay: str, frames: int) -> Activations:
    """The output of a perfect model for these notes: targets as the contract defines them."""
    activations = still(frames)
    shift = FAKE_SPEC.shifts[delay]

    def first_frame(time_s: float) -> int:
        return math.ceil((time_s * SAMPLE_RATE + TAIL) / HOP) - 1 + shift

    for key, onset_s, offset_s in notes:
        on, off = first_frame(onset_s), first_frame(offset_s)
        activations.onset[on : on + 2, key] = 1
        activations.frame[on:off, key] = 1
        activations.keyoff[off : off + 3, key] = 1
        activations.velocity[on : on + 2, key] = 0.5
    return activations


def decode(activations: Activations, delay: str = "balanced", options: DecoderSettings | None = None) -> list[Event]:
    """Push it all, then flush."""
    decoder = Decoder(FAKE_SPEC, delay, options)
    return [*decoder.push(activations), *decoder.flush()]


def notes_of(events: list[Event]) -> list[Note]:
    """Pairs of on and off; fails when they do not alternate per pitch."""
    held: dict[int, float] = {}
    notes = []
    for event in events:
        if isinstance(event, NoteOn):
            assert event.pitch not in held
            held[event.pitch] = event.time
        elif isinstance(event, NoteOff):
            notes.append((event.pitch - LOWEST_PITCH, held.pop(event.pitch), event.time))
    assert not held
    return sorted(notes, key=lambda note: (note[1], note[0]))


OPTIONS = st.builds(
    DecoderSettings,
    sensitivity=st.floats(0, 100),
    min_note_ms=st.floats(0, 200),
    pedal=st.booleans(),
    velocity_curve=st.floats(0.3, 3),
)
DELAYS = st.sampled_from(list(FAKE_SPEC.shifts))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), delay=DELAYS, options=OPTIONS)
def test_any_activations_give_lawful_events(seed: int, delay: str, options: DecoderSettings) -> None:
    """Alternation, order in time, ranges, shortest note, honest delay; and flush leaves nothing open."""
    activations = random_activations(seed, 120)
    events = decode(activations, delay, options)
    notes_of(events)
    last: dict[int, float] = defaultdict(float)
    onset_s: dict[int, float] = {}
    pedal = 0
    for index, event in enumerate(events):
        assert isinstance(event, NoteOn | NoteOff | Pedal)
        assert 0 <= event.time <= event.emitted <= 1.2
        if isinstance(event, Pedal):
            assert options.pedal and {0, 127} == {pedal, event.value}
            pedal = event.value
            continue
        assert event.time >= last[event.pitch]
        last[event.pitch] = event.time
        if isinstance(event, NoteOn):
            assert LOWEST_PITCH <= event.pitch < LOWEST_PITCH + KEYS
            assert 1 <= event.velocity <= 127 and 0 <= event.p <= 1
            assert event.emitted - event.time <= FAKE_SPEC.delay(delay)
            onset_s[event.pitch] = event.time
        elif event.emitted < 1.2:
            again = any(
                isinstance(e, NoteOn) and e.pitch == event.pitch and e.emitted == event.emitted for e in events[index:]
            )
            assert again or event.time - onset_s[event.pitch] >= options.min_note_ms / 1000 - 0.0051
    assert pedal == 0


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, 100), max_size=10), delay=DELAYS)
def test_blocks_do_not_change_the_events(seed: int, cuts: list[int], delay: str) -> None:
    """The same activations, frame by frame or at once; with a gate, too."""
    activations, gate = random_activations(seed, 100), np.random.default_rng(seed).random(100) < 0.7
    decoder, events = Decoder(FAKE_SPEC, delay), []
    edges = [0, *sorted(cuts), 100]
    for begin, end in itertools.pairwise(edges):
        part = Activations._make(head[begin:end].copy() for head in activations)
        events += decoder.push(part, gate[begin:end])
        part.onset[:] = 1  # the caller may use its arrays again
    assert Decoder(FAKE_SPEC, delay).push(activations, gate) == events
    decoder.reset()
    assert decoder.push(activations, gate) == events  # reset equals new


def random_notes(seed: int, count: int = 150, duration_s: float = 10.0) -> list[Note]:
    """Notes on random keys; on every key the next onset comes at the earliest 75 ms after the last, and some do."""
    random = np.random.default_rng(seed)
    notes: list[Note] = []
    for key in random.choice(KEYS, 12, replace=False).tolist():
        time = float(random.uniform(0, 1))
        while time < duration_s - 1 and len(notes) < count:
            gap = 0.075 if random.random() < 0.3 else float(random.uniform(0.075, 1.5))
            length = gap * float(random.uniform(0.45, 0.99))
            notes.append((key, time, time + length))
            time += gap
    return notes


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), delay=DELAYS)
def test_ideal_activations_give_back_the_notes(seed: int, delay: str) -> None:
    """Labels -> ideal activations -> decoder -> the same notes: all of them, within half a hop."""
    notes = sorted(random_notes(seed), key=lambda note: (note[1], note[0]))
    decoded = notes_of(decode(ideal_activations(notes, delay, 1_100), delay))
    expected, found = ([sorted(n) for n in by_key(x).values()] for x in (notes, decoded))
    assert [len(n) for n in expected] == [len(n) for n in found]
    for on, off in zip(np.concatenate(expected), np.concatenate(found), strict=True):
        assert np.abs(on - off).max() <= 0.0051


def by_key(notes: list[Note]) -> dict[int, list[tuple[float, float]]]:
    """Onsets and offsets of each key, keys in order."""
    sorted_notes: dict[int, list[tuple[float, float]]] = {}
    for key, onset_s, offset_s in sorted(notes):
        sorted_notes.setdefault(key, []).append((onset_s, offset_s))
    return sorted_notes


def test_an_onset_is_emitted_with_the_frame_that_it_lights() -> None:
    """Hand values on the boundary: tail 128, balanced shift 3; an onset at sample 192 belongs to frame
    ceil(320 / 160) - 1 = 1, one at sample 193 to frame 2; emitted by frames 4 and 5, after 800 and 960 samples."""
    for sample, emitted, time in ((192, 0.05, 112 / 16_000), (193, 0.06, 272 / 16_000)):
        (on, off) = decode(ideal_activations([(40, sample / 16_000, 9.0)], "balanced", 10))
        assert NoteOn(time, emitted, 61, 64, 1.0) == on
        assert isinstance(off, NoteOff)


def test_nothing_sounds_before_the_start() -> None:
    """Frames about instants before the stream's first sample start no note."""
    activations = still(10)
    activations.onset[:2, 40] = 1  # at balanced these frames are about the time before
    assert decode(activations) == []


def test_one_broad_onset_is_one_note() -> None:
    """Many frames above the threshold, with a flutter inside the hold-off, are one note; a new rise is a second."""
    activations = still(60)
    activations.frame[10:50, 40] = 1
    activations.onset[10:20, 40] = [0.5, 0.9, 0.3, 0.9, 0.8, 0.7, 0.7, 0.6, 0.6, 0.5]
    assert len(notes_of(decode(activations))) == 1
    activations.onset[20:23, 40] = [0.5, 0.9, 0.9]
    first, second = notes_of(decode(activations))
    assert second[1] - first[1] == pytest.approx(0.1)
    assert first[2] == second[1]


def test_a_doubtful_onset_waits_for_its_second_frame() -> None:
    """Weights 2/3 and 1/3 against a threshold of 0.4: 0.6 is a note at once, 0.59 when 0.31 follows, not with 0.3."""
    for pair, emitted in (((0.601, 0.0), [0.11]), ((0.59, 0.31), [0.12]), ((0.59, 0.3), [])):
        activations = still(20)
        activations.onset[5, 30] = 1  # somebody plays
        activations.onset[10:12, 40] = pair
        _, *ons = [event for event in Decoder(FAKE_SPEC, "fast").push(activations) if isinstance(event, NoteOn)]
        assert [event.emitted for event in ons] == emitted
        assert [event.p for event in ons] == [pytest.approx(pair[0], abs=1e-4)] * len(ons)


def test_the_hold_off() -> None:
    """A second peak 40 ms after the first is the same onset; 50 ms after it is a new one, emitted with its own frame.

    At `fast` the frame of index 10 ends at 110 ms and is about the sound at 97 ms.
    """
    activations = still(40)
    activations.frame[10:30, 40] = 1
    activations.onset[10, 40] = activations.onset[14, 40] = 1
    first = NoteOn(0.097, 0.11, 61, 1, 1.0)
    assert decode(activations, "fast") == [first, NoteOff(0.297, 0.31, 61)]
    activations.onset[14, 40], activations.onset[15, 40] = 0, 1
    second = [NoteOff(0.147, 0.16, 61), NoteOn(0.147, 0.16, 61, 1, 1.0)]
    assert decode(activations, "fast") == [first, *second, NoteOff(0.297, 0.31, 61)]


def test_a_key_that_has_just_been_played_has_a_lower_threshold() -> None:
    """0.3 is under the threshold of 0.4, but enough up to 190 ms after an onset of the same key; 0.19 never is."""
    for distance, activation, count in (
        (10, 0.3, 2),
        (RESTRIKE_FRAMES - 1, 0.3, 2),
        (RESTRIKE_FRAMES + 1, 0.3, 1),
        (10, 0.19, 1),
    ):
        activations = still(60)
        activations.frame[10:50, 40] = 1
        activations.onset[10, 40] = 1
        activations.onset[10 + distance - 1 : 10 + distance + 1, 40] = activation
        assert len(notes_of(decode(activations))) == count


def test_after_the_hold_off_a_rise_by_half_the_threshold_is_a_new_onset() -> None:
    """The threshold is 0.4, so from a valley of 0.3 a rise to 0.501 is one, to 0.499 none; 300 ms after the first."""
    for activation, onsets in ((0.501, [0.097, 0.407]), (0.499, [0.097])):
        activations = still(60)
        activations.frame[10:50, 40] = 1
        activations.onset[10, 40] = 1
        activations.onset[11:40, 40] = 0.3
        activations.onset[40:50, 40] = activation
        assert [onset_s for _, onset_s, _ in notes_of(decode(activations, "fast"))] == onsets


def test_the_silence_begins_two_seconds_after_the_last_onset() -> None:
    """A doubtful note is emitted by the frame 1.99 s after it, not by the one at 2 s."""
    for second, onsets in ((299, [0.997, 2.987]), (300, [0.997])):
        activations = still(400)
        activations.onset[100, 50] = 1
        activations.onset[[second - 1, second], 40] = 0.5
        assert [onset_s for _, onset_s, _ in notes_of(decode(activations, "fast"))] == onsets


def test_order_within_a_frame() -> None:
    """Pedal, then offs, then ons by descending velocity, all with the same times."""
    activations = still(40)
    activations.onset[10, [30, 31]] = 1
    activations.frame[10:20, [30, 31]] = 1
    activations.onset[20, [50, 40, 60, 31]] = 1
    activations.velocity[20, [50, 40, 60, 31]] = 0.5, 0.75, 0.25, 0.1
    activations.pedal[19:] = 1
    now = [event for event in Decoder(FAKE_SPEC, "fast").push(activations) if event.emitted == 0.21]
    shown = [(type(e), getattr(e, "pitch", 21) - 21) for e in now]
    ons = [(NoteOn, 40), (NoteOn, 50), (NoteOn, 60), (NoteOn, 31)]
    assert shown == [(Pedal, 0), (NoteOff, 30), (NoteOff, 31), *ons]
    assert len({e.time for e in now if isinstance(e, NoteOn | NoteOff | Pedal)}) == 1


def test_a_key_ends_by_its_release_or_by_silence() -> None:
    """Key-off activation under the pedal, where the sound goes on; or the sound's end without a key-off."""
    for head, value in (("keyoff", 1.0), ("frame", 0.0)):
        activations = still(60)
        activations.onset[10, 40] = 1
        activations.frame[10:, 40] = 1
        getattr(activations, head)[40:, 40] = value
        ((_, onset_s, offset_s),) = notes_of(decode(activations))
        assert offset_s - onset_s == pytest.approx(0.3)


def test_the_release_of_the_last_note_does_not_end_the_new_one() -> None:
    """Key-off on the very frames of a repeated onset belongs to the note before."""
    activations = still(60)
    activations.onset[[10, 20, 21], 40] = 1
    activations.keyoff[20:23, 40] = 1
    activations.frame[10:50, 40] = 1
    first, second = notes_of(decode(activations))
    assert second[2] - second[1] == pytest.approx(0.3)
    assert first[2] == second[1]


def test_an_onset_without_sound_ends_soon() -> None:
    """The sound may come up late, but when it has not within 100 ms, the note ends."""
    activations = still(60)
    activations.onset[10, 40] = 1
    ((_, onset_s, offset_s),) = notes_of(decode(activations))
    assert offset_s - onset_s == pytest.approx(0.1)
    activations.frame[15:40, 40] = 1
    ((_, onset_s, offset_s),) = notes_of(decode(activations))
    assert offset_s - onset_s == pytest.approx(0.3)


def test_a_repeated_note_may_come_up_late_too() -> None:
    """The sound dips at the second onset, and that does not end the note."""
    activations = still(60)
    activations.onset[[10, 20], 40] = 1
    activations.frame[10:50, 40] = 1
    activations.frame[20:25, 40] = 0
    assert [n[2] - n[1] for n in notes_of(decode(activations))] == pytest.approx([0.1, 0.3])


def test_the_gate_forbids_new_notes_and_cuts_none() -> None:
    """A held note outlives a closed gate; a new one does not start."""
    activations = still(60)
    activations.onset[10, 40] = activations.onset[30, 45] = 1
    activations.frame[10:50, 40] = activations.frame[30:50, 45] = 1
    gate = np.ones(60, np.bool_)
    gate[15:] = False
    decoder = Decoder(FAKE_SPEC, "fast")
    ((key, onset_s, offset_s),) = notes_of(decoder.push(activations, gate))
    assert (key, offset_s - onset_s) == (40, pytest.approx(0.4))


def test_pedal_hysteresis() -> None:
    """Down when the mean of three frames is at 0.6, up when it is below 0.4, nothing between; and never without the
    pedal."""
    activations = one_onset(60)
    activations.pedal[:] = np.repeat([0.5, 0.61, 0.45, 0.39, 0.5, 0.7], 10)
    values = [(event.value, event.emitted) for event in decode(activations) if isinstance(event, Pedal)]
    assert values == [(127, 0.13), (0, 0.33), (127, 0.52), (0, 0.6)]
    without = decode(activations, options=DecoderSettings(pedal=False))
    assert not [event for event in without if isinstance(event, Pedal)]


def test_a_pedal_threshold_may_be_one_or_zero() -> None:
    """A model whose pedal is down only when it is certain, and up only when it is certain of that."""
    spec = replace(FAKE_SPEC, calibration={"fast": DecoderCalibration(pedal_on=1.0, pedal_off=0.0)})
    activations = one_onset(40)
    activations.pedal[:] = np.repeat([1.0, 0.0], 20)
    values = [event.value for event in Decoder(spec, "fast").push(activations) if isinstance(event, Pedal)]
    assert values == [127, 0]


def test_a_pedal_that_flickers_for_a_frame_stays_where_it_is() -> None:
    """One frame of .9 among those of .1 is no press, one of .1 among those of .9 no lift."""
    activations = one_onset(60)
    activations.pedal[:] = np.repeat([0.1, 0.9], 30)
    activations.pedal[10], activations.pedal[45] = 0.9, 0.1
    values = [(event.value, event.emitted) for event in decode(activations) if isinstance(event, Pedal)]
    assert values == [(127, 0.32), (0, 0.6)]


def test_a_pedal_that_the_model_is_unsure_of_follows_its_turns() -> None:
    """Between the thresholds (0.4 and 0.6) a rise of 1.5 logits from the valley is a press, such a fall from the peak a
    lift; what drifts slowly or trembles by less changes nothing."""
    activations = one_onset(80)
    activations.pedal[:] = np.repeat([0.1, 0.55, 0.5, 0.9, 0.65, 0.5, 0.55, 0.5], 10)
    values = [(event.value, event.emitted) for event in decode(activations) if isinstance(event, Pedal)]
    assert values == [(127, 0.13), (0, 0.52)]


def test_a_fall_by_a_logit_and_a_half_lifts_the_pedal() -> None:
    """From a peak at 1.45 logits a fall to 0 (between the thresholds) is none, from one at 1.55 it is a lift."""
    for peak, expected in ((1.45, [(127, 0.13), (0, 0.6)]), (1.55, [(127, 0.13), (0, 0.33)])):
        activations = one_onset(60)
        activations.pedal[:] = np.repeat([0.01, 1 / (1 + math.exp(-peak)), 0.5], [10, 20, 30])
        values = [(event.value, event.emitted) for event in decode(activations) if isinstance(event, Pedal)]
        assert values == expected


def test_no_pedal_is_emitted_where_nothing_sounds() -> None:
    """Not before the first onset, and no longer than 20 s after the last one."""
    activations = still(3000)
    activations.pedal[:] = 0.9
    activations.onset[500:502, 40] = 1
    events = [event for event in decode(activations, "fast") if isinstance(event, Pedal)]
    assert events == [Pedal(5.007, 5.02, 127), Pedal(24.997, 25.01, 0)]


def test_sensitivity_moves_the_onset_threshold() -> None:
    """50 is the calibrated one; more finds softer notes."""
    assert onset_threshold(0.4, 50) == pytest.approx(0.4)
    activations = still(20)
    activations.onset[5:7, 30] = 1
    activations.onset[10, 40], activations.onset[10, 50] = 0.3, 0.7
    counts = [len(notes_of(decode(activations, options=DecoderSettings(sensitivity=s)))) for s in (0, 50, 100)]
    assert counts == [1, 2, 3]


def test_the_first_note_after_a_silence_must_be_clear() -> None:
    """.5 is a note 1.9 s after an onset, beside a clear one and while a key is held; not at first, not after 2 s."""
    activations = still(1200)
    activations.onset[[11, 12], 40] = 0.5  # .1 s after the beginning
    activations.onset[[100, 101], 40] = 0.5  # at first
    activations.onset[[200, 201], 50] = 1
    activations.onset[[390, 391], 60] = 0.5  # 1.9 s later
    activations.onset[[595, 596], 40] = 0.5  # 2.05 s later
    activations.onset[[700, 701], 50], activations.onset[[701, 702], 40] = 1, 0.5
    activations.frame[700:1100, 50] = 1
    activations.onset[[1000, 1001], 60] = 0.5  # 3 s later, but one is held
    onsets = [(key, round(onset_s, 1)) for key, onset_s, _ in notes_of(decode(activations, "fast"))]
    assert sorted(onsets, key=lambda pair: pair[1]) == [(50, 2.0), (60, 3.9), (50, 7.0), (40, 7.0), (60, 10.0)]


def test_a_stream_may_begin_with_a_doubtful_note() -> None:
    """In its first .1 s there was no silence."""
    activations = still(20)
    activations.onset[[8, 9], 40] = 0.5
    assert [key for key, _, _ in notes_of(decode(activations, "fast"))] == [40]


def test_after_a_pause_what_begins_above_another_key_must_be_clearer() -> None:
    """.7 is no note an octave or more above one that is struck with it or 20 ms before; it is one eleven semitones
    above, above a doubtful one, and without a pause; .8 always is."""
    activations = still(400)
    for frame, key, onset in [
        *((100, 30, 1.0), (100, 41, 0.7), (100, 42, 0.7), (100, 60, 0.8), (102, 54, 0.7)),
        *((190, 31, 1.0), (190, 43, 0.7)),  # 0.9 s later
        *((300, 32, 0.3), (300, 50, 0.7)),
    ]:
        activations.onset[[frame, frame + 1], key] = onset
    onsets = sorted((round(onset_s, 1), key) for key, onset_s, _ in notes_of(decode(activations, "fast")))
    assert onsets == [(1.0, 30), (1.0, 41), (1.0, 60), (1.9, 31), (1.9, 43), (3.0, 50)]


@pytest.mark.parametrize(
    ("activation", "curve", "expected"), [(0.5, 1.0, 74), (0.5, 2.0, 43), (0.0, 1.0, 10), (1.0, 1.0, 127)]
)
def test_velocity_is_calibrated_then_curved(activation: float, curve: float, expected: int) -> None:
    """offset 10 + gain 1 * 127 * activation, then the exponent on its share of 127."""
    spec = replace(FAKE_SPEC, calibration={"fast": DecoderCalibration(velocity_offset=10.0)})
    activations = still(20)
    activations.onset[10, 40], activations.velocity[10, 40] = 1, activation
    (on,) = Decoder(spec, "fast", DecoderSettings(velocity_curve=curve)).push(
        Activations._make(h[:11] for h in activations)
    )
    assert isinstance(on, NoteOn) and on.velocity == expected


def test_every_velocity_comes_back_as_it_was_taught() -> None:
    """v / 127 is v, from the softest to the loudest note; what lies beyond either end is the end."""
    taught = [*range(1, 128), 0, 200]
    velocities = []
    for part in (taught[:KEYS], taught[KEYS:]):
        activations = still(20)
        activations.onset[10, : len(part)] = 1
        activations.velocity[10, : len(part)] = np.float32(part) / 127
        ons = [event for event in Decoder(FAKE_SPEC, "fast").push(activations) if isinstance(event, NoteOn)]
        velocities += [on.velocity for on in sorted(ons, key=lambda on: on.pitch)]
    assert velocities == [*range(1, 128), 1, 127]


def test_calibration_belongs_to_its_delay() -> None:
    """Each delay has thresholds of its own."""
    spec = replace(FAKE_SPEC, calibration={"fast": DecoderCalibration(onset=0.9)})
    activations = still(20)
    activations.onset[10:, 40] = 0.8
    assert Decoder(spec, "fast").push(activations) == []
    assert len(Decoder(spec, "balanced").push(activations)) == 1


def test_nothing_begins_after_the_end() -> None:
    """With the end known at 100 ms: an onset there is none, and what was held ends there."""
    activations = ideal_activations([(40, 0.05, 0.3), (50, 0.1, 0.3)], "fast", 40)
    decoder = Decoder(FAKE_SPEC, "fast", timeline=Timeline(end_s=0.1))
    assert [(40, pytest.approx(0.05, abs=0.0051), 0.1)] == notes_of([*decoder.push(activations), *decoder.flush()])


def test_velocity_is_what_both_frames_of_an_onset_say() -> None:
    """A doubtful first frame, a note with the second one: the mean of .3 and .6, weighted 1 to 2 as the onsets."""
    activations = still(30)
    activations.onset[10, 40], activations.velocity[10, 40] = 0.4, 0.3
    activations.onset[11, 40], activations.velocity[11, 40] = 0.8, 0.6
    (on,) = [event for event in decode(activations) if isinstance(event, NoteOn)]
    assert on.velocity == round(127 * 0.5)
