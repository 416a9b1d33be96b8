"""How our developer commands end: expected failures become one sentence on stderr and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable

from realtime.errors import LisztenError
from training.data.paths import MissingCorpusError

MISSING_CORPUS_STATUS = 5


def run(app: Callable[[], None], arguments: list[str] | None = None) -> None:
    """Run a command line. `--debug` before the command lets the traceback through; Ctrl-C exits with 130."""
    debug = "--debug" in (sys.argv[1:2] if arguments is None else arguments[:1])
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except (LisztenError, MissingCorpusError) as error:
        if debug:
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code if isinstance(error, LisztenError) else MISSING_CORPUS_STATUS)
