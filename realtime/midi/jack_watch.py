"""What RtMidi does not tell of a JACK server: whether it lives, and to what our port is connected.

A second client asks. The server notifies it when it shuts down: the list of ports, which lies in shared memory,
survives a server that was killed, and a message sent after that may never return.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SYSTEM_LIBRARY = "libjack.so.0"
NO_START_SERVER = 0x01
IS_OUTPUT = 0x2
SHUTDOWN = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class JackWatch:
    """A client without ports. alive: True until the server has shut down."""

    def __init__(self, name: str) -> None:
        """Raises OSError when there is no JACK library or no server."""
        self._jack = _declared(ctypes.CDLL(_library()))
        self._client = self._jack.jack_client_open(name.encode(), NO_START_SERVER, ctypes.byref(ctypes.c_int()))
        if not self._client:
            raise OSError("no JACK server")
        self.alive = True
        self._callback = SHUTDOWN(self._gone)  # JACK keeps only its address
        self._jack.jack_on_shutdown(self._client, self._callback, None)
        self._jack.jack_activate(self._client)

    def receivers(self, port: str) -> tuple[str, ...]:
        """The full names of the ports to which an output port is connected. port: its name without its client's."""
        if not self.alive or (full := self._full_name(port)) is None:
            return ()
        handle = self._jack.jack_port_by_name(self._client, full)
        connected = self._names(self._jack.jack_port_get_all_connections(self._client, handle))
        return tuple(name.decode() for name in connected)

    def connect(self, port: str, receivers: Iterable[str]) -> bool:
        """Connect an output port to those that are there; False when it is not known which port is ours."""
        if not self.alive or (full := self._full_name(port)) is None:
            return False
        for name in receivers:
            self._jack.jack_connect(self._client, full, name.encode())
        return True

    def close(self) -> None:
        """Leave the server."""
        self._jack.jack_client_close(self._client)

    def _full_name(self, port: str) -> bytes | None:
        """With its client's name; None when another Liszten has one too, or one that was killed still has it: JACK does
        not tell whose is whose."""
        found = self._names(self._jack.jack_get_ports(self._client, f":{port}$".encode(), None, IS_OUTPUT))
        return found[0] if len(found) == 1 else None

    def _names(self, found: Any) -> list[bytes]:
        """The names of a list that JACK made, which is given back to it."""
        names: list[bytes] = []
        if found:
            while (name := found[len(names)]) is not None:
                names.append(name)
            self._jack.jack_free(found)
        return names

    def _gone(self, _argument: int | None) -> None:
        self.alive = False


def _declared(jack: Any) -> Any:
    """The library, with the types of the functions that are used. Raises OSError for one that lacks them."""
    client, text, names = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p)
    types = {
        "jack_client_open": (client, text, ctypes.c_int, ctypes.POINTER(ctypes.c_int)),
        "jack_on_shutdown": (None, client, SHUTDOWN, ctypes.c_void_p),
        "jack_activate": (ctypes.c_int, client),
        "jack_client_close": (ctypes.c_int, client),
        "jack_get_ports": (names, client, text, text, ctypes.c_ulong),
        "jack_port_by_name": (ctypes.c_void_p, client, text),
        "jack_port_get_all_connections": (names, client, ctypes.c_void_p),
        "jack_connect": (ctypes.c_int, client, text, text),
        "jack_free": (None, ctypes.c_void_p),
    }
    for name, (result, *arguments) in types.items():
        try:
            function = getattr(jack, name)
        except AttributeError as error:
            raise OSError(f"this JACK library has no {name}") from error
        function.restype, function.argtypes = result, arguments
    return jack


def _library() -> str:
    """The JACK library that RtMidi has loaded, as a second copy would map the server's 100 MB once more."""
    try:
        maps = Path("/proc/self/maps").read_text()
    except OSError:
        return SYSTEM_LIBRARY
    return next((line.split(maxsplit=5)[-1] for line in maps.splitlines() if "/libjack" in line), SYSTEM_LIBRARY)
