"""`liszten history`: what was practised, how sure it is, and what to practise next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.cli.commands import options

if TYPE_CHECKING:
    from realtime.practice.progress import Day, History
    from realtime.practice.runs import Run

SHOWN_DAYS = 7


def history(
    context: typer.Context,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE.csv", help="Write all runs as a table, one a line.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Tell what was practised: days and pieces, the bars that are not sure yet, and a loop worth practising."""
    from realtime.practice.progress import by_piece, days, table
    from realtime.practice.progress import history as history_of
    from realtime.practice.runs import read_runs, runs_folder
    from realtime.system.storage import replace_file, require_free

    if csv is not None:
        require_free(csv, overwrite)
    runs = read_runs(runs_folder())
    pieces = [history_of(of_piece) for of_piece in by_piece(runs).values()]
    if csv is not None:
        replace_file(csv, table(runs).encode())
        context.obj.say(f"Wrote {csv}.")
    if json:
        _print_json(runs, pieces)
    elif csv is None:
        for line in _lines(days(runs), pieces):
            typer.echo(line)


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
        runs = "1 run" if piece.runs == 1 else f"{piece.runs} runs"
        tempo = f", without a wrong key at {piece.tempo:.0%}" if piece.tempo else ""
        lines += ["", f"{piece.title}: {runs}, {piece.seconds / 60:.0f} min{tempo}"]
        unsure = [f"{bar.bar} ({bar.share:.0%})" for bar in piece.bars if bar.share < SURE]
        lines += [f"  Bars that are not sure yet: {', '.join(unsure)}"] if unsure else []
        lines += [f"  Next: {piece.suggestion.said}"] if piece.suggestion else []
    return lines
