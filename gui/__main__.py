"""`python -m gui [--demo]`: the window, as `liszten` alone opens it; --demo plays the shipped recording."""

from __future__ import annotations

import sys

from realtime.system.interrupts import Interrupts

if __name__ == "__main__":
    with Interrupts() as interrupts:
        from gui.app import main
        from realtime.errors import LisztenError
        from realtime.system import log

        log.set_up("error")
        try:
            exit_code = main(demo="--demo" in sys.argv[1:])
        except LisztenError as error:
            sys.exit(f"liszten: {error}")
        finally:
            interrupts.over()
    sys.exit(exit_code)
