"""The starter corpus that comes with Liszten: thinned pianos, short performances, and the run that learns from them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from training.data.segments.segments import Mixture, SourceConfig
from training.data.segments.source_config import Split
from training.fit.config import FitSettings, RunConfig

STARTER_PIANOS = ("salamander_thin", "headroom_close_thin", "kawai_upright_thin")


def starter_folder() -> Path:
    """assets/starter, in a checkout and in an installed wheel alike (wheels are unpacked on disk)."""
    return Path(str(files("assets"))) / "starter"


def starter_corpus(split: Split = "train") -> SourceConfig:
    """Segments from the starter corpus: no recordings, rooms or noise clips; hiss stands for silence.

    Three pianos are too few to keep one from training: validation has other pieces on the same ones.
    """
    folder = starter_folder()
    return SourceConfig(
        maestro=str(folder / "performances"),
        pianos_folder=str(folder / "pianos"),
        pianos=STARTER_PIANOS,
        validation_pianos=STARTER_PIANOS,
        rooms="none",
        noise="none",
        recordings="none",
        split=split,
        mixture=Mixture(rendered=0.55, recording=0.0, generated=0.42, noise=0.03),
    )


def starter_config() -> RunConfig:
    """The run of `liszten-train fit` without a configuration: quick to learn, not a model to ship."""
    return RunConfig(
        name="starter",
        corpus_name="Liszten starter corpus: three thinned pianos, public-domain and generated pieces",
        licence="CC-BY-3.0, CC-BY-4.0, CC0-1.0",
        corpus=starter_corpus(),
        fit=FitSettings(steps=100_000, minutes=10.0, checkpoint_minutes=2.0),
    )
