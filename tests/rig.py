"""A virtual microphone and a virtual MIDI world for the end-to-end tests: PulseAudio and JACK, private to one folder.

`Rig(folder)` starts a PulseAudio server whose default source `mic` is the monitor of the sink `piano`,
and a JACK server on the dummy driver. Nothing outside the folder is touched; `stop()` ends both by process id.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

# Without norewinds a null sink hands over its first block only after two seconds.
PULSE_CONFIG = """\
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=speaker rate=48000 channels=2 norewinds=1
load-module module-null-sink sink_name=piano rate=48000 channels=2 norewinds=1
load-module module-remap-source source_name=mic master=piano.monitor
set-default-sink speaker
set-default-source mic
"""
START_LIMIT_S = 30.0
JACK_NAMES = 6
JACK_STARTS = "JACK server starting"  # what a server says whose name is free


def missing_programs() -> list[str]:
    """Names of the system programs that the rig needs and that are not installed."""
    return [name for name in ("pulseaudio", "paplay", "pactl", "jackd", "jack_lsp") if shutil.which(name) is None]


class Rig:
    """A running pair of servers; `env` holds the variables with which a program finds them and nothing else."""

    def __init__(self, folder: Path, realtime: bool = False) -> None:
        """realtime: a JACK server that loses no cycle on a busy computer; it needs the right to real-time priority."""
        self.folder = folder
        self._realtime = realtime
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "JACK_", "XDG_"))},
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder / 'pulse.sock'}",
            # Few names: JACK remembers each killed server until one of the same name starts, and eight are its limit.
            "JACK_DEFAULT_SERVER": "liszten_soak" if realtime else f"liszten_rig_{os.getpid() % JACK_NAMES}",
            "JACK_NO_AUDIO_RESERVATION": "1",
            "JACK_NO_START_SERVER": "1",
        }
        self._name = os.getpid()
        self.pulse: subprocess.Popen[bytes] | None = None
        self.jack: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start both servers and wait until both answer. Raises TimeoutError with the end of their logs."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.start_pulse()
        self.start_jack()

    def start_pulse(self) -> None:
        """Start the PulseAudio server (again after `kill_pulse`)."""
        config = self.folder / "pulse.pa"
        config.write_text(PULSE_CONFIG.format(socket=self.folder / "pulse.sock"))
        options = "--daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no --log-target=stderr"
        self.pulse = self._spawn(["pulseaudio", "-n", "-F", str(config), *options.split()], "pulse.log")
        self._await(["pactl", "info"], "pulse.log")

    def start_jack(self) -> None:
        """Start the JACK server (again after `kill_jack`), under a name that no other program's server has."""
        # Synchronous: otherwise a cycle that a busy computer finishes too late loses its MIDI messages.
        ways = ("--realtime -P 20", 128) if self._realtime else ("--no-realtime --sync --timeout 500", 512)
        options = f"{ways[0]} -d dummy -r 48000 -p {ways[1]}".split()
        for _ in range(JACK_NAMES):
            starts = self._jack_starts()
            self.jack = self._spawn(["jackd", "-n", self.env["JACK_DEFAULT_SERVER"], *options], "jack.log")
            if self._jack_is_ours(self.jack, starts):
                self._await(["jack_lsp"], "jack.log")
                return
            self._name += 1
            self.env["JACK_DEFAULT_SERVER"] = f"liszten_rig_{self._name % JACK_NAMES}"
        raise TimeoutError("each name for a JACK server is taken")

    def _jack_is_ours(self, jack: subprocess.Popen[bytes], starts: int) -> bool:
        """Whether it starts, and does not end because another program's server has its name, which would answer."""
        end = time.monotonic() + START_LIMIT_S
        while jack.poll() is None and self._jack_starts() == starts and time.monotonic() < end:
            time.sleep(0.02)
        return jack.poll() is None

    def _jack_starts(self) -> int:
        """How often a server has said so far that it starts."""
        log = self.folder / "jack.log"
        return log.read_text(errors="replace").count(JACK_STARTS) if log.exists() else 0

    def kill_pulse(self) -> None:
        """Take the sound system away, as a crash does."""
        _end(self.pulse, signal.SIGKILL)
        self.pulse = None

    def kill_jack(self) -> None:
        """Take the MIDI system away, as a crash does."""
        _end(self.jack, signal.SIGKILL)
        self.jack = None

    def stop(self) -> None:
        """End what was started."""
        _end(self.pulse, signal.SIGTERM)
        _end(self.jack, signal.SIGTERM)

    def play(self, audio: Path) -> subprocess.Popen[bytes]:
        """Start playing a recording into the virtual microphone; the caller waits for the process."""
        return subprocess.Popen(["paplay", "--device=piano", str(audio)], env=self.env)

    def _spawn(self, command: list[str], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as sink:
            return subprocess.Popen(command, env=self.env, stdout=sink, stderr=sink, start_new_session=True)

    def _await(self, probe: list[str], log: str) -> None:
        end = time.monotonic() + START_LIMIT_S
        while subprocess.run(probe, env=self.env, capture_output=True, check=False).returncode != 0:
            if time.monotonic() > end:
                tail = (self.folder / log).read_text(errors="replace")[-2000:]
                raise TimeoutError(f"{probe[0]} did not answer within {START_LIMIT_S:.0f} s:\n{tail}")
            time.sleep(0.05)


def _end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    """End one process of ours and wait for it; kill it when it does not listen."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(5.0)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
