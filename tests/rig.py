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
START_LIMIT_S = 10.0


def missing_programs() -> list[str]:
    """Names of the system programs that the rig needs and that are not installed."""
    return [name for name in ("pulseaudio", "paplay", "pactl", "jackd", "jack_lsp") if shutil.which(name) is None]


class Rig:
    """A running pair of servers; `env` holds the variables with which a program finds them and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "JACK_", "XDG_"))},
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder / 'pulse.sock'}",
            # Few names: JACK remembers each killed server until one of the same name starts, and eight are its limit.
            "JACK_DEFAULT_SERVER": f"liszten_rig_{os.getpid() % 4}",
            "JACK_NO_AUDIO_RESERVATION": "1",
            "JACK_NO_START_SERVER": "1",
        }
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
        """Start the JACK server (again after `kill_jack`)."""
        name = self.env["JACK_DEFAULT_SERVER"]
        # Synchronous: otherwise a cycle that a busy computer finishes too late loses its MIDI messages.
        command = f"jackd --no-realtime --sync --timeout 500 -n {name} -d dummy -r 48000 -p 512"
        self.jack = self._spawn(command.split(), "jack.log")
        self._await(["jack_lsp"], "jack.log")

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
