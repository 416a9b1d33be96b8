"""Impressions: the panel's arithmetic, when there are none, and the shipped file."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from realtime.errors import ModelError
from realtime.report.features.vector import describe
from realtime.report.panel.impressions import (
    LEAST_NOTES,
    METADATA,
    MOST_BEYOND,
    PANELS,
    PLAYED,
    TRANSCRIBED,
    Assessment,
    assess,
    read_impressions,
    shipped_impressions,
)
from realtime.report.panel.model import KNOTS, Panel, combined_kernel, kernel, normalised
from realtime.report.panel.scales import ENDS, LOUDNESS_SCALES, PEDAL_SCALES, tier
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from tests.realtime.report.features.test_vector import random_take
from tests.realtime.report.playing import played, scale, steady


@pytest.fixture(scope="module")
def demo() -> TakeNotes:
    """The notes of the demo, as a pianist played them."""
    return read_take(Path(str(files("assets") / "demo" / "demo.mid")))


def small_panel() -> Panel:
    """One feature from 0 to 32, one anchor in its middle, one scale: 0.5 + 0.2 (exp(-d) + exp(-2 d) / 2)."""
    column = np.arange(KNOTS, dtype=np.float32)[:, None]
    values = ([1.0], [2.0], 0.5, [[0.0]], np.zeros((1, 0)), [[0.2]], [0.5], [2.0], [30.0])
    numbers = [np.array(value, np.float32) for value in values]
    return Panel(column, *numbers, residual=np.array([[-0.1], [0.4]], np.float32))


def test_a_panel_by_hand() -> None:
    """At the anchor 0.8; a feature at its highest rank lies 2.33 deviations away; the band ends at 1."""
    panel = small_panel()
    distance = NormalDist().inv_cdf(0.99)
    far = 0.5 + 0.2 * (np.exp(-distance) + np.exp(-2 * distance) / 2)
    found = panel.predict(np.array([[16.0], [32.0], [500.0]]))[:, 0]
    assert [0.8, far, far] == pytest.approx(found.tolist(), abs=1e-6)
    assert pytest.approx(panel.band(np.array([0.7]))[0].tolist(), abs=1e-6) == [0.6, 1.0]
    assert (panel.beyond(np.array([16.0])), panel.beyond(np.array([31.0]))) == (0.0, 1.0)


def test_a_restored_feature_counts_like_a_transcribed_one() -> None:
    """It is 3 (1 - exp(-d)) from the anchor's, where d is the distance of the transcribed feature."""
    changes = {"music": [2.0, 0.0], "anchors": [[0.0, 3.0]], "restore": [[3.0]]}
    panel = replace(small_panel(), **{name: np.array(value, np.float32) for name, value in changes.items()})
    transcribed = NormalDist().inv_cdf(0.99)
    distance = np.hypot(transcribed, 3 * (1 - np.exp(-transcribed)))
    expected = 0.5 + 0.2 * (np.exp(-distance) + np.exp(-2 * transcribed) / 2)
    found = panel.predict(np.array([[16.0], [32.0]]))[:, 0]
    assert [0.8, expected] == pytest.approx(found.tolist(), abs=1e-6)


def test_ranks_become_normal_quantiles() -> None:
    """The middle knot is 0; between two knots the quantiles are interpolated."""
    knots = np.arange(KNOTS, dtype=np.float32)[:, None]
    found = normalised(np.array([[16.0], [16.5], [17.0]]), knots)[:, 0]
    assert pytest.approx(found[0], abs=1e-9) == 0
    assert (found[0] + found[2]) / 2 == pytest.approx(found[1])


def test_the_kernel_is_one_for_equals_and_falls_with_distance() -> None:
    """A distance of 5 (3, 4) gives exp(-5)."""
    found = kernel(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0]]))[:, 0]
    assert [1.0, np.exp(-5.0)] == pytest.approx(found.tolist())


def test_the_second_kernel_uses_the_music_only() -> None:
    """Two rows alike in their second feature are equal to it, however far they lie apart in the first."""
    found = combined_kernel(np.array([[0.0, 1.0]]), np.array([[9.0, 1.0], [0.0, 3.0]]), np.array([0.0, 2.0]), 0.5)[0]
    assert [np.exp(-9.0) + 0.5, np.exp(-2.0) + 0.5 * np.exp(-4.0)] == pytest.approx(found.tolist())


@pytest.mark.parametrize(
    ("test_r", "reliability", "expected"),
    [
        (0.5, 0.4, "supported"),
        (0.499, 0.4, "tentative"),
        (0.35, 0.4, "tentative"),
        (0.34, 0.4, "hidden"),
        (0.7, 0.03, "hidden"),
    ],
)
def test_tiers(test_r: float, reliability: float, expected: str) -> None:
    """By the correlation inside an unknown piece, and hidden where the listeners did not distinguish players."""
    assert expected == tier(test_r, reliability)


def test_the_shipped_file_is_described() -> None:
    """All scales, both panels, of which that of transcriptions restores features, a hash, at most 10 MB."""
    model = shipped_impressions()
    assert set(ENDS) == set(model.scales)
    assert set(PANELS) == set(model.panels)
    assert {name: panel.restore.any() for name, panel in model.panels.items()} == {PLAYED: False, TRANSCRIBED: True}
    assert len(model.facts.sha256) == 64
    assert len((files("assets") / "impressions" / "impressions.npz").read_bytes()) < 10_000_000
    assert list(describe(played(scale(40, 0.2)))) == list(model.features)


