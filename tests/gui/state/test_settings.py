"""Settings survive, and a broken file costs nothing but itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.state.settings import Settings, load, save

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(input=WORDS, port=WORDS, sensitivity=st.floats(0, 100), pedal=st.booleans(), split=st.integers(21, 108))
def test_what_is_saved_is_what_is_loaded(
    tmp_path: Path, input: str, port: str, sensitivity: float, pedal: bool, split: int
):
    """Whatever a device is called."""
    chosen = replace(Settings(), input=input, midi_port=port, sensitivity=sensitivity, pedal=pedal, split=split)
    save(chosen, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == (chosen, "")


def test_without_a_file_everything_is_as_at_first(tmp_path: Path):
    """And nothing is complained about."""
    assert load(tmp_path / "none.toml") == (Settings(), "")


def test_a_broken_file_is_set_aside_and_told(tmp_path: Path):
    """Its content is kept."""
    path = tmp_path / "settings.toml"
    path.write_bytes(b"delay = \xff\xfe")
    chosen, said = load(path)
    (kept,) = tmp_path.iterdir()
    assert chosen == Settings()
    assert str(kept) in said
    assert kept.read_bytes() == b"delay = \xff\xfe"


@pytest.mark.parametrize(
    "line",
    ['delay = "sluggish"', "sensitivity = 101", "sensitivity = true", 'pedal = "yes"', "split = 60.5", "colour = 1"],
)
def test_a_wrong_value_costs_only_itself(tmp_path: Path, line: str):
    """The other keys of the file count."""
    path = tmp_path / "settings.toml"
    path.write_text(f'version = 1\n{line}\ntheme = "daylight"\nmin_note_ms = 60\n')
    chosen, said = load(path)
    assert (chosen, said) == (replace(Settings(), theme="daylight", min_note_ms=60.0), "")


def test_reduced_motion_outlives_its_new_name(tmp_path: Path):
    """It was a switch once: who had it on keeps it, and whoever chose since is obeyed."""
    path = tmp_path / "settings.toml"
    for lines, motion in (("calm = true", "reduced"), ("calm = false", ""), ('calm = true\nmotion = "full"', "full")):
        path.write_text(f"version = 1\n{lines}\n")
        assert load(path) == (replace(Settings(), motion=motion), "")


def test_a_green_second_screen_outlives_its_new_name(tmp_path: Path):
    """It was a switch once, too."""
    path = tmp_path / "settings.toml"
    later = 'second_green = true\nsecond_background = "transparent"'
    for lines, background in (("second_green = true", "green"), ("second_green = false", ""), (later, "transparent")):
        path.write_text(f"version = 1\n{lines}\n")
        assert load(path) == (replace(Settings(), second_background=background), "")
