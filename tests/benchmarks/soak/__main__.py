"""Plays for a long time, and tells what it did to the program: `python -m tests.benchmarks.soak --minutes 60 --window`.

Needs PulseAudio and JACK (with the right to real-time priority) and, with --window, Xvfb. Recordings, silence and
noise are played in turn into the virtual microphone of `liszten listen`, which records a take, and of the window,
which begins and ends takes in turn. Another program is connected to each MIDI port. Every record is written to
--out at once, so that a soak that was killed has its table, too: --table FILE.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from tests.benchmarks.soak import players, sound
from tests.benchmarks.soak.figures import Record, table
from tests.benchmarks.soak.players import Listener
from tests.e2e.program import Line, Program
from tests.gui.windows.screen import Screen
from tests.rig import Rig

SAMPLE_S = 10.0
TURN_S = 150.0  # of the window's takes
SETTLE_S = 5.0
PIECE_S = 45.0  # of a recording with its silence and its share of the noise, roughly
MATCH_S = 0.05
EARLY_S, LATE_S = 0.1, 10.0


class Soak:
    """One run: plays, samples, and writes its records."""

    def __init__(self, rig: Rig, listeners: list[Listener], out: Path) -> None:
        self._rig = rig
        self._listeners = listeners
        self._out = out.open("w")
        self._witness = sound.Witness(rig)
        self._begun = time.monotonic()
        self._next_sample = self._begun
        self._told: dict[tuple[str, str], int] = {}
        self.records: list[Record] = []

    def play(self, piece: sound.Piece) -> None:
        """One recording or noise, and the silence after it."""
        begun = time.monotonic()
        player = self._rig.play(piece.path)
        while player.poll() is None:
            self._wait(0.2)
        ended = time.monotonic()
        self._wait(sound.SILENCE_S)
        for listener in self._listeners:
            self._write("silence", program=listener.name, piece=piece.path.name, **listener.sounding())
        if piece.notes:
            arrival = self._witness.arrival(piece.head, begun)
            for listener in self._listeners:
                self._write("piece", program=listener.name, **_heard(listener, piece, arrival, begun, ended))

    def close(self) -> None:
        """End the programs, and write what they left."""
        self._witness.close()
        for listener in self._listeners:
            takes = _takes(listener)
            status = listener.end()
            self._tell(listener)
            streams = len(listener.lines("stream"))
            self._write(
                "end",
                program=listener.name,
                status=status,
                streams=streams,
                **listener.sounding(),
                takes=_lengths(takes, listener),
                errors=listener.program.errors[-2000:],
            )

    def _wait(self, seconds: float) -> None:
        """Sample now and then. Raises RuntimeError when a program has ended."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if now >= self._next_sample:
                self._next_sample = now + SAMPLE_S
                self._sample()
            time.sleep(min(max(end - now, 0.0), 0.2))

    def _sample(self) -> None:
        self._write("load", load=players.load())
        for listener in self._listeners:
            if not listener.running:
                raise RuntimeError(f"{listener.name} has ended: {listener.program.errors[-2000:]}")
            for sample in listener.memory():
                self._write("memory", **sample)
            self._tell(listener)

    def _tell(self, listener: Listener) -> None:
        """Write the gaps and warnings that are new."""
        for kind in ("gap", "warning"):
            lines = listener.lines(kind)
            for line in lines[self._told.get((listener.name, kind), 0) :]:
                own = {key: line[key] for key in ("lost_s", "time", "code", "text") if key in line}
                self._write(kind, program=listener.name, **own)
            self._told[listener.name, kind] = len(lines)

    def _write(self, kind: str, **values: Any) -> None:
        record = {"kind": kind, "at": round(time.monotonic() - self._begun, 3), **values}
        self.records.append(record)
        self._out.write(json.dumps(record) + "\n")
        self._out.flush()


def _heard(listener: Listener, piece: sound.Piece, arrival: float | None, begun: float, ended: float) -> Record:
    """What became of a recording in one program. arrival: of its first sample at the microphone, monotonic, s."""
    live = [line for line in listener.lines("note_on") if begun < line["at"] < ended + sound.SILENCE_S]
    arrivals = [note for note in listener.arrivals() if begun < note[0]]
    return {"stream": len(listener.lines("stream")), **pairs(piece, live, arrivals, arrival)}


