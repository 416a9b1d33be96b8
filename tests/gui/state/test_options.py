"""The table of options fits the settings, and is searched by what the player reads."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gui.state.option import Choice, OnOff, Option, Place, Range
from gui.state.options import KEYS, OPTIONS, SECTIONS, found
from gui.state.settings import CHOICES, LIMITS, Settings
from gui.translation import ENGLISH, use

# What the window itself keeps: its shape, and what is chosen where it is seen.
KEPT = {"panel", "width", "height", "guided", "shortcuts", "practice_view", "practice_split"}


def names(search: str) -> list[str]:
    return [option.name for option in found(search)]


def test_every_setting_is_an_option():
    """Once, in a section that there is."""
    assert sorted(option.name for option in OPTIONS) == sorted({field.name for field in fields(Settings)} - KEPT)
    assert {option.section for option in OPTIONS} | {KEYS} == set(SECTIONS)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_can_hold_its_default(option: Option):
    """By its control, within the limits of the settings, and said in words."""
    match option.control:
        case OnOff():
            assert isinstance(option.default, bool)
        case Choice(choices=choices):
            values = [value for value, _ in choices]
            assert option.default in values
            assert all(option.parse(str(value)) == value for value in values)
            assert set(values) <= set(CHOICES.get(option.name, values))
        case Range(low=low, high=high, step=step, value=value):
            assert low <= step(float(option.default)) <= high
            assert value(step(float(option.default))) == pytest.approx(option.default)
            least, greatest = LIMITS[option.name]
            assert all(least <= value(end) <= greatest for end in (low, high))
        case Place():
            assert option.default == ""
    assert option.value_text(option.default)


def test_the_search_finds_words_in_any_order_and_in_help():
    """Whatever the letters' size; nothing for nonsense; everything for nothing."""
    assert names("note SHORTEST") == ["min_note_ms"]
    assert "second_background" in names("film")
    assert names("xyzzy") == []
    assert len(names("")) == len(OPTIONS)


def test_the_search_speaks_the_player_s_language():
    """In German the German words are found."""
    use("de")
    try:
        assert names("textgröße") == ["text"]
    finally:
        use(ENGLISH)
