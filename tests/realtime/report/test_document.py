"""The document of a report, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realtime.report.document import document
from tests.realtime.report.example import compared


def test_a_document_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key and every number in their order, beside an earlier take."""
    expected = (Path(__file__).parent / "compared.json").read_text(encoding="utf-8")
    assert json.dumps(document(compared(monkeypatch)), ensure_ascii=False, indent=1) + "\n" == expected
