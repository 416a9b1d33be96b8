"""Data from outside as our own types, read by msgspec: whatever is wrong raises one `DataError` that names the place.

The types are dataclasses whose fields declare their ranges: `Annotated[int, within(PITCH)]`. A dataclass that is made
in code is not checked; one from a file or another process is built here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from realtime.errors import DataError
from realtime.limits import COUNT, PITCH, SHARE, VELOCITY, Limits, Number

T = TypeVar("T")
LONGEST_SHOWN = 40
# Beside its own errors, which are ValueErrors, msgspec lets encoding errors of lone surrogates through.
READ_ERRORS = (ValueError, RecursionError)
TOO_DEEP, MISSING_KEY = "it is nested too deeply", "it is missing"


class _Undeclared:
    """Marks a key that no dataclass declares."""


def within(limits: Limits[Number]) -> msgspec.Meta:
    """For `Annotated`: a number inside its limits; neither infinity nor NaN is."""
    return msgspec.Meta(ge=limits.least, le=limits.most)


# Kinds of values that many types hold. JSON can contain lone surrogates, which no file can hold; a path may not
# contain a zero byte.
Text = Annotated[str, msgspec.Meta(pattern="^[^\ud800-\udfff]*$")]
Name = Annotated[str, msgspec.Meta(pattern="^[^\ud800-\udfff]*$", max_length=200)]
PathText = Annotated[str, msgspec.Meta(pattern="^[^\0]*$")]
Share = Annotated[float, within(SHARE)]
Count = Annotated[int, within(COUNT)]
Size = Annotated[int, within(Limits(1, COUNT.most))]
Pitch = Annotated[int, within(PITCH)]
Velocity = Annotated[int, within(VELOCITY)]


def limits_of(kind: type) -> dict[str, Limits[float]]:
    """Name -> range, of those fields of a dataclass that declare one."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        name: Limits(mark.ge, mark.le)
        for name, hint in hints.items()
        for mark in getattr(hint, "__metadata__", ())
        if mark.ge is not None and mark.le is not None
    }


def read_json(text: str | bytes) -> Any:
    """The JSON value of a text, of any shape. Raises DataError."""
    try:
        return json.loads(text)
    except READ_ERRORS as error:
        raise DataError("", "", _reason(error)) from error


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises DataError."""
    try:
        return tomllib.loads(text)
    except READ_ERRORS as error:
        raise DataError("", "", _reason(error)) from error


def build(kind: type[T], raw: object, known_only: bool = False) -> T:
    """A `kind` made of plain values, as JSON or TOML gives them. Integers may stand for floats, lists for tuples.

    known_only: whether keys that the type does not declare are refused, not ignored. Raises DataError.
    """
    if known_only:
        for place, value, declared in _parts(raw, kind):
            if declared is _Undeclared:
                raise _error(place, value, "there is no such key")
    try:
        return msgspec.convert(raw, kind)
    except READ_ERRORS as error:
        raise _first_error(raw, kind) from error


def shown(value: object) -> str:
    """A value from outside for the middle of a sentence: the beginning of its JSON."""
    try:
        return json.dumps(value, default=str)[:LONGEST_SHOWN]
    except (ValueError, TypeError, RecursionError):  # a number of thousands of digits, or nested too deeply
        return "beyond all measure"


def _first_error(raw: object, kind: Any) -> DataError:
    """The error of the first part of `raw` that does not fit its type in `kind`."""
    for place, value, declared in _parts(raw, kind):
        if declared is not _Undeclared:
            try:
                msgspec.convert(value, declared)
            except READ_ERRORS as error:
                missing = _missing(value, declared)
                return _error((*place, *missing), value, MISSING_KEY if missing else _reason(error))
    raise AssertionError("every part is right, but not the whole")


def _parts(raw: object, kind: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object, Any]]:
    """(place, value, type) of all parts of `raw` and then of `raw` itself, as far as `kind` declares them."""
    inner = get_args(kind)
    if get_origin(kind) is tuple and isinstance(raw, list | tuple) and inner[1:] == (...,):
        for number, item in enumerate(raw, start=1):
            yield from _parts(item, inner[0], (*place, str(number)))
    elif is_dataclass(kind) and isinstance(raw, Mapping):
        hints = get_type_hints(kind, include_extras=True)
        for key, value in raw.items():
            yield from _parts(value, hints.get(key, _Undeclared), (*place, str(key)))
    yield place, raw, kind


def _missing(value: object, kind: Any) -> list[str]:
    """The first key that a table for the dataclass `kind` lacks, if there is one."""
    if not is_dataclass(kind) or not isinstance(value, Mapping):
        return []
    needed = (one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING)
    return [name for name in needed if name not in value][:1]


def _error(place: tuple[str, ...], value: object, reason: str) -> DataError:
    return DataError(".".join(place), "" if isinstance(value, Mapping) else shown(value), reason)


def _reason(error: Exception) -> str:
    return TOO_DEEP if isinstance(error, RecursionError) else str(error)
