"""Runs are kept, and what they tell comes back; none is lost, however soon the next one ends."""

from __future__ import annotations

from pathlib import Path

from gui.practice.choices import LessonChoices
from gui.practice.past_runs import PastRuns
from gui.practice.run import Run
from realtime.practice.runs import read_runs
from realtime.practice.verdicts import Marked, Missed
from tests.gui.practice.pieces import C3, C4, D4, G4, PIECE
from tests.waiting import wait_until


def run(*told: Marked | Missed) -> Run:
    made = Run(PIECE, PIECE, LessonChoices("play", tempo=80))
    for one in told:
        made.add(one, 0.0)
    return made


def wait(past: PastRuns) -> None:
    wait_until(lambda: past.pump() or past.history is not None)


def test_runs_that_end_at_once_are_all_kept(tmp_path: Path):
    """Three in a row: three files, and a suggestion for what was missed."""
    past = PastRuns(tmp_path, lambda: None)
    right = [Marked(pitch, 0.0, "right", 0.0, 0, 1) for pitch in (C3, C4)]
    kept = run(*right, Marked(D4, 1.0, "right", 4.0, 1, 1), Missed(3, 2, (G4,)), Missed(4, 2, (G4,))).kept
    assert kept is not None
    for _ in range(3):
        past.keep(kept, tmp_path / "tune.mid")
    past.close()
    assert len(read_runs(tmp_path)) == 3
    past.open(PIECE)
    wait(past)
    assert past.history is not None
    assert past.history.runs == 3
    assert past.history.suggestion is not None
    assert (past.history.suggestion.first_bar, past.history.suggestion.last_bar) == (1, 2)


def test_a_run_without_a_note_is_none():
    """There is nothing to keep."""
    assert run().kept is None
    assert run(Missed(0, 1, (C3,))).kept is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    """In a sentence, once it is tried."""
    (tmp_path / "file").write_text("")
    past = PastRuns(tmp_path / "file" / "runs", lambda: None)
    kept = run(Marked(C3, 0.0, "right", 0.0, 0, 1)).kept
    assert kept is not None
    past.keep(kept, tmp_path / "tune.mid")
    wait_until(lambda: past.pump() or past.problem is not None)
    told, past.problem = past.problem, None
    assert told is not None
    assert past.close() is None
    past.keep(kept, tmp_path / "tune.mid")
    past.look()  # at once: the answer to the first look is not wanted any more
    wait_until(lambda: past.pump() or past.problem is not None)
    assert past.problem == told
    past.problem = None
    past.keep(kept, tmp_path / "tune.mid")
    assert past.close() == told
