"""Data of any shape, as a damaged or foreign file may hold it, for property tests of what reads data."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

# Beside the usual values those that other readers have stumbled over.
_NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), float("nan"), float("inf"), -0.0, 2**63, 1e308])
)
_WORDS = st.one_of(st.text(max_size=8), st.sampled_from(["", "1", "fast", "\ud83d", "note_on"]))


def any_json() -> st.SearchStrategy[object]:
    """Values of JSON as Python's reader gives them: also NaN, halves of characters and numbers beyond any float."""
    return _trees(st.one_of(st.none(), st.booleans(), _NUMBERS, _WORDS))


def any_toml() -> st.SearchStrategy[object]:
    """Values of TOML as its reader gives them."""
    return _trees(st.one_of(st.booleans(), _NUMBERS, _WORDS, st.just(date(2026, 11, 21))))


def nested(levels: int, inside: object = 1) -> object:
    """Lists in lists."""
    for _ in range(levels):
        inside = [inside]
    return inside


def _trees(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    )
