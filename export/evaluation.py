"""The scores that `liszten-train evaluate` wrote, read back and checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from realtime.errors import FileError


def read_scores(path: Path | None) -> dict[str, Any] | None:
    """The object in scores.json; None without a path. Raises FileError for a file that holds anything else."""
    if path is None:
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be read as scores: {error}.") from error
    if not is_evaluation(found):
        raise FileError(f"{path} does not hold scores. Give the scores.json that `liszten-train evaluate -o` wrote.")
    evaluation: dict[str, Any] = found
    return evaluation


def is_evaluation(found: Any) -> bool:
    """Whether it is the first set's object, with others under `more_sets`."""
    if not isinstance(found, dict):
        return False
    more = found.get("more_sets", [])
    return isinstance(more, list) and all(map(is_set, [found, *more]))


def is_set(found: Any) -> bool:
    """Whether one set's object has the parts that a card is made of, each of its kind."""
    if not (isinstance(found, dict) and isinstance(found.get("set"), str) and isinstance(found.get("files"), list)):
        return False
    groups, peers, failed = found.get("groups", {}), found.get("peers", {"mean": {}}), found.get("failed", [])
    return (
        are_means(found.get("mean"))
        and bool(found["mean"] or not found["files"])
        and all(map(is_row, found["files"]))
        and isinstance(groups, dict)
        and all(map(are_means, groups.values()))
        and isinstance(peers, dict)
        and are_means(peers.get("mean"))
        and isinstance(failed, list)
        and all(isinstance(sentence, str) for sentence in failed)
    )


def are_means(found: Any) -> bool:
    """Delay -> score -> number or None."""
    return isinstance(found, dict) and all(
        isinstance(scores, dict) and all(v is None or isinstance(v, int | float) for v in scores.values())
        for scores in found.values()
    )


def is_row(found: Any) -> bool:
    """A file's scores at one delay."""
    return (
        isinstance(found, dict)
        and isinstance(found.get("file"), str)
        and isinstance(found.get("delay"), str)
        and isinstance(found.get("onset_f1_50"), int | float)
    )
