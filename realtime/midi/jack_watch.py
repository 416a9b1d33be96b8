"""Whether the JACK server lives: a second client, which JACK notifies when the server shuts down.

RtMidi does not register for that, and the list of ports, which lies in shared memory, survives a server that was
killed; a message sent after that may never return.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

SYSTEM_LIBRARY = "libjack.so.0"
NO_START_SERVER = 0x01
SHUTDOWN = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class JackWatch:
    """A client without ports. alive: True until the server has shut down."""

    def __init__(self, name: str) -> None:
        """Raises OSError when there is no JACK library or no server."""
        self._jack: Any = ctypes.CDLL(_library())
        self._jack.jack_client_open.restype = ctypes.c_void_p
        self._jack.jack_client_open.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
        self._jack.jack_on_shutdown.argtypes = (ctypes.c_void_p, SHUTDOWN, ctypes.c_void_p)
        self._jack.jack_activate.argtypes = self._jack.jack_client_close.argtypes = (ctypes.c_void_p,)
        self._client = self._jack.jack_client_open(name.encode(), NO_START_SERVER, ctypes.byref(ctypes.c_int()))
        if not self._client:
            raise OSError("no JACK server")
        self.alive = True
        self._callback = SHUTDOWN(self._gone)  # JACK keeps only its address
        self._jack.jack_on_shutdown(self._client, self._callback, None)
        self._jack.jack_activate(self._client)

    def close(self) -> None:
        """Leave the server."""
        self._jack.jack_client_close(self._client)

    def _gone(self, _argument: int | None) -> None:
        self.alive = False


def _library() -> str:
    """The JACK library that RtMidi has loaded, as a second copy would map the server's 100 MB once more."""
    try:
        maps = Path("/proc/self/maps").read_text()
    except OSError:
        return SYSTEM_LIBRARY
    return next((line.split(maxsplit=5)[-1] for line in maps.splitlines() if "/libjack" in line), SYSTEM_LIBRARY)
