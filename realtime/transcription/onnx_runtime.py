"""onnxruntime with its telemetry off: `from realtime.transcription.onnx_runtime import onnxruntime`, nowhere else.

From 1.29 on its official builds send usage data to their maker, and leave a device number in the user's home, unless
the environment says otherwise when the library is loaded. Liszten sends nothing to anyone.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

onnxruntime.disable_telemetry_events()

__all__ = ["onnxruntime"]
