"""`liszten practice`: a piece on the acoustic piano, which controls its own lesson."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.cli.commands import options, scores
from realtime.cli.commands.options import Device
from realtime.cli.commands.scores import HandsWanted
from realtime.words import Phrase

if TYPE_CHECKING:
    from realtime.cli.console import Console
    from realtime.cli.practice_views import PracticeView
    from realtime.cli.practising import Ear
    from realtime.practice.play import Rounds
    from realtime.practice.score import Score
    from realtime.practice.session import Exercise, Session
    from realtime.practice.sound.accompaniment import Accompanist

NO_CLOCK = Phrase(
    "practice.no_clock", "Only a piece that runs by a clock sounds in headphones: give --mode play, and no --recording."
)


class PracticeMode(StrEnum):
    """Who leads: the player step by step, the clock, or the player freely."""

    wait = "wait"
    play = "play"
    follow = "follow"


def practice(
    context: typer.Context,
    score: scores.ScoreArgument,
    input: Annotated[
        str | None, typer.Option("--input", metavar="NAME|N", help="Microphone by name or number. [default: system's]")
    ] = None,
    recording: Annotated[
        Path | None, typer.Option("--recording", metavar="AUDIO", help="Hear this recording, as fast as it goes.")
    ] = None,
    mode: Annotated[
        PracticeMode,
        typer.Option(
            "--mode",
            help="wait: the piece waits for the right keys; play: it runs at its tempo; follow: it follows you.",
        ),
    ] = PracticeMode.wait,
    hands: scores.HandsOption = HandsWanted.both,
    bars: scores.BarsOption = None,
    player: scores.PartOption = "",
    tempo: Annotated[
        str, typer.Option("--tempo", metavar="PERCENT", help="Share of the written tempo in play mode, 25% to 125%.")
    ] = "100%",
    loop: Annotated[bool, typer.Option("--loop", help="Begin again at the end, until Ctrl-C.")] = False,
    ramp: Annotated[
        int | None,
        typer.Option("--ramp", min=1, metavar="N", help="With --loop: 5 % faster after N rounds of right keys."),
    ] = None,
    headphones: Annotated[
        str | None,
        typer.Option(
            "--headphones",
            metavar="NAME",
            help="The output that is heard in headphones: metronome and other hand sound there in play mode. "
            "Without it nothing sounds, as the microphone would hear it.",
        ),
    ] = None,
    on_time: scores.OnTimeOption = 50.0,
    json: Annotated[bool, typer.Option("--json", help="Print events as JSON lines.")] = False,
    channel: options.ChannelOption = "auto",
    tuning: options.TuningOption = "auto",
    seconds: options.SecondsOption = None,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """Practise a piece: Liszten hears your piano and waits, plays or follows. Every run is kept (liszten history)."""
    from datetime import datetime

    from realtime.audio.mono import parse_channel
    from realtime.cli.practice_views import practice_view
    from realtime.cli.practising import Ear
    from realtime.errors import UsageError
    from realtime.practice.play import TEMPO, Rounds
    from realtime.practice.session import Ledger, Lesson, Session
    from realtime.practice.sound.accompaniment import LEAD_S, Accompanist

    sounds = headphones is not None and mode == PracticeMode.play and recording is None
    if headphones is not None and not sounds:
        raise UsageError(NO_CLOCK())
    rounds = Rounds(scores.parse_tempo(tempo, TEMPO), loop, ramp, LEAD_S if sounds else 0.0)
    ear = Ear(input, recording, parse_channel(channel), options.parse_tuning(tuning), seconds, model, device.value)
    wanted = scores.parse_bars(bars)
    piece = scores.read_piece(score, context.obj, player)
    part = scores.part_of(piece, hands, wanted)
    beside = (piece if wanted is None else piece.between(*wanted)).beside(hands.value)
    exercise = _exercise(mode, part, beside, rounds, on_time, recording is not None)
    begins_at = rounds.tempo if mode == PracticeMode.play else 0.0
    lesson = Lesson(piece, part, mode.value, hands.value, begins_at, on_time)
    session = Session(exercise, Ledger(lesson, datetime.now()))
    view = practice_view(context.obj, json, piece.flats)
    accompanist = Accompanist(headphones, beside) if headphones is not None else None
    try:
        status = _practised(session, ear, scores.piece_path(score), context.obj, view, accompanist)
    finally:
        if accompanist is not None:
            accompanist.close()
    raise typer.Exit(status)


def _practised(
    session: Session, ear: Ear, piece: Path, console: Console, view: PracticeView, accompanist: Accompanist | None
) -> int:
    """Run it, show it and keep it, also where it broke off; the exit status. Raises LisztenError."""
    from realtime.practice.runs import runs_folder
    from realtime.practice.takes.practised import keep_run
    from realtime.practice.takes.recorder import RunRecorder
    from realtime.system.interrupts import StopRequest

    recorder = RunRecorder(runs_folder())
    with StopRequest() as stop:
        try:
            status = ear.hear(session, view, stop, recorder, accompanist)
        finally:
            view.close(lambda: stop.signal is not None)
            if not session.ledger.empty:
                path, run = keep_run(session.run(), runs_folder(), recorder.kept, piece, session.ledger.verdicts)
                console.say(f"Kept in {path.parent / run.take if run.take else path}.")
    return status or stop.exit_code


def _exercise(
    mode: PracticeMode, part: Score, beside: Score | None, rounds: Rounds, on_time: float, recorded: bool
) -> Exercise:
    from realtime.practice.follow_mode import FollowMode
    from realtime.practice.play_mode import PlayMode
    from realtime.practice.wait_exercise import WaitExercise

    if mode == PracticeMode.wait:
        return WaitExercise(part, rounds.loop, recorded)
    if mode == PracticeMode.play:
        return PlayMode(part, rounds, on_time, beside, with_first_note=recorded)
    return FollowMode(part)
