"""What works on this computer, what is missing, and the command that mends it."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from realtime.contract import StreamSpec
from realtime.errors import LisztenError, MidiError
from realtime.system.log import library_noise
from realtime.version import PACKAGES
from realtime.words import Phrase

NO_SOUND = Phrase("doctor.no_sound", '"{name}" opens but delivers no sound.')

LISTEN_S = 3.0
POLL_S = 0.05
PRIORITY_REMEDIES = {
    "linux": "allow real-time priority as for JACK (sudo apt install jackd2, then sudo usermod -aG audio $USER), and "
    "log in again"
}
LIES_OVER = Phrase("doctor.lies_over", 'Another package called "{name}" lies over Liszten\'s own, in {folder}.')


@dataclass(frozen=True)
class Check:
    """One finding. ok: nothing to mend; text: what was found; remedy: what to do about it, or ""."""

    name: str
    ok: bool
    text: str
    remedy: str = ""


def checks(model: Path | None = None) -> Iterator[Check]:
    """Examine this computer, one thing after the other; takes a few seconds."""
    yield _checked("packages", _packages, "pipx install liszten, or any environment of its own")
    yield _checked("audio", _audio, _audio_remedy())
    yield _checked("microphone", _microphone, "liszten devices, then liszten listen --input NAME")
    yield _checked("midi", _midi, _midi_remedy())
    yield _checked("files", _files, "pip install --force-reinstall soundfile av")
    yield _checked("onnxruntime", _onnxruntime, "pip install --force-reinstall onnxruntime")
    yield _checked("model", lambda: _model(model), "pip install --force-reinstall liszten")
    yield _priority()


def _checked(name: str, examine: Callable[[], str], remedy: str) -> Check:
    """The finding of `examine`, which returns what it found or raises."""
    try:
        with library_noise():
            return Check(name, True, examine())
    except LisztenError as error:
        return Check(name, False, str(error), remedy)
    except (ImportError, OSError) as error:
        return Check(name, False, f"{error}.", remedy)


def _packages() -> str:
    ours = Path(__file__).resolve().parents[2]
    for name in PACKAGES:
        if (found := importlib.util.find_spec(name)) is None:  # a bundle has neither training nor export
            continue
        folder = Path(next(iter(found.submodule_search_locations or ()), found.origin or "")).resolve()
        if folder != ours / name:
            raise LisztenError(LIES_OVER(name=name, folder=folder))
    return f"all in {ours}."


def _audio() -> str:
    from realtime.audio.devices import find_input, inputs, portaudio

    chosen = find_input(None)
    version = portaudio().get_portaudio_version()[1].split(",")[0]
    return f'{version}, {len(inputs())} inputs; "{chosen.name}" is taken unless another is named.'


def _audio_remedy() -> str:
    return {
        "linux": "connect a microphone; systemctl --user restart pipewire-pulse || pulseaudio --start",
        "darwin": "System Settings > Privacy & Security > Microphone: allow your terminal",
    }.get(sys.platform, "connect a microphone, and allow apps to use it in the privacy settings")


def _microphone() -> str:
    from realtime.audio.capture import Microphone
    from realtime.audio.ring import Dropout
    from realtime.errors import AudioDeviceError

    microphone = Microphone(None)
    try:
        end = time.monotonic() + LISTEN_S
        while time.monotonic() < end:
            block = microphone.read(microphone.rate)
            if not isinstance(block, Dropout) and len(block):
                return f'"{microphone.name}" delivers sound at {microphone.rate} Hz.'
            time.sleep(POLL_S)
    finally:
        microphone.close()
    raise AudioDeviceError(NO_SOUND(name=microphone.name))


def _midi() -> str:
    from realtime.midi.system import VIRTUAL, midi_systems, missing_library, open_output

    if (missing := missing_library()) is not None:
        raise MidiError(missing.problem)
    output = open_output(VIRTUAL)
    output.close()
    names = ", ".join(system.name for system in midi_systems())
    return f"{names}; a virtual port can be opened through {output.system}."


def _midi_remedy() -> str:
    from realtime.midi.system import missing_library

    if (missing := missing_library()) is not None:
        return missing.command
    remedies = {"linux": "sudo modprobe snd-seq, or: jackd -d dummy &", "win32": "install loopMIDI"}
    return remedies.get(sys.platform, "log in again")


def _files() -> str:
    import av
    import soundfile

    formats = sorted(set(soundfile.available_formats()) & {"WAV", "FLAC", "AIFF", "CAF"})
    return (
        f"libsndfile {soundfile.__libsndfile_version__} ({', '.join(formats)}), others through PyAV {av.__version__}."
    )


def _onnxruntime() -> str:
    from realtime.transcription.onnx_runtime import onnxruntime

    offered = [name.removesuffix("ExecutionProvider") for name in onnxruntime.get_available_providers()]
    return f"{onnxruntime.__version__}, offers {', '.join(offered)}."


def _model(path: Path | None) -> str:
    from realtime.transcription.model import OnnxStep, shipped_model

    model = OnnxStep(path or shipped_model())
    delays = ", ".join(f"{mode} {_delay(model.spec, mode)} ms" for mode in model.spec.modes)
    measured = "by design; what it takes on this computer is measured while you play"
    size = f"{model.spec.parameters / 1e6:.1f} M parameters"
    return f"{model.spec.name} ({size}) on {model.provider}: {delays} {measured}."


def _delay(spec: StreamSpec, mode: str) -> str:
    earliest = spec.earliest(mode)
    least = f"{1000 * spec.delay(earliest):.0f} to " if earliest != mode else ""
    return f"{least}{1000 * spec.delay(mode):.0f}"


def _priority() -> Check:
    """No fault where it is not allowed: it takes other programs that want the whole processor to miss it."""
    from realtime.system.priority import lower_priority, raise_priority

    allowed = raise_priority()
    lower_priority()
    if allowed:
        return Check("priority", True, "Liszten may go before other programs: a busy computer makes no note late.")
    text = "Liszten may not go before other programs: notes can be late, or lost, while these keep the processor busy."
    return Check("priority", True, text, PRIORITY_REMEDIES.get(sys.platform, ""))
