"""`liszten-train pack`: corpus and code in one file, small enough to send to a machine that trains faster.

Performances come first, since nothing else replaces variety of playing; then the pianos, with one microphone each at a
low bit-rate; recordings fill what is left. The test split is not packed.
"""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from realtime.errors import FileError, UsageError
from realtime.piano.bank import read_bank_table
from realtime.system.storage import make_folder, replacing
from realtime.transcription.model import shipped_model
from training.data.corpus.bank_thinning import thin_bank
from training.data.corpus.lean import write_lean
from training.data.corpus.maestro import Performances, open_performances
from training.data.corpus.recordings import pairs
from training.data.segments.source_config import SourceConfig
from training.packing.pack_readme import readme

BUNDLE = "liszten-bundle.tar"
INSIDE = "liszten"
PACKAGES = ("realtime", "training", "export")
TEXTS = (".py", ".toml", ".json", ".md")
MEGABYTE = 1_000_000
PERFORMANCES_SHARE, PIANOS_SHARE = 0.6, 0.8  # of the bytes that the parts before leave
BYTES_PER_SECOND = 45  # of a performance, packed; measured on MAESTRO
TAR_BLOCK, TAR_END = 512, 10_240

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """How pianos are made smaller. size: expected, as a share of the original."""

    quality: float
    longest_s: float
    size: float


RECIPES = (
    Recipe(0.4, 12.0, 0.36),
    Recipe(0.4, 6.0, 0.24),
    Recipe(0.2, 6.0, 0.20),
    Recipe(0.0, 6.0, 0.18),
    Recipe(0.0, 4.0, 0.15),
    Recipe(0.0, 2.5, 0.10),
)


def pack(folder: Path, max_mb: float, corpus: SourceConfig, progress: Progress = lambda _: None) -> Path:
    """Write the bundle into `folder`, at most `max_mb` million bytes, and return its path.

    Raises MissingCorpusError when a part of the corpus is not here, UsageError when it cannot be made so small,
    FileError.
    """
    make_folder(folder)
    with TemporaryDirectory(prefix="liszten-pack-") as scratch:
        root = Path(scratch) / INSIDE
        try:
            fill(root, round(max_mb * MEGABYTE), corpus, progress)
            # Plain headers: the default ones have times in nanoseconds, in two more blocks a file.
            with (
                replacing(folder / BUNDLE) as file,
                tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar,
            ):
                tar.add(root, INSIDE)
        except OSError as error:
            raise FileError(f"The bundle cannot be written: {error}.") from error
    return folder / BUNDLE


def fill(root: Path, limit: int, corpus: SourceConfig, progress: Progress) -> None:
    """Everything that goes into the bundle. Raises MissingCorpusError, UsageError, OSError."""
    data = root / "data"
    progress("code, rooms and noise")
    write_code(root / "code")
    for part in ("rooms", "noise"):
        source = corpus.folder(part)
        if source is not None:
            shutil.copytree(source, data / part)
    (root / "README.md").write_text(readme(), encoding="utf-8")
    performances = corpus.folder("maestro")
    pianos = corpus.folder("pianos_folder")
    if performances is None or pianos is None:
        raise UsageError("There is nothing to pack without performances and pianos.")
    progress("performances")
    write_performances(open_performances(performances), data / "maestro", PERFORMANCES_SHARE * (limit - size(root)))
    copy_licences(performances, data / "maestro")
    write_pianos(pianos, data / "pianos", PIANOS_SHARE * (limit - size(root)), progress)
    recordings = corpus.folder("recordings")
    if recordings is not None:
        progress("recordings")
        copy_recordings(recordings, data / "maps-train", limit - size(root))


def write_code(target: Path) -> None:
    """Our packages without the window, the shipped model to start from, and the project's own texts."""
    source = Path(__file__).resolve().parents[2]
    paths = [path for package in PACKAGES for path in (source / package).rglob("*") if path.suffix in TEXTS]
    paths += [source / name for name in ("LICENSE", "assets/__init__.py")]
    paths += [shipped_model(), shipped_model().with_suffix(".md")]
    for path in paths:
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def write_performances(performances: Performances, target: Path, budget: float) -> None:
    """Those of training and validation; evenly drawn from both where there is no room for all."""
    both = [performances.indices(split) for split in ("train", "validation")]
    seconds = sum(performances.rows[i].duration for indices in both for i in indices)
    share = min(1.0, budget / max(1.0, seconds * BYTES_PER_SECOND))
    write_lean(performances, [i for indices in both for i in evenly(indices, share)], target)


def evenly(indices: list[int], share: float) -> Iterator[int]:
    """About `share` of them, from all over the list, at least one."""
    for place, index in enumerate(indices):
        if place == 0 or int((place + 1) * share) > int(place * share):
            yield index


def write_pianos(source: Path, target: Path, budget: float, progress: Progress) -> None:
    """Every bank, by the best of `RECIPES` that fits. Raises UsageError when none does."""
    banks = sorted(path for path in source.iterdir() if (path / f"{path.name}.json").exists())
    whole = sum(size(bank) for bank in banks)
    for recipe in RECIPES:
        if recipe.size * whole > budget:
            continue
        for bank in banks:
            progress(f"{bank.name}, quality {recipe.quality:g}")
            microphone = read_bank_table(bank).channels[0]
            thin_bank(bank, target / bank.name, None, microphone, recipe.longest_s, recipe.quality)
            copy_licences(bank, target / bank.name)
        if size(target) <= budget:
            return
        shutil.rmtree(target)
    raise UsageError(f"The pianos do not fit into {budget / MEGABYTE:.0f} MB. Give a larger --max-mb.")


def copy_recordings(source: Path, target: Path, budget: float) -> None:
    """As many recordings as there is room for, from all over the folder."""
    found = pairs(source)
    whole = sum(packed_size(path) for pair in found for path in pair)
    target.mkdir(parents=True)
    for i in evenly(list(range(len(found))), min(1.0, budget / whole)):
        needed = sum(map(packed_size, found[i]))
        if needed <= budget:
            budget -= needed
            for path in found[i]:
                shutil.copyfile(path, target / path.name)


def copy_licences(source: Path, target: Path) -> None:
    for path in source.glob("LICENSE*") if source.is_dir() else ():
        shutil.copyfile(path, target / path.name)


def size(folder: Path) -> int:
    """Bytes of everything in a folder once it is in a tar file."""
    return TAR_END + sum(map(packed_size, folder.rglob("*")))


def packed_size(path: Path) -> int:
    """Bytes of a file or folder in a tar file: a header, and the content in whole blocks."""
    content = path.stat().st_size if path.is_file() else 0
    return TAR_BLOCK + -(-content // TAR_BLOCK) * TAR_BLOCK
