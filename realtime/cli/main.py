"""The command `liszten`: every expected failure becomes one sentence on standard error and an exit status.

This module loads next to nothing: Ctrl-C is to be handled before anything else is loaded, and it is also what a spawned
process imports first.
"""

from __future__ import annotations

import os
import sys

from realtime.system.interrupts import Interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

GLOBAL_FLAGS = ("--debug", "--quiet")
LOG_LEVEL = "--log-level"
PROGRAM = "liszten"
NO_ROOM = "Nothing more can be written: the disk is full. Free some space, or write elsewhere."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit status."""
    with Interrupts() as interrupts:
        try:
            _have_streams()
            exit_code = _run(sys.argv[1:] if arguments is None else arguments, interrupts)
        finally:
            interrupts.over()
    sys.exit(exit_code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status. Where a signal has ended it, that is the signal's."""
    with Interrupts() as interrupts:
        return _run(arguments, interrupts)


def _run(arguments: Sequence[str], interrupts: Interrupts) -> int:
    debug = "--debug" in arguments
    try:
        from realtime.cli.app import app

        app(args=global_options_first(arguments), prog_name=PROGRAM)
        exit_code = 0
    except SystemExit as leaving:
        exit_code = leaving.code if isinstance(leaving.code, int) else 0
        if isinstance(leaving.__context__, BrokenPipeError):  # typer ends with status 1 then
            exit_code = 0
    except Exception as error:
        exit_code = interrupts.exit_code or _failed(error, debug)
    if interrupts.signal is not None:
        _give_up_output()
    return _flushed(exit_code, debug)


def _failed(error: Exception, debug: bool) -> int:
    """Print what failed; the exit status."""
    from realtime.errors import FileError, LisztenError
    from realtime.system.ending import give_up_stream, print_error, print_failure
    from realtime.system.storage import FULL

    if isinstance(error, LisztenError):
        return print_failure(PROGRAM, error, debug)
    if isinstance(error, OSError) and error.errno in FULL:
        give_up_stream(1)  # the buffered output would fail once more
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
    """Write out what is buffered; the exit status. A reader that has gone is no failure."""
    from realtime.system.ending import give_up_stream

    for descriptor, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError as error:
            give_up_stream(descriptor)  # else the interpreter would fail at it once more
            if not exit_code and not isinstance(error, BrokenPipeError):
                exit_code = _failed(error, debug)
    return exit_code


def _give_up_output() -> None:
    """A signal has ended the command, perhaps in the middle of a write: the rest must not wait for a reader."""
    from realtime.system.ending import give_up_stream

    give_up_stream(1)
    give_up_stream(2)


def _have_streams() -> None:
    """Open the null device for standard streams that were closed: the next file would be taken for one of them.

    What the terminal's code page lacks becomes a question mark.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
