"""How a failed command ends, in all three programs: one sentence on standard error, and an exit status."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback

from realtime.errors import LisztenError
from realtime.system.terminal import visible

INTERRUPTED = 130  # by Ctrl-C


def print_failure(program: str, error: LisztenError, debug: bool) -> int:
    """Print the sentence of an expected failure; the exit status."""
    return print_error(program, str(error), error.exit_code, error, debug)


def print_error(program: str, text: str, exit_code: int, error: Exception, debug: bool) -> int:
    """Print `text`, with `debug` after the traceback of `error`, which the log always gets. Returns `exit_code`."""
    import logging

    logging.getLogger(__name__).info("the command failed", exc_info=error)
    with contextlib.suppress(OSError):  # the terminal may be what has failed
        if debug:
            traceback.print_exception(error)
        print(visible(f"{program}: {text}"), file=sys.stderr)  # noqa: T201
    return exit_code


def give_up_stream(descriptor: int) -> None:
    """Nobody reads standard output (1) or error (2) any more: let what is still written go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
