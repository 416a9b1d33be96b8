"""A function in a process of its own: its answer, its death and its silence."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

import pytest

from realtime.system import process
from realtime.system.errand import answer


def double(parent: Connection, number: int) -> None:
    """Answers."""
    process.on_terminate(lambda: None)
    parent.send(2 * number)


def die(parent: Connection) -> None:
    """As a library that crashes."""
    os._exit(139)


def hang(parent: Connection) -> None:
    """As a library that never returns."""
    process.on_terminate(lambda: None)
    time.sleep(3600)


def test_an_answer() -> None:
    """With its arguments."""
    assert answer("tests.realtime.system.test_errand:double", "errand", 60.0, 21) == 42


def test_a_process_that_dies_is_told() -> None:
    """At once, and not at the limit."""
    with pytest.raises(EOFError):
        answer("tests.realtime.system.test_errand:die", "errand", 250.0)


def test_a_process_that_hangs_is_ended() -> None:
    """After the limit."""
    with pytest.raises(TimeoutError, match="errand: no answer"):
        answer("tests.realtime.system.test_errand:hang", "errand", 0.5)
