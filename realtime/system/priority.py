"""A better place in the queue for the processor, for the threads that hear and send, where the system allows it.

On Linux that is real-time priority, which members of the group `audio` have wherever JACK was set up: four programs
that take all they get then cost no note (`tests/benchmarks/overload.py`). A process that ran away with it would be left
95 % of one core by the kernel, and is killed by its supervisor, as it falls silent. Windows has "above normal", macOS
the class of what a person waits for.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Callable

logger = logging.getLogger(__name__)
# Below JACK's and PipeWire's own threads, which have 10 and more: they must deliver first.
REAL_TIME_PRIORITY = 5
ABOVE_NORMAL_PRIORITY_CLASS = 0x8000
QOS_CLASS_USER_INTERACTIVE = 0x21


def raise_priority() -> bool:
    """For the calling thread and those that it starts from now on; whether the system allowed it."""
    try:
        return SYSTEMS.get(sys.platform, lambda: False)()
    except (OSError, AttributeError) as error:
        logger.info("the priority stays as it is: %s", error)
        return False


def lower_priority() -> None:
    """Back to the ordinary one, for the calling thread: what may take its time must not hold up the others."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _real_time() -> bool:
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(REAL_TIME_PRIORITY))
    return True


def _above_normal() -> bool:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    return bool(kernel.SetPriorityClass(kernel.GetCurrentProcess(), ABOVE_NORMAL_PRIORITY_CLASS))


def _interactive() -> bool:
    return bool(ctypes.CDLL(None).pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0) == 0)


SYSTEMS: dict[str, Callable[[], bool]] = {"linux": _real_time, "win32": _above_normal, "darwin": _interactive}
