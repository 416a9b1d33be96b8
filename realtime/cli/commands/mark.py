"""`liszten mark`: what of a score was played in a take."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from realtime.cli.commands import options, scores
from realtime.cli.commands.scores import HandsWanted
from realtime.cli.commands.takes import read_take


def mark(
    context: typer.Context,
    take: options.TakeArgument,
    score: scores.ScoreArgument,
    hands: scores.HandsOption = HandsWanted.both,
    bars: scores.BarsOption = None,
    on_time: scores.OnTimeOption = 50.0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Tell which notes of a piece a take has right, wrong, missed, extra, and early or late by its own tempo."""
    from datetime import datetime

    from realtime.cli.console import json_output
    from realtime.cli.practice_views import JsonPracticeView, PracticeView
    from realtime.practice.marking import mark as marked
    from realtime.practice.session import Ledger, Lesson

    piece = scores.read_piece(score, context.obj)
    part = scores.part_of(piece, hands, scores.parse_bars(bars))
    ledger = Ledger(Lesson(piece, part, "follow", hands.value), datetime.now())
    view = JsonPracticeView(context.obj, json_output()) if json else PracticeView(context.obj, sys.stdout)
    try:
        for told in ledger.told(marked(read_take(take, context.obj), part, on_time)):
            view.show(told)
        for doubt in ledger.ended():
            view.show(doubt)
        view.end(ledger.result)
    finally:
        view.close()
