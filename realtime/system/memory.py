"""How much memory a program and its children hold."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

KIB_PER_MIB = 1024


def family_rss_mb(root: int) -> float | None:
    """Resident memory of process `root` and all its descendants, in MiB; None where the system does not tell.

    On Linux pages that several of them share are counted once (proportional set size); on macOS they count for each.
    """
    if platform.system() == "Linux":
        return sum(_linux_pss_kib(pid) for pid in _family(root, _linux_parents())) / KIB_PER_MIB
    if platform.system() == "Darwin":
        rows = _ps_rows()
        return sum(rows[pid][1] for pid in _family(root, {pid: row[0] for pid, row in rows.items()})) / KIB_PER_MIB
    return None


def _family(root: int, parents: dict[int, int]) -> set[int]:
    """`root` and its descendants. parents: process -> its parent."""
    family = {root}
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in family} - family
        grown = bool(children)
        family |= children
    return family


def _linux_parents() -> dict[int, int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()  # the name before it may hold spaces
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    return parents


def _linux_pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _ps_rows() -> dict[int, tuple[int, int]]:
    """Process -> parent, resident KiB."""
    listing = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = (tuple(int(word) for word in line.split()) for line in listing.splitlines())
    return {pid: (parent, rss) for pid, parent, rss in rows}
