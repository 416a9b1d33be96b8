"""`liszten doctor`: what works here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.commands.options import Device
from realtime.cli.console import print_json
from realtime.system.terminal import visible

if TYPE_CHECKING:
    from realtime.cli.bench import Bench
    from realtime.cli.doctor import Check

FAULT = 8


def doctor(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    bench: Annotated[bool, typer.Option("--bench", help="Measure speed, memory and start-up instead.")] = False,
    echo: Annotated[bool, typer.Option("--echo", help="Send notes and listen whether they come back.")] = False,
    midi_out: options.MidiOutOption = None,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """See what works on this computer, what is missing and the command that mends it."""
    if bench:
        _bench(json, model, device.value)
    elif echo:
        _report([_echo(midi_out, model, device.value)], json)
    else:
        from realtime.cli.doctor import checks

        _report(list(checks(model)), json)


def _report(checks: list[Check], json: bool) -> None:
    """Print the findings, and end with status 8 when one is a fault."""
    if json:
        from dataclasses import asdict

        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            typer.echo(visible(f"{'ok   ' if check.ok else 'FAULT'}  {check.name:<12} {check.text}"))
            if check.remedy:
                typer.echo(visible(f"{'':<20}To mend it: {check.remedy}"))
    if not all(check.ok for check in checks):
        raise typer.Exit(FAULT)


def _bench(json: bool, model: Path | None, device: str) -> None:
    from dataclasses import asdict

    from realtime.cli.bench import bench

    figures = bench(model, device)
    if json:
        print_json(asdict(figures))
    else:
        typer.echo("\n".join(_bench_lines(figures)))


def _bench_lines(figures: Bench) -> list[str]:
    memory = "not measurable here" if figures.rss_mb is None else f"{figures.rss_mb:.0f} MB in all its processes"
    first = "not measurable here" if figures.first_event_s is None else f"{figures.first_event_s:.2f} s"
    p50_s, p95_s = figures.lateness_p50_s, figures.lateness_p95_s
    late = "not measurable here" if p50_s is None or p95_s is None else _lateness(p50_s, p95_s)
    lines = [
        f"model              {figures.model} on {figures.provider}",
        f"real-time factor   {figures.real_time_factor:.3f} of one core",
        f"step, live         {1e3 * figures.step_p50_s:.2f} ms median, {1e3 * figures.step_p99_s:.2f} ms p99",
        f"memory, live       {memory}",
        f"first event        {first} after the command",
        f"lateness, live     {late}",
    ]
    for name, peer in figures.peers.items():
        wait = f"needs {peer['window_s']:.1f} s of sound first"
        lines.append(f"peer {name:<14}{peer['real_time_factor']:.3f} of real time for its network alone; {wait}")
    return lines


def _lateness(p50_s: float, p95_s: float) -> str:
    return f"{1e3 * p50_s:.0f} ms median, {1e3 * p95_s:.0f} ms p95, from a note's sound until its MIDI message has left"


def _echo(midi_out: str | None, model: Path | None, device: str) -> Check:
    from realtime.cli.doctor import Check
    from realtime.engine.echo_test import echo_test
    from realtime.engine.messages import MicrophoneSource, Start
    from realtime.midi.port_server import PortSettings
    from realtime.midi.system import VIRTUAL

    start = Start(MicrophoneSource(), model=model, device=device)
    loop_s = echo_test(start, PortSettings(midi_out or VIRTUAL))
    if loop_s is None:
        return Check("echo", True, "The microphone does not hear what is sent to the MIDI port.")
    text = f"The microphone hears the notes that Liszten sends, {1000 * loop_s:.0f} ms later."
    return Check("echo", False, text, "use headphones, or turn the speakers down while listening")
