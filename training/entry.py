"""How our developer commands run and end."""

from __future__ import annotations

import sys
import warnings

import typer

from realtime.errors import LisztenError
from realtime.system.ending import INTERRUPTED, print_failure

DEBUG = "--debug"


def run(app: typer.Typer, program: str) -> None:
    """Run the command line of `sys.argv`: an expected failure is one sentence on stderr and an exit status; with
    `--debug`, wherever it stands, after its traceback. A warning is one line, not the place in our code that it comes
    from."""
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    warnings.formatwarning = lambda message, *_: f"{program}: {message}\n"
    try:
        app(args=arguments, prog_name=program)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except LisztenError as error:
        sys.exit(print_failure(program, error, DEBUG in sys.argv[1:]))
