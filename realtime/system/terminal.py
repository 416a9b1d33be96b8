"""Text for a terminal: names from outside must not give it commands."""

from __future__ import annotations

import re

# Control characters but for the ends of lines and tabs, and those that turn the direction of writing.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """`text` with a replacement character for each one that a terminal would obey and not show."""
    return UNSEEN.sub("\ufffd", text)