def pairs(piece: sound.Piece, live: list[Line], arrivals: list[tuple[float, int]], arrival: float | None) -> Record:
    """The notes of a recording with how late they reached the receiver, s after they sounded at the microphone.

    live: the program's own note-ons; arrivals: those of the receiver; arrival: as in `_heard`. The stream's clock is
    laid against the witness's by the notes that file and stream both have.
    """
    offset = None if arrival is None else _offset(piece, live, arrival)
    heard: Record = {"name": piece.path.name, "expected": len(piece.notes), "live": len(live), "offset": offset}
    heard |= {"found": 0, "unsent": 0, "notes": []}
    if arrival is None or offset is None:
        return heard
    unused = list(arrivals)
    for line in live:
        emitted = offset + line["emitted"]
        fits = [at for at, pitch in unused if pitch == line["pitch"] and -EARLY_S < at - emitted < LATE_S]
        if not fits:
            heard["unsent"] += 1
            continue
        unused.remove((fits[0], line["pitch"]))
        late, delay = fits[0] - offset - line["time"], line["emitted"] - line["time"]
        heard["notes"].append({"late": round(late, 4), "delay": round(delay, 4)})
    heard["found"] = _found(piece, live, offset - arrival)
    return heard


def _offset(piece: sound.Piece, live: list[Line], arrival: float) -> float | None:
    """Monotonic time at which the stream's clock was zero: the median over the notes that agree best."""
    times = [arrival + note.time - line["time"] for note in piece.notes for line in live if line["pitch"] == note.pitch]
    if not times:
        return None
    times.sort()
    ends = np.searchsorted(times, np.array(times) + MATCH_S)
    densest = int(np.argmax(ends - np.arange(len(times))))
    return float(np.median(times[densest : ends[densest]]))


def _found(piece: sound.Piece, live: list[Line], shift: float) -> int:
    """How many of the file's notes the stream has, too. shift: stream's zero against the file's begin, s."""
    unused = [(line["time"] + shift, line["pitch"]) for line in live]
    found = 0
    for note in piece.notes:
        fits = [other for other in unused if other[1] == note.pitch and abs(other[0] - note.time) <= MATCH_S]
        if fits:
            unused.remove(fits[0])
            found += 1
    return found


def _takes(listener: Listener) -> list[Path]:
    """The sounds of the takes that the program has begun and that still exist."""
    return sorted(listener.takes.glob("*/audio.wav")) if listener.takes is not None else []


def _lengths(takes: list[Path], listener: Listener) -> str:
    """The sound in the takes; against the stream's clock for `listen`, whose take is the whole stream."""
    if not takes:
        return "no takes"
    lasted = [soundfile.info(path).duration for path in takes]
    unfinished = sum(not (path.parent / "notes.mid").exists() for path in takes)
    ends = listener.lines("end")
    one = listener.whole and len(takes) == len(ends) == 1
    against = f", {1000 * (lasted[0] - ends[0]['time']):+.0f} ms" if one else ""
    return f"{len(takes)} takes of {sum(lasted):.1f} s{against}; without notes.mid: {unfinished}"


def run(minutes: float, window: bool, record: bool, out: Path) -> list[Record]:
    """Soak; the records, as far as it came."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        recordings = min(len(sound.recordings()), math.ceil(60 * minutes / PIECE_S))
        pieces = sound.program(folder, recordings)
        first = next(pieces)
        rig = Rig(folder / "rig", realtime=True)
        stack.callback(rig.stop)
        rig.start()
        stack.callback(Program.end_all)
        listeners = [players.listen(rig, folder / "takes" if record else None, "Liszten")]
        if window:
            screen = stack.enter_context(Screen())
            takes = folder / "window takes" if record else None
            listeners.append(players.window(rig, screen.env, folder / "window", takes, TURN_S, "Liszten-01"))
        time.sleep(SETTLE_S)
        soak = Soak(rig, listeners, out)
        try:
            end = time.monotonic() + 60 * minutes
            soak.play(first)
            while time.monotonic() < end:
                soak.play(next(pieces))
        except (KeyboardInterrupt, RuntimeError) as reason:
            print(f"{reason or 'interrupted'}: the table of what there is", file=sys.stderr)
        finally:
            soak.close()
        return soak.records


def main() -> None:
    """Soak, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--window", action="store_true", help="the window at the same time")
    parser.add_argument("--no-record", action="store_true", help="without takes")
    parser.add_argument("--out", type=Path, default=Path("soak.jsonl"), help="file of the records")
    parser.add_argument("--table", type=Path, metavar="FILE", help="print the table of records that are there")
    wanted = parser.parse_args()
    if wanted.table is not None:
        print(table([json.loads(line) for line in wanted.table.read_text().splitlines()]))
        return
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    print(table(run(wanted.minutes, wanted.window, not wanted.no_record, wanted.out)))


if __name__ == "__main__":
    main()
