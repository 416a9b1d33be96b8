"""Small inputs that went wrong once, beside the training data; its README says what each must give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CASES = Path(os.environ["LISZTEN_DATA"]).parent / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"needs {CASES}")
