"""Where the bundle begins: the command `liszten`, or the process that it has spawned."""

from __future__ import annotations

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # before anything else: a spawned process ends here
    from realtime.cli.main import main

    main()
