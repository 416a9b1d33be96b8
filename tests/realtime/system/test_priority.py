"""Priority: raised where the system allows it, for the threads that hear and send; a take has an ordinary one."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from realtime.system import priority
from realtime.system.priority import lower_priority, raise_priority

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is asked of the system is Linux's")


def in_a_thread(*calls: object) -> list[object]:
    """What the calls return one after the other in a thread of their own, and its policy at the end."""
    returned: list[object] = []

    def run() -> None:
        returned.extend(call() for call in calls)  # type: ignore[operator]
        returned.append(os.sched_getscheduler(0))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return returned


def test_where_it_is_allowed_a_thread_comes_first_and_can_step_back() -> None:
    """Real-time by turns, or as it was; a thread that it starts inherits it."""
    allowed, policy = in_a_thread(raise_priority)
    assert policy == (os.SCHED_RR if allowed else os.SCHED_OTHER)
    _, inherited, _ = in_a_thread(raise_priority, lambda: in_a_thread()[0])
    assert inherited == policy
    assert in_a_thread(raise_priority, lower_priority)[-1] == os.SCHED_OTHER


def test_where_it_is_not_allowed_all_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A player without the right to it, or a system that has no such thing."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(priority.os, "sched_setscheduler", refuse)
    assert raise_priority() is False
    monkeypatch.setattr(priority.sys, "platform", "plan9")
    assert raise_priority() is False
