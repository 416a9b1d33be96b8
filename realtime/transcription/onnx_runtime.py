"""onnxruntime with its telemetry off: `from realtime.transcription.onnx_runtime import onnxruntime`, nowhere else.

From 1.29 on its official builds send usage data to their maker, and leave a device number in the user's home, unless
the environment says otherwise when the library is loaded. Liszten sends nothing to anyone.

What the sessions of this process allocate is limited, since a small file can ask for any amount.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

onnxruntime.disable_telemetry_events()

MOST_MEMORY = 512 << 20  # bytes; the shipped model takes less than 30 MiB
DEFAULT = -1  # of onnxruntime
onnxruntime.create_and_register_allocator(
    onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    ),
    onnxruntime.OrtArenaCfg(MOST_MEMORY, DEFAULT, DEFAULT, DEFAULT),
)

__all__ = ["onnxruntime"]
