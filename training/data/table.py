"""Frozen settings from TOML tables: what does not exist, is of another type or out of range is named."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from typing import Any, TypeVar, get_type_hints

T = TypeVar("T")
_WORDS = {
    float: "a number",
    int: "a whole number",
    str: "a text",
    tuple[str, ...]: "a list of texts",
    tuple[float, float]: "a list of two numbers, the lower one first",
}


def fill(kind: type[T], table: Any, name: str) -> T:
    """An instance of the dataclass `kind`; lists become tuples. ValueError names the table `name` and the key."""
    if not isinstance(table, Mapping):
        raise ValueError(f"[{name}] is {table!r}, expected a table")
    hints = get_type_hints(kind)
    unknown = sorted(set(table) - set(hints))
    if unknown:
        raise ValueError(f"unknown keys {unknown} in [{name}]; known: {sorted(hints)}")
    for parameter in inspect.signature(kind).parameters.values():
        if parameter.default is parameter.empty and parameter.name not in table:
            raise ValueError(f"{parameter.name} is missing in [{name}]")
    for key, value in table.items():
        if hints[key] in _WORDS and not _fits(value, hints[key]):
            raise ValueError(f"{key} in [{name}] is {value!r}, expected {_WORDS[hints[key]]}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def check_range(settings: object, keys: tuple[str, ...], low: float, high: float = math.inf) -> None:
    """ValueError names the first of `keys` whose value in `settings` lies outside [low, high]; of a pair, each part."""
    for key in keys:
        value = getattr(settings, key)
        parts = value if isinstance(value, tuple) else (value,)
        if not all(low <= part <= high for part in parts) or list(parts) != sorted(parts):
            limits = f"at least {low:g}" if high == math.inf else f"{low:g} to {high:g}"
            order = ", the lower one first" if isinstance(value, tuple) else ""
            raise ValueError(f"{key} is {value}, expected {limits}{order}")


def _fits(value: Any, hint: Any) -> bool:
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if hint is int or hint is str:
        return isinstance(value, hint) and not isinstance(value, bool)
    if not isinstance(value, list | tuple):
        return False
    if hint == tuple[str, ...]:
        return all(_fits(part, str) for part in value)
    return len(value) == 2 and all(_fits(part, float) for part in value)
