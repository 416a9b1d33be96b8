"""Runs are kept, and tell what to practise next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import DataError
from realtime.practice.progress import (
    Day,
    PieceToday,
    Suggestion,
    Today,
    by_piece,
    days,
    history,
    of_day,
    streak,
    suggestion,
    table,
    today,
)
from realtime.practice.runs import BarRow, Run, RunResult, bar_rows, keep, piece_id, read_run, read_runs
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.verdicts import Marked, Missed

SCORE = Score(
    "Tune",
    joined(
        Moment(float(i), 1 + i // 2, (ScoreNote(48, i, 1.0, "left"), ScoreNote(72 + i, i, 1.0, "right")))
        for i in range(4)
    ),
    (Bar(1, 0.0, 2.0), Bar(2, 2.0, 2.0)),
    ((0.0, 60.0),),
)
RUN = Run(
    piece="abc",
    title="Tune: in G / slow",
    started="2026-12-01T10:00:00",
    seconds=61.5,
    mode="play",
    hands="both",
    first_bar=1,
    last_bar=2,
    tempo=0.8,
    clean_tempo=0.7,
    result=RunResult(10, 1, 2, 3, 1, 4.5, 30.0),
    bars=(BarRow(1, "left", right=4), BarRow(1, "right", right=3, missed=1), BarRow(2, "right", late=2, wrong=2)),
)


def test_a_run_is_kept_as_it_is(tmp_path: Path) -> None:
    """In a file that is named by time and title; a second one of the same second has a number."""
    folder = tmp_path / "practice"
    assert keep(RUN, folder) == folder / "2026-12-01 10-00-00 Tune in G slow.json"
    later = replace(RUN, seconds=3.0)
    assert keep(later, folder) == folder / "2026-12-01 10-00-00 Tune in G slow 2.json"
    assert sorted(read_runs(folder), key=lambda run: -run.seconds) == [RUN, later]


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """Whatever is wrong with it; the others are read."""
    kept = keep(RUN, tmp_path)
    content = json.loads(kept.read_text())
    damaged = {
        "a": b"{",
        "b": json.dumps({**content, "seconds": -1}).encode(),
        "c": json.dumps({**content, "started": "yesterday"}).encode(),
        "d": json.dumps({**content, "bars": [{"bar": 1, "hand": "middle"}]}).encode(),
    }
    for name, data in damaged.items():
        (tmp_path / f"{name}.json").write_bytes(data)
        with pytest.raises(DataError):
            read_run(tmp_path / f"{name}.json")
    assert read_runs(tmp_path) == [RUN]
    assert read_runs(tmp_path) == [RUN]
    names = [path.name.partition(" broken ")[0] for path in sorted(tmp_path.iterdir())]
    assert names == [kept.name, *damaged]
    assert all(
        path.read_bytes() == damaged[name] for path in tmp_path.iterdir() for name in damaged if path.name[0] == name
    )
    assert read_runs(tmp_path / "nothing") == []


def test_verdicts_by_bar_and_hand() -> None:
    """An extra note counts for the hand that is nearer."""
    told: list[Marked | Missed] = [
        Marked(48, 0.0, "right", 0.0, 0, 1),
        Marked(72, 0.0, "early", -60.0, 0, 1),
        Marked(70, 0.1, "extra", None, 0, 1),
        Missed(2, 2, (48, 74)),
        Marked(76, 3.0, "wrong", 5.0, 3, 2),
    ]
    assert bar_rows(SCORE, told) == (
        BarRow(1, "left", right=1),
        BarRow(1, "right", early=1, extra=1),
        BarRow(2, "left", missed=1),
        BarRow(2, "right", wrong=1, missed=1),
    )


def test_a_piece_is_known_by_its_notes() -> None:
    """Not by its title; one note more is another piece."""
    assert piece_id(replace(SCORE, title="Other")) == piece_id(SCORE)
    assert piece_id(SCORE.hand("left")) != piece_id(SCORE)


def bars(*shares: tuple[int, str, int, int]) -> tuple[BarRow, ...]:
    """(bar, hand, right, missed)."""
    return tuple(BarRow(bar, hand, right=right, missed=missed) for bar, hand, right, missed in shares)  # type: ignore[arg-type]


def test_the_hardest_two_bars_are_suggested() -> None:
    """Bars 2 and 3 have 5 of 12 keys, and it is the left hand; in words, too."""
    rows = bars((1, "left", 4, 0), (1, "right", 4, 0), (2, "left", 1, 3), (2, "right", 3, 1), (3, "left", 0, 2)) + bars(
        (3, "right", 1, 1), (4, "left", 4, 0), (4, "right", 3, 1)
    )
    found = suggestion([replace(RUN, bars=rows)])
    assert found == Suggestion(2, 3, "left", 0.7)
    assert str(found.said) == "Bars 2–3, left hand alone, 70 %"  # noqa: RUF001
    fast = suggestion([replace(RUN, bars=rows, tempo=1.25)])
    assert fast is not None
    assert fast.tempo == 1.05
    slow = suggestion([replace(RUN, bars=rows, tempo=0.25)])
    assert slow is not None
    assert slow.tempo == 0.25


def test_what_is_sure_is_not_suggested() -> None:
    """19 of 20 keys are sure, 18 of 20 are not; both hands alike are both hands, a hand that played alone is that."""
    sure = bars((1, "left", 5, 0), (1, "right", 5, 0), (2, "left", 5, 0), (2, "right", 4, 1))
    unsure = bars((1, "left", 5, 0), (1, "right", 5, 0), (2, "left", 4, 1), (2, "right", 4, 1))
    assert suggestion([replace(RUN, bars=sure)]) is None
    assert suggestion([replace(RUN, bars=unsure, tempo=0.0)]) == Suggestion(1, 2, "both", 0.7)
    assert suggestion([replace(RUN, bars=bars((1, "left", 0, 3)))]) is None
    alone = suggestion([replace(RUN, bars=bars((7, "left", 2, 2)))])
    assert alone is not None
    assert str(alone.said) == "Bar 7, left hand alone, 70 %"


def test_only_the_last_five_runs_count() -> None:
    """What was hard long ago is not."""
    old, new = replace(RUN, bars=bars((1, "left", 0, 9))), replace(RUN, bars=bars((1, "left", 9, 0)))
    assert suggestion([old, *[new] * 5]) is None
    assert suggestion([new, old, *[new] * 4]) is not None


def test_the_history_of_a_piece() -> None:
    """Time, tempo and the share of each bar."""
    later = replace(RUN, started="2026-12-02T09:00:00", clean_tempo=0.9, title="Tune")
    found = history([RUN, later])
    assert (found.title, found.runs, found.seconds, found.last, found.tempo) == (
        "Tune",
        2,
        123.0,
        date(2026, 12, 2),
        0.9,
    )
    assert [(one.bar, one.written, one.right, round(one.share, 3)) for one in found.bars] == [
        (1, 16, 14, 0.875),
        (2, 8, 4, 0.5),
    ]
    other = replace(RUN, piece="xyz", started="2026-12-01T23:59:59")
    assert list(by_piece([RUN, other, later]).items()) == [("abc", [RUN, later]), ("xyz", [other])]


def test_days_and_streak() -> None:
    """Two runs of one day are one day; today may still come, the day before yesterday may not."""
    runs = [
        RUN,
        replace(RUN, started="2026-12-01T23:59:59", title="Other"),
        replace(RUN, started="2026-12-02T00:00:00", seconds=120.0),
    ]
    found = days(runs)
    assert found == [
        Day(date(2026, 12, 1), 2.05, ("Tune: in G / slow", "Other")),
        Day(date(2026, 12, 2), 2.0, ("Tune: in G / slow",)),
    ]
    practised = [day.day for day in found]
    assert [streak(practised, date(2026, 12, day)) for day in (1, 2, 3, 4)] == [1, 2, 2, 0]


def test_what_was_practised_today() -> None:
    """By piece, in the order of their first run; a run from before midnight is yesterday's."""
    yesterday = replace(RUN, started="2026-12-01T23:59:59", seconds=600.0)
    first = replace(RUN, started="2026-12-02T00:00:00", seconds=90.0, clean_tempo=0.0)
    silent = replace(RUN, piece="xyz", title="Other", started="2026-12-02T09:00:00", bars=(), clean_tempo=0.0)
    last = replace(RUN, started="2026-12-02T23:59:59", seconds=30.0, title="Tune", bars=bars((1, "left", 8, 0)))
    runs = [last, yesterday, silent, first]
    assert today(runs, date(2026, 12, 2)) == Today(
        date(2026, 12, 2),
        2.0 + 61.5 / 60,
        (PieceToday("abc", "Tune", 2.0, 2, 17 / 20, 0.7), PieceToday("xyz", "Other", 61.5 / 60, 1, None, 0.0)),
        2,
    )
    assert today(runs, date(2026, 12, 3)) == Today(date(2026, 12, 3), 0.0, (), 2)
    assert today([], date(2026, 12, 3)) == Today(date(2026, 12, 3), 0.0, (), 0)
    assert of_day(runs, date(2026, 12, 2)) == [first, silent, last]


def test_the_table_by_hand() -> None:
    """Quotes where a title has a comma."""
    assert table([replace(RUN, title="A, b")]) == (
        "started,title,mode,hands,first_bar,last_bar,tempo,seconds,right,early_late,wrong,missed,extra,bias_ms,"
        "spread_ms\n"
        '2026-12-01T10:00:00,"A, b",play,both,1,2,0.8,61.5,10,3,1,1,2,4.5,30.0\n'
    )


@given(title=st.text(max_size=80))
def test_any_title_can_be_kept(title: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Its file has a name that every system can hold."""
    folder = tmp_path_factory.mktemp("runs")
    run = replace(RUN, title=title.encode("utf-8", "replace").decode())
    keep(run, folder)
    assert read_runs(folder) == [run]
