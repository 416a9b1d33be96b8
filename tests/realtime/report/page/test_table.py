"""The table of a report, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.report.page.table import table
from tests.realtime.report.example import compared


def test_a_table_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line and every column, beside an earlier take."""
    expected = (Path(__file__).parent / "compared.txt").read_text(encoding="utf-8")
    assert table(compared(monkeypatch)) == expected
