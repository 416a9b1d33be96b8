"""`liszten history`: what was practised, how sure it is, and what to practise next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.cli.commands import options

if TYPE_CHECKING:
    from realtime.practice.progress import Day, History, Today
    from realtime.practice.runs import Run

SHOWN_DAYS = 7


def history(
    context: typer.Context,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE.csv", help="Write all runs as a table, one a line.")
    ] = None,
    today: Annotated[bool, typer.Option("--today", help="Only what was practised today.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Tell what was practised: days and pieces, the bars that are not sure yet, and a loop worth practising."""
    from datetime import date

    from realtime.practice.progress import by_piece, days, of_day, table
    from realtime.practice.progress import history as history_of
    from realtime.practice.progress import today as practised_today
    from realtime.practice.runs import read_runs, runs_folder
    from realtime.system.storage import replace_file, require_free

    if csv is not None:
        require_free(csv, overwrite)
    runs = read_runs(runs_folder())
    if csv is not None:
        replace_file(csv, table(of_day(runs, date.today()) if today else runs).encode())
        context.obj.say(f"Wrote {csv}.")
    if today:
        _show_today(practised_today(runs, date.today()), json, csv is None)
        return
    pieces = [history_of(of_piece) for of_piece in by_piece(runs).values()]
    if json:
        _print_json(runs, pieces)
    elif csv is None:
        for line in _lines(days(runs), pieces):
            typer.echo(line)


def _show_today(found: Today, json: bool, in_words: bool) -> None:
    """As one JSON object, or in words where these are wanted."""
    from dataclasses import asdict

    from realtime.cli.console import print_json

    if json:
        print_json({**asdict(found), "day": found.day.isoformat()})
    elif in_words:
        for line in _lines_of_today(found):
            typer.echo(line)


def _lines_of_today(found: Today) -> list[str]:
    """For the terminal."""
    row = f" {found.streak} days in a row." if found.streak > 1 else ""
    if not found.pieces:
        return [f"Nothing has been practised today.{row}"]
    lines = [f"Today: {found.minutes:.0f} min.{row}"]
    for piece in found.pieces:
        parts = [_runs(piece.runs), f"{piece.minutes:.0f} min"]
        parts += [] if piece.share is None else [f"{piece.share:.0%} of the keys right"]
        parts += [f"without a wrong key at {piece.tempo:.0%}"] if piece.tempo else []
        lines.append(f"  {piece.title}: {', '.join(parts)}")
    return lines


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count} runs"


def _print_json(runs: list[Run], pieces: list[History]) -> None:
    from dataclasses import asdict

    from realtime.cli.console import print_json
    from realtime.practice.progress import days

    print_json(
        {
            "days": [{**asdict(day), "day": day.day.isoformat()} for day in days(runs)],
            "pieces": [
                {
                    **asdict(piece),
                    "last": piece.last.isoformat(),
                    "suggestion": piece.suggestion and {**asdict(piece.suggestion), "text": str(piece.suggestion.said)},
                }
                for piece in pieces
            ],
        }
    )


def _lines(practised: list[Day], pieces: list[History]) -> list[str]:
    """For the terminal."""
    from datetime import date

    from realtime.practice.progress import SURE, streak

    if not practised:
        return ["Nothing has been practised yet. Begin with: liszten practice SCORE"]
    row = streak((day.day for day in practised), date.today())
    lines = [f"{row} days in a row." if row > 1 else f"Last practised on {practised[-1].day}."]
    lines += [f"  {day.day}  {day.minutes:.0f} min  {', '.join(day.pieces)}" for day in practised[-SHOWN_DAYS:]]
    for piece in pieces:
        tempo = f", without a wrong key at {piece.tempo:.0%}" if piece.tempo else ""
        lines += ["", f"{piece.title}: {_runs(piece.runs)}, {piece.seconds / 60:.0f} min{tempo}"]
        unsure = [f"{bar.bar} ({bar.share:.0%})" for bar in piece.bars if bar.share < SURE]
        lines += [f"  Bars that are not sure yet: {', '.join(unsure)}"] if unsure else []
        lines += [f"  Next: {piece.suggestion.said}"] if piece.suggestion else []
    return lines
