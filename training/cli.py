"""`liszten-train` and its commands. Heavy modules are imported by the command that needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training import entry

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Train, score and tune Liszten's ear."""


@app.command()
def fit(
    config: Annotated[
        Path | None, typer.Argument(help="TOML file of the run; without one: the starter corpus.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="Stop after so many minutes of training.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in the run's folder.")] = False,
    init: Annotated[Path | None, typer.Option(help="Start from the weights of a checkpoint or ONNX file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; default: runs/NAME.")] = None,
) -> None:
    """Train the ear and print the path of its checkpoint."""
    from training.fit.fit import fit_command

    typer.echo(fit_command(config, minutes, resume, init, out))


@app.command()
def evaluate(
    model: Annotated[Path | None, typer.Option(help="ONNX file; default: the shipped model.")] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="maps-dev, maps-synth, noise-dev, rendered, or a folder of audio and MIDI; may be repeated."
        ),
    ] = None,
    delays: Annotated[
        list[str] | None,
        typer.Option("--delay", help="fast, balanced, accurate, studio; default: all. May be repeated."),
    ] = None,
    peers: Annotated[
        bool, typer.Option("--peers", help="Score other installed transcribers on the same files.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and no tables.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", help="Folder for CSV, JSON and a piano-roll picture per file.")
    ] = None,
) -> None:
    """Score the shipped model and decoder on recordings whose notes are known."""
    from training.commands.evaluate import evaluate_command

    raise typer.Exit(evaluate_command(model, sets or [], delays or [], peers, as_json, output))


@app.command()
def render(
    config: Annotated[Path | None, typer.Argument(help="TOML file of a run; without one: the starter corpus.")] = None,
    output: Annotated[Path, typer.Option("-o", help="Folder to write to.")] = Path("rendered"),
    seed: Annotated[int, typer.Option(min=0, help="Number of the first segment.")] = 0,
    count: Annotated[int, typer.Option(min=1, help="How many segments.")] = 8,
) -> None:
    """Write training segments to listen to, each with a picture of its sound under its labels."""
    from training.commands.render import render_command

    for path in render_command(config, output, seed, count):
        typer.echo(path)


@app.command()
def calibrate(
    model: Annotated[Path, typer.Argument(help="Exported ONNX file; its calibration is replaced.")],
    config: Annotated[
        Path | None, typer.Argument(help="TOML file of the run whose corpus to tune on; without one: the full corpus.")
    ] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Tune on the starter corpus that comes along.")] = False,
    segments: Annotated[int, typer.Option(min=1, help="Validation segments to tune on.")] = 128,
    seconds: Annotated[float, typer.Option(min=2.0, help="Length of each segment.")] = 10.0,
) -> None:
    """Tune the decoder's thresholds on rendered validation audio and write them into the model."""
    from training.commands.calibrate import calibrate_command

    calibrate_command(model, config, starter, segments, seconds)


@app.command()
def average(
    checkpoints: Annotated[list[Path], typer.Argument(help="Checkpoints of runs that went on from one another.")],
    weights: Annotated[str, typer.Option(help="One number for each, as 1,1,2; default: all alike.")] = "",
    output: Annotated[Path, typer.Option("-o", help="The checkpoint to write.")] = Path("average.ckpt"),
) -> None:
    """Write the mean of several checkpoints' weights as a checkpoint: to export, or to go on from with --init."""
    from training.commands.average import average_command

    typer.echo(average_command(checkpoints, weights, output))


@app.command()
def tune(
    takes: Annotated[list[Path], typer.Argument(help="Folders of takes whose notes.mid you have corrected.")],
    model: Annotated[Path | None, typer.Option(help="ONNX file to tune; default: the shipped model.")] = None,
    output: Annotated[Path, typer.Option("-o", help="The tuned copy.")] = Path("tuned.onnx"),
) -> None:
    """Tune the decoder to your piano and room, and write a copy of the model for --model."""
    from training.commands.tune import tune_command

    typer.echo(tune_command(takes, model, output))


@app.command()
def pack(
    output: Annotated[Path, typer.Option("-o", help="Folder to write the bundle to.")],
    max_mb: Annotated[float, typer.Option("--max-mb", help="Largest size, in millions of bytes.")] = 60.0,
) -> None:
    """Bundle code and corpus in one small file, for training on another machine, and print its path."""
    from training.commands.pack import pack_command

    typer.echo(pack_command(output, max_mb))


percepiano = typer.Typer(no_args_is_help=True, help="The impressions of the report, learned from PercePiano.")
app.add_typer(percepiano, name="percepiano")
_CACHE = typer.Option(help="Folder for what was heard; default: the user's cache folder.")


@percepiano.command("fit")
def percepiano_fit(
    output: Annotated[Path, typer.Option("-o", help="Folder for the model and its card.")] = Path("impressions"),
    cache: Annotated[Path | None, _CACHE] = None,
    minutes: Annotated[
        float | None, typer.Option(help="Hear for so many minutes at most and fit on what was heard; default: all.")
    ] = None,
) -> None:
    """Hear the rated excerpts through the shipped ear, fit the impressions model and print its path."""
    from training.commands.percepiano import fit_command

    typer.echo(fit_command(output, cache, minutes))


@percepiano.command("evaluate")
def percepiano_evaluate(cache: Annotated[Path | None, _CACHE] = None) -> None:
    """Print every figure of the model card: four splits, as played and as heard, beside the listeners' agreement."""
    from training.commands.percepiano import evaluate_command

    evaluate_command(cache)


def main() -> None:
    entry.run(app, "liszten-train")


if __name__ == "__main__":
    main()
