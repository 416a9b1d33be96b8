"""The table of a soak, made of its records: whatever there is of them, since a soak may be killed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

Record = dict[str, Any]
WARM_UP_S = 600.0
MB_PER_MIB = 1.048576
SECONDS_PER_HOUR = 3600.0


def table(records: list[Record]) -> str:
    """All figures as lines of text. Each record has a "kind"; times are s since the soak's begin."""
    kinds = defaultdict(list)
    for record in records:
        kinds[record["kind"]].append(record)
    lasted = max((record["at"] for record in records), default=0.0)
    lines = [
        f"{lasted / 60:.1f} minutes; {len(kinds['piece'])} recordings; load of the computer "
        f"{_spread([record['load'] for record in kinds['load']])} (p50 / p95)"
    ]
    lines += ["", *_memory_lines(kinds["memory"], lasted)]
    for program in sorted({record["program"] for record in kinds["memory"]}):
        own = {kind: [record for record in some if record.get("program") == program] for kind, some in kinds.items()}
        lines += ["", program, *_program_lines(defaultdict(list, own))]
    return "\n".join(lines)


def slope_mb_per_hour(times_s: Iterable[float], sizes_mib: Iterable[float]) -> float:
    """Of the straight line that fits best; nan for fewer than three points."""
    times, sizes = np.array([*times_s]), np.array([*sizes_mib])
    if len(times) < 3:
        return float("nan")
    return float(np.polyfit(times, sizes, 1)[0]) * SECONDS_PER_HOUR * MB_PER_MIB


def _memory_lines(records: list[Record], lasted: float) -> Iterator[str]:
    begin = WARM_UP_S if lasted > 2 * WARM_UP_S else lasted / 2
    yield f"memory             begin     end  slope from minute {begin / 60:.1f} (MB an hour)"
    yield "                   MB PSS           PSS   private"
    for program, role, pid in sorted({(record["program"], record["role"], record["pid"]) for record in records}):
        own = [record for record in records if record["pid"] == pid]
        late = [record for record in own if record["at"] >= begin]
        slopes = [slope_mb_per_hour([r["at"] for r in late], [r[name] for r in late]) for name in ("pss", "private")]
        sizes = [MB_PER_MIB * record["pss"] for record in (own[0], own[-1])]
        yield f"{program:<8}{role:<8}{sizes[0]:8.1f}{sizes[1]:8.1f}{slopes[0]:9.1f}{slopes[1]:10.1f}"


def _program_lines(kinds: dict[str, list[Record]]) -> Iterator[str]:
    late = [1000 * note["late"] for piece in kinds["piece"] for note in piece["notes"]]
    delays = [1000 * note["delay"] for piece in kinds["piece"] for note in piece["notes"]]
    unsent = sum(piece["unsent"] for piece in kinds["piece"])
    yield f"  sound to MIDI      {_percentiles(late)}  of {len(late)} notes; {unsent} never arrived"
    yield f"  of that the delay  {_percentiles(delays)}  (emitted - time)"
    if late:
        yield f"  p95 later than p95 of the delay: {np.percentile(late, 95) - np.percentile(delays, 95):.0f} ms"
    found = sum(piece["found"] for piece in kinds["piece"])
    expected = sum(piece["expected"] for piece in kinds["piece"])
    yield f"  notes of the files {expected}, found live {found} ({100 * found / max(expected, 1):.1f} %)"
    yield f"  clock against wall {_drift(kinds['piece'])}"
    gaps = kinds["gap"]
    yield f"  gaps               {len(gaps)}, lost {sum(gap['lost_s'] for gap in gaps):.2f} s"
    for end in kinds["end"]:
        yield f"  take against clock {end['takes']}"
        yield f"  ended with status  {end['status']}; streams {end['streams']}"
        yield f"  hanging at the end {len(end['notes'])} notes{', the pedal' * end['pedal']}"
    silences = kinds["silence"]
    hanging = [len(silence["notes"]) for silence in silences]
    pedals = sum(silence["pedal"] for silence in silences)
    times = f"{sum(map(bool, hanging))} of {len(silences)} times"
    yield f"  hanging in silence {times}, at most {max(hanging, default=0)} notes"
    yield f"  pedal in silence   {pedals} of {len(silences)} times"
    alarms = Counter(record["code"] for record in kinds["warning"])
    yield f"  alarms             {', '.join(f'{code} {times}' for code, times in sorted(alarms.items())) or 0}"


def _drift(pieces: list[Record]) -> str:
    """How the stream's clock moved against the computer's, per stream, as the witness at the microphone saw it."""
    streams = defaultdict(list)
    for piece in pieces:
        if piece["offset"] is not None:
            streams[piece["stream"]].append(piece["offset"])
    moved = [
        f"{1000 * (offsets[-1] - offsets[0]):+.0f} ms (at most {1000 * float(np.ptp(offsets)):.0f})"
        for _, offsets in sorted(streams.items())
    ]
    return ", ".join(moved) or "nothing was found"


def _percentiles(values: list[float]) -> str:
    if not values:
        return "none"
    return "p50 {:4.0f}  p95 {:4.0f}  p99 {:4.0f}  max {:4.0f} ms".format(*np.percentile(values, (50, 95, 99, 100)))


def _spread(values: list[float]) -> str:
    return "{:.1f} / {:.1f}".format(*np.percentile(values, (50, 95))) if values else "-"
