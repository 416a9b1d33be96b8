"""Another program that is connected to the MIDI port: prints each message that it receives as a JSON line,
with its time of arrival on the computer's monotonic clock."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import rtmidi

LIMIT_S = 40.0


def main(name: str) -> None:
    """Connect to the first JACK port whose name contains `name`, and print until killed."""
    client = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name="Receiver")
    client.ignore_types(sysex=False, timing=False, active_sense=False)
    client.set_callback(_print)
    client.open_port(_port(client, name), "in")
    _say({"event": "connected"})
    while True:
        time.sleep(1.0)


def _port(client: Any, name: str) -> int:
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        for index, port in enumerate(client.get_ports()):
            if name in port:
                return index
        time.sleep(0.02)
    raise SystemExit(f"no port {name} within {LIMIT_S} s")


def _print(timed: tuple[list[int], float], _data: object) -> None:
    _say({"event": "midi", "at": time.monotonic(), "message": timed[0]})


def _say(line: dict[str, object]) -> None:
    os.write(1, (json.dumps(line) + "\n").encode())  # at once: the callback runs in a thread of its own


if __name__ == "__main__":
    main(sys.argv[1])
