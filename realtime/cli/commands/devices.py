"""`liszten devices`: inputs and MIDI ports."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from realtime.cli.console import print_json
from realtime.system.terminal import visible


def devices(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the inputs with their channels and rates, and the MIDI ports."""
    from realtime.errors import AudioDeviceError
    from realtime.midi.system import midi_systems, missing_library
    from realtime.system.log import library_noise

    problem: AudioDeviceError | None = None
    with library_noise():
        systems, missing = midi_systems(), missing_library()
        try:
            found = _inputs()
        except AudioDeviceError as error:
            found, problem = [], error
    midi = [
        {"system": system.name, "virtual_port": system.virtual_ports, "outputs": list(system.outputs)}
        for system in systems
    ]
    if json:
        print_json({"inputs": found, "midi": midi})
    else:
        _print(found, midi, "no MIDI system answers here" if missing is None else str(missing.said))
    if problem is not None:
        raise problem


def _inputs() -> list[dict[str, Any]]:
    """Raises AudioDeviceError when there is none."""
    from realtime.audio.devices import find_input, inputs, restart_portaudio

    chosen = find_input(None)
    restart_portaudio(jack=True)
    found = inputs()
    return [
        {
            "index": device.index,
            "name": device.name,
            "host_api": device.host_api,
            "channels": device.channels,
            "sample_rate": device.sample_rate,
            "default": device == chosen,
            "bluetooth": device.bluetooth,
        }
        for device in found
    ]


def _print(found: list[dict[str, Any]], midi: list[dict[str, Any]], no_midi: str) -> None:
    typer.echo("Inputs (* is taken unless --input names another):")
    for entry in found:
        mark = "*" if entry["default"] else " "
        note = " (Bluetooth, not advised)" if entry["bluetooth"] else ""
        numbers = f"{entry['channels']} channels, {entry['sample_rate']} Hz, {entry['host_api']}"
        typer.echo(visible(f"{mark} {entry['index']:3}  {entry['name']}{note}  ({numbers})"))
    typer.echo("MIDI ports for --midi-out:")
    for system in midi:
        if system["virtual_port"]:
            typer.echo(f'  virtual  our own port "Liszten Out" ({system["system"]})')
        for name in system["outputs"]:
            typer.echo(visible(f"  {name}  ({system['system']})"))
    if not midi:
        typer.echo(f"  none: {no_midi}")