def test_a_pianist_gets_all_scales(demo: TakeNotes) -> None:
    """Values and bands inside 0-1, a value inside its band, windows inside the take."""
    found = assess(demo)
    assert found.status == "ok", found.reasons
    assert set(ENDS) == {impression.id for impression in found.impressions}
    assert len(found.impressions[0].windows) > 1
    for impression in found.impressions:
        low, high = impression.band80
        assert 0 <= low <= impression.value <= high <= 1
        assert impression.value == pytest.approx(np.median([window.value for window in impression.windows]))
        assert all(0 <= w.value <= 1 and w.start_s < w.end_s <= demo.duration_s + 1e-6 for w in impression.windows)


def test_slower_playing_sounds_slower(demo: TakeNotes) -> None:
    """The same notes in twice the time lie further towards "slow", and those held shorter towards "short"."""
    slow = replace(
        demo,
        onset=demo.onset * 1.5,
        offset=demo.offset * 1.5,
        pedal_time=demo.pedal_time * 1.5,
        duration_s=demo.duration_s * 1.5,
    )
    short = replace(demo, offset=demo.onset + 0.4 * (demo.offset - demo.onset), pedal_value=0 * demo.pedal_value)
    model = shipped_impressions()
    takes = {"": demo, "slow": slow, "short": short}
    values = {name: _values(model.assess(take)) for name, take in takes.items()}
    assert values["slow"]["music_fast_slow"] > values[""]["music_fast_slow"]
    assert values["short"]["articulation_short_long"] < values[""]["articulation_short_long"]
    assert values["short"]["pedal_sparse_saturated"] < values[""]["pedal_sparse_saturated"]


def _values(found: Assessment) -> dict[str, float]:
    return {impression.id: impression.value for impression in found.impressions}


def test_the_level_of_a_transcription_does_not_matter(demo: TakeNotes) -> None:
    """Velocities 15 higher give the same impressions."""
    transcribed = replace(demo, velocity=np.clip(demo.velocity, 20, 100), transcribed=True)
    louder = replace(transcribed, velocity=transcribed.velocity + 15)
    assert _values(assess(transcribed)) == pytest.approx(_values(assess(louder)), abs=1e-6)


def test_scales_without_data_are_hidden(demo: TakeNotes) -> None:
    """Without a pedal both pedal scales are hidden, with one velocity for all those of loudness."""
    dry = replace(demo, pedal_time=np.zeros(0), pedal_value=np.zeros(0, np.int64), pedal_source="none")
    level = replace(demo, velocity=np.full(len(demo), 64))
    model = shipped_impressions()
    anywhere = {
        name: replace(panel, low=np.full_like(panel.low, -np.inf), high=np.full_like(panel.high, np.inf))
        for name, panel in model.panels.items()
    }
    model = replace(model, panels=anywhere)
    shown, without_pedal, without_velocity = (
        {one.id for one in model.assess(take).impressions if one.tier != "hidden"} for take in (demo, dry, level)
    )
    assert shown >= PEDAL_SCALES | LOUDNESS_SCALES
    assert without_pedal == shown - PEDAL_SCALES
    assert without_velocity == shown - LOUDNESS_SCALES


@pytest.mark.parametrize(
    ("take", "reason"),
    [
        (played([]), "Nothing was played in this take."),
        (played(scale(LEAST_NOTES - 1, 0.3)), "Fewer than 40 notes are too few to say more."),
        (played(scale(60, 0.05)), "Less than 6 s of playing are too short to say more."),
        (played(steady(60, 3.0)), "Nowhere are there 12 notes within a few seconds, too sparse to say more."),
    ],
)
def test_too_little_is_not_rated(take: TakeNotes, reason: str) -> None:
    """A status and a sentence, no impression."""
    found = assess(take)
    assert (found.status, found.impressions) == ("insufficient", ())
    assert [str(one) for one in found.reasons] == [reason]


def test_uncertain_notes_are_not_rated(demo: TakeNotes) -> None:
    """One note in four below the sure activation."""
    sure = np.where(np.arange(len(demo)) % 4 == 0, 0.6, 0.9)
    found = assess(replace(demo, confidence=sure))
    assert found.status == "insufficient"
    assert "heard for sure" in str(found.reasons[0])


def test_random_notes_are_out_of_range() -> None:
    """Random keys are unlike anything that the listeners rated."""
    for seed in range(5):
        assert assess(random_take(seed, count=200, seconds=30)).status == "out_of_range"


def test_a_file_that_is_none_of_ours_is_named() -> None:
    """Garbage, another archive, another format, and a panel of other sizes."""
    with pytest.raises(ModelError, match="broken"):
        read_impressions(b"nothing", "broken.npz")
    other = io.BytesIO()
    np.savez(other, some=np.zeros(3))
    with pytest.raises(ModelError, match="other"):
        read_impressions(other.getvalue(), "other.npz")
    with np.load(io.BytesIO((files("assets") / "impressions" / "impressions.npz").read_bytes())) as file:
        arrays = {name: file[name] for name in file.files}
    metadata = json.loads(str(arrays[METADATA]))
    others = [
        *({"format": 99}, {"name": 5}, {"features": 3}, {"scales": ["cold_warm"]}, {"rater_r": {}}, {"test_r": []}),
        {"test_r": metadata["test_r"] | {TRANSCRIBED: {}}},
        {"reliability": metadata["reliability"] | {metadata["scales"][0]: float("nan")}},
    ]
    texts = [*(json.dumps(metadata | other) for other in others), "{", "[" * 3_000]
    for change in (*({METADATA: np.array(text)} for text in texts), {f"{TRANSCRIBED}.mean": np.zeros(3, np.float32)}):
        changed = io.BytesIO()
        np.savez(changed, **(arrays | change))
        with pytest.raises(ModelError, match="changed"):
            read_impressions(changed.getvalue(), "changed.npz")


def test_the_limit_of_abstention_is_a_tenth() -> None:
    """As on the card."""
    assert MOST_BEYOND == 0.10
