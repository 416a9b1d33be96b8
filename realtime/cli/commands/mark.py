"""`liszten mark`: what of a score was played in a take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.cli.commands import options, scores
from realtime.cli.commands.options import Device
from realtime.cli.commands.report import require_page
from realtime.cli.commands.scores import HandsWanted
from realtime.cli.commands.takes import read_take
from realtime.words import Phrase

NEEDS_SCORE = Phrase(
    "mark.needs_score", "Name the score, too, to mark one hand or some bars of it, or by another --on-time."
)

if TYPE_CHECKING:
    from realtime.cli.console import Console
    from realtime.practice.score import Score
    from realtime.practice.session import Ledger
    from realtime.practice.takes.judging import Judged


def mark(
    context: typer.Context,
    take: options.TakeArgument,
    score: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCORE]",
            help="The piece, as practice takes it. Without it, what was told of a run while it was practised.",
        ),
    ] = None,
    hands: scores.HandsOption = HandsWanted.both,
    bars: scores.BarsOption = None,
    player: scores.PartOption = "",
    on_time: scores.OnTimeOption = 50.0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.html", help="Write one page with pictures and every bar, to print."),
    ] = None,
    language: Annotated[str, typer.Option("--language", metavar="en|de", help="Of the page.")] = "en",
    overwrite: options.OverwriteOption = False,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """Tell which notes of a piece a take has right, wrong, missed, extra, and early or late by its own tempo. The sound
    of the take is heard again by an ear that knows the piece; where there is none, its notes are compared."""
    from datetime import datetime

    from realtime.cli.practice_views import practice_view
    from realtime.errors import UsageError
    from realtime.practice.session import Ledger, Lesson
    from realtime.practice.takes.judging import as_told

    if report is not None:
        require_page(report, overwrite)
    if score is None:
        given = context.get_parameter_source("on_time")
        timed = given is not None and given.name != "DEFAULT"
        if hands != HandsWanted.both or bars is not None or player or timed:
            raise UsageError(NEEDS_SCORE())
        judged = as_told(take)
    else:
        part = scores.part_of(scores.read_piece(score, context.obj, player), hands, scores.parse_bars(bars))
        judged = _judged(take, part, on_time, model, device.value, context.obj)
    context.obj.say(str(judged.said))
    ledger = Ledger(Lesson(judged.part, judged.part, "follow", hands.value), datetime.now())
    view = practice_view(context.obj, json, judged.part.flats)
    try:
        view.judged(judged.by)
        for told in ledger.told(judged.verdicts):
            view.show(told)
        for doubt in ledger.ended():
            view.show(doubt)
        view.end(ledger.result)
    finally:
        view.close()
    if report is not None:
        _write_page(report, judged, ledger, language)
        context.obj.say(f"Wrote {report}.")


def _write_page(path: Path, judged: Judged, ledger: Ledger, language: str) -> None:
    """The report against the score."""
    from gui import translation
    from realtime.practice.page.marks_page import marks_page
    from realtime.practice.progress import suggestion
    from realtime.system.storage import replace_file

    used = translation.use(language)
    page = marks_page(judged, suggestion([ledger.run(0.0)]), translation.tr, used)
    replace_file(path, page.encode())


def _judged(take: Path, part: Score, on_time_ms: float, model: Path | None, device: str, console: Console) -> Judged:
    """The verdicts on a take by a score. model: one that was named must be usable."""
    from realtime.cli.commands.progress import share_bar
    from realtime.practice.takes.judging import judge
    from realtime.transcription.model import OnnxStep, shipped_model

    notes = read_take(take, console)
    named = None if model is None else OnnxStep(model, device)
    with share_bar(console, "Hearing") as share:
        return judge(
            take,
            notes,
            part,
            on_time_ms,
            lambda: OnnxStep(shipped_model(), device) if named is None else named,
            lambda said: console.warn(str(said)),
            lambda time_s: share(time_s / max(notes.duration_s, 1e-3)),
        )
