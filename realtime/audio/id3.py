"""ID3v2 tags: title and pictures in front of the sound, or in the middle where files were joined."""

from __future__ import annotations

HEAD = 10  # bytes


def tag_length(head: bytes) -> int:
    """Bytes of the tag that begins with `head`, 0 where none does (id3.org, ID3v2.4, section 3.1)."""
    if len(head) < HEAD or head[:3] != b"ID3":
        return 0
    return HEAD + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:HEAD], (21, 14, 7, 0), strict=True))
