"""What a live pipeline keeps beside what it tells: the notes of the slowest delay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.contract import FloatArray
from realtime.events import Event, Gap, NoteOff, NoteOn
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.model import OnnxStep
from realtime.transcription.pipeline import Pipeline
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording
from tests.realtime.transcription.test_pipeline import DURATION_S, NOTES

ONCE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MODES = st.sampled_from(FAKE_SPEC.modes)
RATE = 44_100
SOUND = fake_recording(NOTES, DURATION_S, RATE)
SHORT, LONG = RATE // 20, RATE  # losses that are filled, and after which all begins afresh


class Live:
    """A live pipeline, and all that came out of it."""

    def __init__(self, model: OnnxStep, mode: str, **options: object) -> None:
        self.pipeline = Pipeline(model, mode, input_rate=RATE, changeable=True, **options)  # type: ignore[arg-type]
        self.told: list[Event] = []
        self.kept: list[Event] = []

    def take(self, events: Sequence[Event]) -> None:
        """Events that were told, and those that are kept by now."""
        self.told += events
        self.kept += self.pipeline.kept()


def file(model: OnnxStep, mode: str, pieces: Sequence[FloatArray | int], **options: object) -> list[Event]:
    """What a file gives whose sound is `pieces` and losses, in samples, between them."""
    pipeline = Pipeline(model, mode, input_rate=RATE, **options)  # type: ignore[arg-type]
    parts = [pipeline.gap(piece) if isinstance(piece, int) else pipeline.push(piece) for piece in pieces]
    assert pipeline.kept() == []
    return [*(event for part in parts for event in part), *pipeline.flush()]


@ONCE
@given(
    mode=MODES,
    cuts=st.lists(st.integers(0, len(SOUND)), max_size=8),
    changes=st.lists(st.tuples(st.integers(0, len(SOUND)), MODES), max_size=4),
    losses=st.lists(st.tuples(st.integers(0, len(SOUND)), st.sampled_from([SHORT, LONG])), max_size=2),
)
def test_what_is_kept_is_what_the_slowest_delay_gives_a_file(
    fake_step: OnnxStep,
    mode: str,
    cuts: list[int],
    changes: list[tuple[int, str]],
    losses: list[tuple[int, int]],
) -> None:
    """To the bit, to the end, over losses, whatever is told meanwhile; and what is told is what a file of the mode
    gives. Everything before `kept_s` has come by then, and every note before `kept_onsets_s`."""
    live, pieces, position = Live(fake_step, mode), [], 0
    late: list[tuple[float, float, int]] = []
    marks = [(at, "loss", lost) for at, lost in losses]
    marks += [(at, "mode", name) for at, name in changes] + [(at, "cut", 0) for at in cuts]  # type: ignore[misc]
    for at, kind, value in [*sorted(marks, key=lambda mark: mark[0]), (len(SOUND), "cut", 0)]:
        pieces.append(SOUND[position:at])
        live.take(live.pipeline.push(pieces[-1]))
        position = at
        if kind == "loss":
            pieces.append(value)
            live.take(live.pipeline.gap(value))
        elif kind == "mode":
            live.take(live.pipeline.set_delay(str(value)))
        late.append((live.pipeline.kept_s, live.pipeline.kept_onsets_s, len(live.kept)))
    live.take(live.pipeline.flush())
    assert live.kept == file(fake_step, "studio", pieces)
    if not changes:
        assert live.told == file(fake_step, mode, pieces)
    for until_s, onsets_s, known in late:
        later = live.kept[known:]
        assert all(event.time >= until_s for event in later)  # type: ignore[union-attr]
        assert all(event.time >= onsets_s for event in later if isinstance(event, NoteOn))


def test_a_note_that_only_the_slowest_delay_waits_for_is_kept(fake_step: OnnxStep) -> None:
    """Struck just before the end: it is told at once, and kept though the stream is over before its delay."""
    sound = fake_recording([(FAKE_KEYS[1], 0.3, 2.0)], 0.35, RATE)
    for mode in FAKE_SPEC.modes:
        live = Live(fake_step, mode)
        live.take(live.pipeline.push(sound))
        assert live.kept == []
        live.take(live.pipeline.flush())
        assert [type(event) for event in live.kept] == [NoteOn, NoteOff]
        assert live.kept == file(fake_step, "studio", [sound])


def test_what_the_player_sets_counts_for_what_is_kept(fake_step: OnnxStep) -> None:
    """The decoder's settings, the gate and the tuning; from a change of tuning on all begins afresh."""
    quiet = DecoderSettings(velocity_curve=0.5)
    live = Live(fake_step, "live")
    live.pipeline.set_decoder(quiet, None)
    live.take(live.pipeline.push(SOUND))
    live.take(live.pipeline.flush())
    assert live.kept == file(fake_step, "studio", [SOUND], settings=quiet)
    gated = Live(fake_step, "live", gate_db=0.0)
    gated.take(gated.pipeline.push(SOUND))
    gated.take(gated.pipeline.flush())
    assert gated.kept == file(fake_step, "studio", [SOUND], gate_db=0.0)
    tuned, reference = Live(fake_step, "live"), Pipeline(fake_step, "studio", input_rate=RATE)
    half = len(SOUND) // 2
    for pipeline in (tuned.pipeline, reference):
        events = [*pipeline.push(SOUND[:half]), *pipeline.set_tuning(-5.0), *pipeline.push(SOUND[half:])]
        events += pipeline.flush()
    assert tuned.pipeline.kept() == events


def test_a_reset_forgets_what_is_kept(fake_step: OnnxStep) -> None:
    """As new."""
    live = Live(fake_step, "live")
    live.pipeline.push(SOUND)
    live.pipeline.reset()
    assert live.pipeline.kept() == []
    live.take(live.pipeline.push(SOUND))
    live.take(live.pipeline.flush())
    assert live.kept == file(fake_step, "studio", [SOUND])


@pytest.mark.parametrize(("lost", "place"), [(SHORT, 0.25), (LONG, 0.25)])
def test_a_gap_is_kept_in_its_place(fake_step: OnnxStep, lost: int, place: float) -> None:
    """Held keys end before one after which all begins afresh, and at its time at the latest."""
    live = Live(fake_step, "fast")
    live.take(live.pipeline.push(SOUND[: RATE // 4]))
    live.take(live.pipeline.gap(lost))
    gap = Gap(place, place, round(lost / RATE, 6))
    kinds = [type(event) for event in live.kept]
    assert kinds == ([NoteOn, NoteOff, Gap] if lost == LONG else [Gap])
    assert live.kept[-1] == gap
    assert all(event.time <= place for event in live.kept)  # type: ignore[union-attr]
    live.take(live.pipeline.push(np.zeros(RATE, np.float32)))
    assert live.pipeline.kept_s > 0.9 if lost == LONG else live.pipeline.kept_s > 0.6


def test_every_kept_note_is_known_as_soon_as_its_delay_has_heard_it(fake_step: OnnxStep) -> None:
    """A third of a second behind the sound, whatever drop-outs may still do to ends; nothing waits over a long loss."""
    live = Live(fake_step, "live")
    assert live.pipeline.kept_onsets_s == 0.0
    live.take(live.pipeline.push(np.zeros(RATE, np.float32)))
    assert 1.0 - live.pipeline.kept_onsets_s == pytest.approx(FAKE_SPEC.delay("studio"), abs=0.02)
    live.take(live.pipeline.gap(LONG))
    assert live.pipeline.kept_onsets_s == 2.0
    assert Pipeline(fake_step, "live", input_rate=RATE).kept_onsets_s == 0.0
