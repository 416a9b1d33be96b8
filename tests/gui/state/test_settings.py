"""Settings survive, and a broken file costs nothing but itself."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.state.settings import CHOICES, LIMITS, Settings, load, save
from tests.any_data import any_toml

# Any text but halves of characters, which no file can hold.
TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
PATHS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30)
HINTS = get_type_hints(Settings)


def any_value(name: str) -> st.SearchStrategy[object]:
    """What a setting may be."""
    if name in CHOICES:
        return st.sampled_from(CHOICES[name])
    if name in LIMITS:
        low, high = LIMITS[name]
        return st.floats(low, high) if HINTS[name] is float else st.integers(round(low), round(high))
    if name == "shortcuts":
        return st.dictionaries(st.sampled_from(["record", "loop"]), st.sampled_from(["", "Y"]), max_size=1)
    return {bool: st.booleans(), str: PATHS if name in ("takes", "model") else TEXT}[HINTS[name]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.fixed_dictionaries({}, optional={name: any_value(name) for name in HINTS}))
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, values: dict[str, Any]):
    """Every setting, whatever a device is called; but for a curve whose floor is above its ceiling."""
    chosen = replace(Settings(), **values)
    chosen.velocity_low = min(chosen.velocity_low, chosen.velocity_high)
    save(chosen, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == (chosen, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*HINTS, "calm", "second_green", "later"]), any_toml()))
def test_any_file_is_understood_as_far_as_it_can_be(tmp_path: Path, raw: dict[str, Any]):
    """What is right is taken, and what is not is as at first."""
    path = tmp_path / "settings.toml"
    path.write_text(tomli_w.dumps(raw), encoding="utf-8", errors="replace")
    chosen, said = load(path)
    assert said is None
    for name, value in asdict(chosen).items():
        assert name not in LIMITS or LIMITS[name].least <= value <= LIMITS[name].most
        assert name not in CHOICES or value in CHOICES[name]
    save(chosen, path)
    assert load(path) == (chosen, None)


def test_a_folder_whose_name_is_no_text_costs_only_itself(tmp_path: Path):
    """As old disks have them."""
    save(Settings(takes=os.fsdecode(b"/old/Fl\xfcgel"), theme="daylight"), tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == (Settings(takes="/old/Fl?gel", theme="daylight"), None)


def test_without_a_file_everything_is_as_at_first(tmp_path: Path):
    """And nothing is complained about."""
    assert load(tmp_path / "none.toml") == (Settings(), None)


@pytest.mark.parametrize("content", [b"delay = \xff\xfe", b"a = " + b"[" * 3_000, b"[a", b"gate_db = " + b"9" * 5_000])
def test_a_broken_file_is_set_aside_and_logged(tmp_path: Path, content: bytes):
    """Its content is kept."""
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    chosen, said = load(path)
    (kept,) = tmp_path.iterdir()
    assert chosen == Settings()
    assert str(kept) in str(said)
    assert kept.read_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        'delay = "sluggish"',
        "delay = 3",
        "sensitivity = 101",
        "sensitivity = -1",
        "sensitivity = nan",
        "sensitivity = true",
        "midi_channel = 0",
        'pedal = "yes"',
        "split = 60.5",
        "colour = 1",
        "keys = 24",
        "input = 2026-11-21",
        'takes = "\\u0000"',
        f"gate_db = {'9' * 400}",
        f"gate_db = 0x{'f' * 9_000}",
        f"delay = {'[' * 300 + ']' * 300}",
        f"shortcuts.record = {'[' * 300 + ']' * 300}",
        f"shortcuts.record = 0x{'f' * 9_000}",
    ],
)
def test_a_wrong_value_costs_only_itself(tmp_path: Path, line: str):
    """The other keys of the file count."""
    path = tmp_path / "settings.toml"
    path.write_text(f'version = 1\n{line}\ntheme = "daylight"\nmin_note_ms = 60\n')
    chosen, said = load(path)
    assert (chosen, said) == (replace(Settings(), theme="daylight", min_note_ms=60.0), None)


def test_reduced_motion_outlives_its_new_name(tmp_path: Path):
    """It was a switch once: who had it on keeps it, and whoever chose since is obeyed."""
    path = tmp_path / "settings.toml"
    for lines, motion in (("calm = true", "reduced"), ("calm = false", ""), ('calm = true\nmotion = "full"', "full")):
        path.write_text(f"version = 1\n{lines}\n")
        assert load(path) == (replace(Settings(), motion=motion), None)


def test_a_green_second_screen_outlives_its_new_name(tmp_path: Path):
    """It was a switch once, too."""
    path = tmp_path / "settings.toml"
    later = 'second_green = true\nsecond_background = "transparent"'
    for lines, background in (("second_green = true", "green"), ("second_green = false", ""), (later, "transparent")):
        path.write_text(f"version = 1\n{lines}\n")
        assert load(path) == (replace(Settings(), second_background=background), None)
