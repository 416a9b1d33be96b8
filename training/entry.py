"""How our developer commands end: expected failures become one sentence on stderr and an exit status."""

from __future__ import annotations

import sys
import warnings

import typer

from realtime.errors import LisztenError

DEBUG = "--debug"
INTERRUPTED = 130


def run(app: typer.Typer, program: str) -> None:
    """Run the command line of `sys.argv`. `--debug`, wherever it stands, lets the traceback through; a warning is one
    line, not the place in our code that it comes from."""
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    debug = DEBUG in sys.argv[1:]
    warnings.formatwarning = lambda message, *_: f"{program}: {message}\n"
    try:
        app(args=arguments, prog_name=program)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except LisztenError as error:
        if debug:
            raise
        sys.stderr.write(f"{program}: {error}\n")
        sys.exit(error.exit_code)
