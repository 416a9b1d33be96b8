"""Sentences about failures."""

from __future__ import annotations

import logging

from realtime.errors import LisztenError, said
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)
UNEXPECTED = Phrase("unexpected", "It failed inside Liszten; the log tells more.")


def explain(error: Exception) -> Said:
    """One sentence about a failure. One that nobody foresaw goes to the log: call it where the failure is handled."""
    if not isinstance(error, LisztenError):
        logger.error("not foreseen", exc_info=error)
    return said(error, UNEXPECTED())
