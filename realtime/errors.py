"""The failures that a user can meet, each with its exit status.

The message is one sentence for a pianist, with a way out; the command line prints it without a traceback
and exits with `exit_code`. Programming errors are not among these.
"""

from __future__ import annotations

from typing import ClassVar

from realtime.words import Said, plain


class LisztenError(Exception):
    """An expected failure while running; `str` of it is its English sentence.

    said: a phrase with its values. `training` and `export`, which nobody translates, may give a sentence instead.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, said: Said | str) -> None:
        super().__init__(said)
        self.said = said if isinstance(said, Said) else plain(said)


def said(error: BaseException, otherwise: Said) -> Said:
    """The phrase of an expected failure; `otherwise` for any other."""
    return error.said if isinstance(error, LisztenError) else otherwise


class UsageError(LisztenError):
    """The command got an argument that it cannot take."""

    exit_code = 2


class AudioDeviceError(LisztenError):
    """No audio system, no such input, or the input failed."""

    exit_code = 3


class MidiError(LisztenError):
    """No MIDI system, no such port, or the port failed."""

    exit_code = 4


class FileError(LisztenError):
    """A file is missing, broken, empty, unwritable or in the way."""

    exit_code = 5


class ModelError(LisztenError):
    """A model file is missing, broken, or not one of ours."""

    exit_code = 6


class DataError(FileError):
    """Data that was read is not of the type that was expected.

    place: the keys that lead to it, "fit.batch", "" for the whole; found: the beginning of the value, "" where it is
    no single value; reason: why it is wrong.
    """

    def __init__(self, place: str, found: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (" is ".join(filter(None, (place, found))), reason) if part) + ".")
        self.place, self.found, self.reason = place, found, reason

    def __reduce__(self) -> tuple[type[DataError], tuple[str, str, str]]:
        return DataError, (self.place, self.found, self.reason)
