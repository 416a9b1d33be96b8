"""Data from outside becomes our own types, or one error that names the place."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import DataError
from realtime.limits import Limits
from realtime.validation import Text, build, read_json, read_toml, shown, within
from tests.any_data import any_json, any_toml, nested


@dataclass(frozen=True)
class Inner:
    """What lies inside."""

    size: Annotated[int, within(Limits(1, 9))]
    share: Annotated[float, within(Limits(0.0, 1.0))] = 0.5


@dataclass(frozen=True)
class Outer:
    """What is read."""

    name: Text = ""
    inner: Inner = Inner(1)
    many: tuple[Inner, ...] = ()
    places: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        if self.name == "forbidden":
            raise ValueError("nothing may be forbidden")


def test_plain_values_become_types() -> None:
    """Lists become tuples, whole numbers floats, and a missing key keeps its default."""
    raw = {"name": "Étude", "inner": {"size": 9, "share": 1}, "many": [{"size": 2}], "later": [1]}
    assert Outer("Étude", Inner(9, 1.0), (Inner(2, 0.5),), None) == build(Outer, raw)


@pytest.mark.parametrize(
    ("raw", "place", "found", "reason"),
    [
        (3, "", "3", "Expected `object`, got `int`"),
        ("\ud83d", "", '"\\ud83d"', "'utf-8' codec can't encode"),
        ({"name": 5}, "name", "5", "Expected `str`, got `int`"),
        ({"name": "\ud83d"}, "name", '"\\ud83d"', r"Expected `str` matching regex"),
        ({"name": "forbidden"}, "", "", "nothing may be forbidden"),
        ({"inner": 3}, "inner", "3", "Expected `object`, got `int`"),
        ({"inner": {}}, "inner.size", "", "it is missing"),
        ({"inner": {"size": 0}}, "inner.size", "0", "Expected `int` >= 1"),
        ({"inner": {"size": 10}}, "inner.size", "10", "Expected `int` <= 9"),
        ({"inner": {"size": 10**6000}}, "inner.size", "beyond all measure", "Expected `int` <= 9"),
        ({"inner": {"size": nested(100_000)}}, "inner.size", "beyond all measure", "Expected `int`, got `array`"),
        ({"inner": {"size": 1, "share": 10**400}}, "inner.share", "1" + "0" * 39, "Number out of range"),
        ({"inner": {"size": 1, "share": float("nan")}}, "inner.share", "NaN", "Expected `float` >= 0.0"),
        ({"inner": {"size": 1, "share": float("inf")}}, "inner.share", "Infinity", "Expected `float` <= 1.0"),
        ({"inner": {"size": 1, "share": True}}, "inner.share", "true", "Expected `float`, got `bool`"),
        ({"many": [{"size": 1}, {"size": "2"}]}, "many.2.size", '"2"', "Expected `int`, got `str`"),
        ({"places": {"a": "b"}}, "places", "", "Expected `int`, got `str`"),
    ],
)
def test_what_cannot_be_is_named(raw: object, place: str, found: str, reason: str) -> None:
    """Where it stands, what stands there, and what was expected, in one line."""
    with pytest.raises(DataError) as caught:
        build(Outer, raw)
    assert (place, found) == (caught.value.place, caught.value.found)
    assert caught.value.reason.startswith(reason)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("raw", [{"nme": 1}, {"inner": {"size": 1, "nme": 1}}, {"many": [{"size": 1}, {"nme": 1}]}])
def test_unknown_keys_are_refused_where_wanted(raw: object) -> None:
    """However deep they lie; before what is missing beside them, which they may have been meant for."""
    with pytest.raises(DataError, match="nme is 1: there is no such key"):
        build(Outer, raw, known_only=True)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a = " + "[" * 3_000, "9" * 5_000, "{", "\ud83d", "a = 0x" + "f" * 9_000]
)
def test_text_that_cannot_be_read_is_one_error(text: str) -> None:
    """Or it is a number that nothing takes."""
    for read in (read_json, read_toml):
        with pytest.raises(DataError) as caught:
            build(Outer, {"inner": {"size": read(text)}})
        assert "\n" not in str(caught.value)


@given(any_json() | any_toml())
def test_any_tree_is_built_or_refused_with_our_error(raw: object) -> None:
    """And what is built is built again from its own values."""
    for known_only in (False, True):
        with contextlib.suppress(DataError):
            outer = build(Outer, raw, known_only)
            assert outer == build(Outer, asdict(outer), known_only)


@given(st.dictionaries(st.sampled_from(["name", "inner", "many", "places"]), any_json() | any_toml()))
def test_any_value_is_built_or_refused_with_our_error(raw: object) -> None:
    """Also where the keys are right."""
    with contextlib.suppress(DataError):
        outer = build(Outer, raw)
        assert outer == build(Outer, asdict(outer))


def test_an_error_goes_through_a_pipe() -> None:
    """Recordings are transcribed in processes of their own."""
    error = DataError("inner.size", "0", "too small")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.place, again.found, again.reason) == (
        "inner.size is 0: too small.",
        "inner.size",
        "0",
        "too small",
    )


def test_only_the_beginning_of_a_value_is_shown() -> None:
    """Whatever it is."""
    assert shown("x" * 100) == '"' + "x" * 39
    assert shown(10**6000) == shown(nested(100_000)) == "beyond all measure"
