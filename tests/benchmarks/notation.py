"""Sheet music as Liszten reads it, beside music21: which notes are the same in bar, place in the bar and pitch.

    python -m tests.benchmarks.notation

Needs music21 (`pip install 'liszten[score]'`), whose corpus is read: its pieces for piano, for voice and piano, and
small ones. Grace notes, chord symbols and notes that a tie holds are left out on both sides, and so are the parts that
nobody practises. A repeated bar counts once. The last column are notes of ours that music21 does not have.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import music21

from realtime.errors import LisztenError
from realtime.practice.document import read_document
from realtime.practice.notation import notated

FOLDERS = (
    *("beach", "cpebach", "demos", "handel/rinaldo", "joplin", "leadSheet", "liliuokalani", "mozart/k545"),
    *("schoenberg/opus19", "schubert", "schumann_clara", "schumann_robert", "theoryExercises", "verdi", "webern"),
)
SUFFIXES = {".mxl", ".xml", ".musicxml"}
PLACES = 48  # of a quarter: places are rounded to these

Note = tuple[int, int, int]  # bar, place, pitch


def main() -> None:
    """Print the table."""
    corpus = Path(music21.__file__).parent / "corpus"
    files = [path for folder in FOLDERS for path in sorted((corpus / folder).iterdir()) if path.suffix in SUFFIXES]
    print("| piece | notes | equal | seconds | not in music21 |\n| --- | --- | --- | --- | --- |")
    total = equal = 0
    for path in files:
        try:
            begin = time.perf_counter()
            ours = _ours(path)
            seconds = time.perf_counter() - begin
        except LisztenError as error:
            print(f"| {path.name} | refused: {str(error).removeprefix(str(path))} | | | |")
            continue
        both = ours & _theirs(path)
        total, equal = total + len(ours), equal + len(both)
        print(
            f"| {path.name} | {len(ours)} | {len(both)} | {seconds:.1f} | {sorted(ours - both)[:3] or ''} |", flush=True
        )
    print(f"| all | {total} | {equal} | | |")


def _ours(path: Path) -> set[Note]:
    score = notated(read_document(path), str(path), path.stem)
    notes = [note for group in score.groups for note in group.notes if not note.optional]
    bars = [score.bar_at(note.beat) for note in notes]
    return {(bar.number, round((n.beat - bar.beat) * PLACES), n.pitch) for n, bar in zip(notes, bars, strict=True)}


def _theirs(path: Path) -> set[Note]:
    measures = [m for part in music21.converter.parse(path).parts for m in part.getElementsByClass("Measure")]
    return {
        (measure.number, round(float(element.getOffsetInHierarchy(measure)) * PLACES), note.pitch.midi)
        for measure in measures
        for element in measure.recurse().notes
        if not (element.duration.isGrace or isinstance(element, music21.harmony.ChordSymbol))
        for note in _struck(element)
    }


def _struck(element: Any) -> list[Any]:
    notes = element.notes if element.isChord else [element]
    return [note for note in notes if note.isNote and (note.tie is None or note.tie.type == "start")]


if __name__ == "__main__":
    main()
