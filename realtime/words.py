"""Sentences for the player: they travel as a phrase and its values, and become words where they are shown.

A module declares each of its phrases once, at its top, and fills in the values where it uses one:

    BROKEN_AFTER = Phrase("file.broken_after", "{path} is broken after {at:.1f} s.")
    raise FileError(BROKEN_AFTER(path=path, at=12.0))

`str` of the result, a `Said`, is the English sentence, for the terminal and the log; the window translates it. No code
reads a sentence to find out what it means: it reads the phrase's code and the values.
"""

from __future__ import annotations

import functools
import os
import string
from dataclasses import dataclass
from typing import TypeAlias

# A value may be a Said itself: it is translated with the sentence that it stands in.
Value: TypeAlias = "str | int | float | Said"


@dataclass(frozen=True)
class Phrase:
    """A sentence, or a part of one, with named places for its values.

    code: names it for programs and never changes, "file.broken_after"; text: English, as `str.format` takes it;
    in_window: the same without options of the command line, for where there is none; "" when that is `text`.
    """

    code: str
    text: str
    in_window: str = ""

    def __call__(self, **values: Value | os.PathLike[str]) -> Said:
        """The phrase with its values; a path is put in as text. Raises TypeError unless each place gets its value."""
        if values.keys() != self.places:
            raise TypeError(f"{self.code} takes {sorted(self.places)}, not {sorted(values)}")
        plain = ((name, os.fspath(v) if isinstance(v, os.PathLike) else v) for name, v in sorted(values.items()))
        return Said(self, tuple(plain))

    @property
    def places(self) -> frozenset[str]:
        """The names of its values."""
        return places(self.text)

    @property
    def source(self) -> str:
        """The English of the window, which translations are made from."""
        return self.in_window or self.text


@dataclass(frozen=True)
class Said:
    """A phrase and its values, in the order of their names; a sentence in no language yet."""

    phrase: Phrase
    values: tuple[tuple[str, Value], ...] = ()

    def value(self, place: str) -> Value:
        """The value in one of its places. Raises KeyError."""
        return dict(self.values)[place]

    def __str__(self) -> str:
        """In English, for the terminal."""
        return self.phrase.text.format(**dict(self.values))


PLAIN = Phrase("plain", "{words}")


def plain(words: str) -> Said:
    """Words that are not translated: of the operating system, or for developers."""
    return PLAIN(words=words)


@functools.cache
def places(text: str) -> frozenset[str]:
    """The names of the places in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
