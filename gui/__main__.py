"""`python -m gui [--demo]`: the window, as `liszten` alone opens it; --demo plays the shipped recording."""

from __future__ import annotations

import sys

from gui.app import main
from realtime.errors import LisztenError
from realtime.system import log

if __name__ == "__main__":
    log.set_up("error")
    try:
        sys.exit(main(demo="--demo" in sys.argv[1:]))
    except LisztenError as error:
        sys.exit(f"liszten: {error}")
