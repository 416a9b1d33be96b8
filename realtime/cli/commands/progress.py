"""A progress bar on standard error, for one long piece of work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from realtime.cli.console import Console


@contextmanager
def share_bar(console: Console, words: str) -> Iterator[Callable[[float], None]]:
    """A callback that takes the share that is done, 0-1. A quiet command, or one without a terminal, shows nothing."""
    if console.quiet or not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=1.0)
        yield lambda share: bar.update(task, completed=share)
