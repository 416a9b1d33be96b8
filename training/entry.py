"""How our developer commands run and end."""

from __future__ import annotations

import sys
import warnings

import typer

from realtime.errors import LisztenError, UsageError
from realtime.system.ending import INTERRUPTED, print_error, print_failure
from realtime.version import PACKAGES

DEBUG = "--debug"
MISSING = "The package {name} is not there. Install what training needs: pip install 'liszten[train]'"


def run(app: typer.Typer, program: str) -> None:
    """Run the command line of `sys.argv`.

    An expected failure, and a missing package of the extra `train`, is one sentence on stderr and an exit status; with
    `--debug`, wherever it stands, after its traceback. A warning is one line, not the place in our code that it comes
    from.
    """
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    warnings.formatwarning = lambda message, *_: f"{program}: {message}\n"
    try:
        app(args=arguments, prog_name=program)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except ModuleNotFoundError as error:
        if (name := (error.name or "").partition(".")[0]) in ("", *PACKAGES):
            raise
        sys.exit(print_error(program, MISSING.format(name=name), UsageError.exit_code, error, DEBUG in sys.argv[1:]))
    except LisztenError as error:
        sys.exit(print_failure(program, error, DEBUG in sys.argv[1:]))
