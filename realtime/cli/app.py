"""`liszten`: its commands and the options before them; without a command it opens the window."""

from __future__ import annotations

from typing import Annotated

import typer

from realtime.cli.commands import (
    demo,
    devices,
    doctor,
    history,
    listen,
    mark,
    practice,
    render,
    report,
    score,
    transcribe,
    video,
)
from realtime.cli.console import Console, LogLevel

app = typer.Typer(
    name="liszten",
    help="Hears an acoustic piano and tells every other program, live, what was played. "
    "Without a command it opens the window.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("listen")(listen.listen)
app.command("transcribe")(transcribe.transcribe)
app.command("demo")(demo.demo)
app.command("practice")(practice.practice)
app.command("mark")(mark.mark)
app.command("history")(history.history)
app.command("report")(report.report)
app.command("render")(render.render)
app.command("score")(score.score)
app.command("video")(video.video)
app.command("devices")(devices.devices)
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from realtime.version import program_version

        typer.echo(f"liszten {program_version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def liszten(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    log_level: Annotated[LogLevel, typer.Option(help="What of the log is shown on the terminal.")] = LogLevel.error,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what went wrong.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
) -> None:
    context.obj = Console(quiet)
    from realtime.system import log

    log.set_up(log_level.value)
    if context.invoked_subcommand is None:
        from gui.app import main as open_window

        raise typer.Exit(open_window())
