"""How a command ends that failed: one sentence on standard error, and an exit status. All three programs end so."""

from __future__ import annotations

import sys
import traceback

from realtime.errors import LisztenError

INTERRUPTED = 130  # by Ctrl-C


def told(program: str, error: LisztenError, debug: bool) -> int:
    """Say what failed; the exit status."""
    return report(program, str(error), error.exit_code, error, debug)


def report(program: str, text: str, exit_code: int, error: Exception, debug: bool) -> int:
    """Say `text`, with `debug` after the traceback of `error`; the log has that in any case. Gives `exit_code` back."""
    import logging

    logging.getLogger(__name__).info("the command failed", exc_info=error)
    if debug:
        traceback.print_exception(error)
    print(f"{program}: {text}", file=sys.stderr)  # noqa: T201
    return exit_code
