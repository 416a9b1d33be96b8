"""The command `liszten`: every expected failure becomes one sentence on standard error and an exit status.

This module loads next to nothing: it is also what a spawned process imports first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from realtime.errors import FileError, LisztenError
from realtime.system.ending import INTERRUPTED, print_error, print_failure
from realtime.system.interrupts import CtrlCRecord

GLOBAL_FLAGS = ("--debug", "--quiet")
LOG_LEVEL = "--log-level"
PROGRAM = "liszten"
NO_ROOM = "Nothing more can be written: the disk is full. Free some space, or write elsewhere."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit status."""
    _have_streams()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status."""
    with CtrlCRecord() as ctrl_c:
        return _run(arguments, ctrl_c)


def _run(arguments: Sequence[str], ctrl_c: CtrlCRecord) -> int:
    debug = "--debug" in arguments
    try:
        from realtime.cli.app import app

        app(args=global_options_first(arguments), prog_name=PROGRAM)
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # typer ends with status 1 then
            return _unread()
        return _flushed(leaving.code if isinstance(leaving.code, int) else 0, debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return INTERRUPTED if ctrl_c.pressed else _failed(error, debug)
    return 0


def _failed(error: Exception, debug: bool) -> int:
    """Print what failed; the exit status."""
    if isinstance(error, LisztenError):
        return print_failure(PROGRAM, error, debug)
    from realtime.system.storage import FULL

    if isinstance(error, OSError) and error.errno in FULL:
        _unread()  # the buffered output would fail once more
        return print_error(PROGRAM, NO_ROOM, FileError.exit_code, error, debug)
    return print_error(PROGRAM, _unexpected(error), LisztenError.exit_code, error, debug)


def _unexpected(error: Exception) -> str:
    from realtime.system.log import log_path

    return f"Something went wrong inside Liszten ({type(error).__name__}: {error}). The log tells more: {log_path()}"


def global_options_first(arguments: Sequence[str]) -> list[str]:
    """Move --debug, --quiet and --log-level, which may stand anywhere before a "--", in front of the command."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments[:end])
    for word in words:
        if word in GLOBAL_FLAGS or word.startswith(f"{LOG_LEVEL}="):
            front.append(word)
        elif word == LOG_LEVEL:
            front.extend([word, *(value for value in [next(words, None)] if value is not None)])
        else:
            rest.append(word)
    return [*front, *rest, *arguments[end:]]


def _flushed(exit_code: int, debug: bool) -> int:
    """Write out what is buffered; a reader that has gone is no failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _unread()
    except OSError as error:
        return _failed(error, debug)
    return exit_code


def _unread() -> int:
    """Nobody reads standard output any more: let what is still written go nowhere. The exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _have_streams() -> None:
    """Open the null device for standard streams that were closed: the next file would be taken for one of them.

    What the terminal's code page lacks becomes a question mark.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
