"""Resident memory of a program and its children."""

from __future__ import annotations

import contextlib

import psutil

BYTES_PER_MIB = 1024 * 1024


def family_rss_mb(root: int) -> float | None:
    """Resident memory of process `root` and all its descendants, in MiB; None when there is no such process.

    On Linux pages that several of them share are counted once (proportional set size); elsewhere they count for each.
    """
    try:
        parent = psutil.Process(root)
        family = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return None
    return sum(map(_resident_bytes, family)) / BYTES_PER_MIB


def _resident_bytes(process: psutil.Process) -> int:
    """0 for one that has ended meanwhile, or whose memory may not be read."""
    with contextlib.suppress(psutil.Error):
        if psutil.LINUX:
            return int(process.memory_full_info().pss)
        return int(process.memory_info().rss)
    return 0
