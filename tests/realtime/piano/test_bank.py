"""The table of a sampled piano: what it holds, and tables that are refused."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.errors import FileError
from realtime.piano.bank import BankTable, Noise, Region, read_bank_table
from realtime.piano.samples import SampledPiano
from tests.any_data import any_json
from tests.training.tiny_bank import step, write_bank


def bank(folder: Path, **changes: object) -> Path:
    """A small bank whose table has other values."""
    if not folder.exists():
        write_bank(folder, step())
        (folder / "whole.json").write_bytes((folder / f"{folder.name}.json").read_bytes())
    table = json.loads((folder / "whole.json").read_text())
    table["regions"][0] |= changes.pop("region", {})
    (folder / f"{folder.name}.json").write_text(json.dumps(table | changes))
    return folder


def test_a_table_is_read_whole(tmp_path: Path) -> None:
    """Regions, noises, and the values that all of them share."""
    noise = {"kind": "release", "key": 60, "start": 100, "frames": 10, "gain": 0.5, "src": "rel60.ogg"}
    folder = bank(tmp_path / "steps", channels="LR", extras=[noise])
    region = Region(60, 21, 108, 1, 127, 0, len(step()), 1.0, -20.0, 0.0)
    expected = BankTable(16_000, "LR", 1.0, 1.5, 3, (region,), (Noise("release", 100, 10, 0.5, 60),))
    assert read_bank_table(folder) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"sample_rate": 44_100},
        {"channels": 5},
        {"stored_peak": 0.0},
        {"stored_peak": "1"},
        {"onset_ms": float("nan")},
        {"layers": 0},
        {"regions": {}},
        {"region": {"key": "C4"}},
        {"region": {"key": 128}},
        {"region": {"lovel": 0}},
        {"region": {"start": -1}},
        {"region": {"frames": 0}},
        {"region": {"gain": 10**400}},
        {"extras": [{"kind": "cough", "start": 0, "frames": 1, "gain": 1.0}]},
        {"extras": [{"kind": "release", "key": 20, "start": 0, "frames": 1, "gain": 1.0}]},
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    """In one sentence, whatever is wrong."""
    with pytest.raises(FileError, match=r"steps\.json is broken\. Copy or install it again\."):
        SampledPiano(bank(tmp_path / "steps", **changes))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["channels", "stored_peak", "onset_ms", "layers", "extras"]), any_json()),
    st.dictionaries(st.sampled_from(["key", "lokey", "hikey", "hivel", "start", "gain", "level_db"]), any_json()),
)
def test_any_table_is_a_piano_or_refused(tmp_path: Path, changes: dict[str, object], region: dict[str, object]) -> None:
    """A piano has a region for every key."""
    with contextlib.suppress(FileError, ValueError):  # keys without a sample
        piano = SampledPiano(bank(tmp_path / "steps", region=region, **changes))
        assert np.all(piano.region_of >= 0)
