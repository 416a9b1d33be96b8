"""The messages between the engine and its parent, window or terminal, over a pipe: small frozen dataclasses.

The parent sends commands; the engine sends the stream's events, those that are kept a third of a second later, a Status
at most twenty times a second, and notices.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from realtime.audio.mono import Channel
from realtime.audio.source import InputState
from realtime.engine.settings import StreamSettings
from realtime.events import Event, Kept
from realtime.lateness import DesignDelay
from realtime.transcription.expected import Expect, GroupPassed, Heard
from realtime.words import Said

END_OF_FILE = "end of file"  # reason of the End of a recording that was played to its end
FAILED = "failed"  # reason of an End that a Failed follows
MIDI_PAUSED, MIDI_RESUMED = "midi_paused", "midi_resumed"  # codes of Notices about a loop that feeds itself
TAKE_ENDED = "take ended"  # reason of the End of a take that ends while the stream goes on
REPLACED, DEVICE_CHANGED = "replaced", "device changed"  # of one that another StreamStarted, or a Failed, follows


@dataclass(frozen=True)
class MicrophoneSource:
    """Live sound. input: number, name or part of a name; None for the system's default."""

    input: str | None = None
    channel: Channel = "auto"


@dataclass(frozen=True)
class FileSource:
    """A recording, played in real time."""

    path: Path
    channel: Channel = "auto"


Source = MicrophoneSource | FileSource


@dataclass(frozen=True)
class Start:
    """Begin a stream. model: a file, or None for the shipped one; seconds: end after that much sound; record: folder
    under which a take is recorded; settings: all that may change while it runs; expect: the keys that are waited for,
    from the stream's begin on; remembered: whether it goes on with the last minutes, or leaves them as they are."""

    source: Source
    model: Path | None = None
    device: str = "auto"
    seconds: float | None = None
    record: Path | None = None
    settings: StreamSettings = field(default_factory=StreamSettings)
    expect: Expect | None = None
    remembered: bool = True


@dataclass(frozen=True)
class Stop:
    """End the stream; the engine waits for the next Start. reason: for the End event."""

    reason: str


@dataclass(frozen=True)
class Configure:
    """Set the running stream to something else. Settings out of range are refused as a whole, with a Notice."""

    settings: StreamSettings


@dataclass(frozen=True)
class SetDevice:
    """Go on with another input: the stream ends, and another begins."""

    source: Source


@dataclass(frozen=True)
class Record:
    """Begin a take under `folder`, or end the running one (None). since_s: stream time in the last minutes at which the
    take begins; None: now."""

    folder: Path | None
    since_s: float | None = None


@dataclass(frozen=True)
class RecordRun:
    """Record a run of practice as a take under `folder` from now on, beside a take of the player's own; one that is
    being recorded goes on. None: end it. number: of the run, for the answer."""

    folder: Path | None
    number: int = 0


@dataclass(frozen=True)
class SaveRecent:
    """Make a take of the last five minutes under `folder`; a running take goes on."""

    folder: Path


@dataclass(frozen=True)
class StopExpecting:
    """No more keys are waited for, after an `Expect`."""


@dataclass(frozen=True)
class Quit:
    """End the stream and the process."""


Command = Start | Stop | Configure | SetDevice | Record | RecordRun | SaveRecent | Expect | StopExpecting | Quit


def after(start: Start, command: Command) -> Start:
    """The Start that would give the running stream as it is after `command`."""
    match command:
        case Configure(settings=settings):
            return replace(start, settings=settings)
        case SetDevice(source=source):
            return replace(start, source=source)
        case Record(folder=folder):
            return replace(start, record=folder)
        case Expect():
            return replace(start, expect=command)
        case StopExpecting():
            return replace(start, expect=None)
        case _:
            return start


@dataclass(frozen=True)
class Status:
    """State of the stream since the last Status. time: stream clock, s; peak_db, rms_db: input level, dBFS; clipped:
    samples at full scale; load: computing time / sound time; step_p50_s, step_p99_s: over the last 5 s of sound;
    overruns: samples lost because the engine was late, since the start; dropped: items that slow sinks missed;
    faults: codes of the notices whose cause is still there; paused_s, delivered_late_s: sound lost since the start
    because the computer stood still, or because the sound system delivered it too late; captured: wall clock at which
    the sound at `time` was captured, s; kept_onsets_s: stream time before which every kept note has begun; recent_s:
    seconds of sound that `SaveRecent` would keep, silence at both ends among them."""

    time: float
    state: InputState
    peak_db: float
    rms_db: float
    clipped: int
    load: float
    step_p50_s: float
    step_p99_s: float
    overruns: int
    dropped: int
    faults: tuple[str, ...] = ()
    paused_s: float = 0.0
    delivered_late_s: float = 0.0
    captured: float = 0.0
    kept_onsets_s: float = 0.0
    recent_s: float = 0.0


@dataclass(frozen=True)
class TakeStarted:
    """A take is being recorded into `folder`. past_s: seconds of earlier sound that it begins with."""

    folder: Path
    past_s: float = 0.0


@dataclass(frozen=True)
class TakeSaved:
    """A take that is complete lies in `folder`. recent: it was made of the last minutes."""

    folder: Path
    recent: bool = False


@dataclass(frozen=True)
class RunStarted:
    """The run of practice of a number is being recorded into `folder`, from stream time `begin_s` on."""

    folder: Path
    begin_s: float
    number: int


@dataclass(frozen=True)
class RunClosed:
    """The take of a run in `folder` is complete."""

    folder: Path


@dataclass(frozen=True)
class Closing:
    """No more events will come but the End, which follows when the sinks are closed, or a Failed."""


@dataclass(frozen=True)
class Configured:
    """The stream is set to `settings`, though it was `asked` for others: those were refused, MIDI is paused because of
    a loop that feeds itself, such a pause is over, or the tuning was found. The parent must go on with `settings`."""

    asked: StreamSettings
    settings: StreamSettings

    @property
    def midi_paused(self) -> bool:
        """Whether the MIDI port gets no notes any more, although they were asked for."""
        return self.asked.send_midi and replace(self.asked, send_midi=False) == self.settings

    @property
    def midi_resumed(self) -> bool:
        """Whether such a pause is over."""
        return not self.asked.send_midi and replace(self.asked, send_midi=True) == self.settings


@dataclass(frozen=True)
class DelayChanged:
    """The running stream has another delay from now on."""

    delay: str
    design: DesignDelay


@dataclass(frozen=True)
class SpectrumColumn:
    """The spectrum around stream time `time`, s. levels: `realtime.audio.spectrum.Spectrum.levels`."""

    time: float
    levels: bytes


@dataclass(frozen=True)
class Tuned:
    """A held note lies so many cents above (or, negative, below) equal temperament at A4 = 440 Hz."""

    pitch: int
    cents: float


@dataclass(frozen=True)
class Notice:
    """Something went wrong and the stream goes on. code: which kind of thing; said: one sentence; exit_code: what the
    command should end with because of it, 0 for nothing."""

    code: str
    said: Said
    exit_code: int = 0


@dataclass(frozen=True)
class Failed:
    """The stream could not begin or go on. exit_code: of the LisztenError; trace: for --debug and the log."""

    said: Said
    exit_code: int
    trace: str


Message = (
    Event
    | Kept
    | Status
    | TakeStarted
    | TakeSaved
    | RunStarted
    | RunClosed
    | Closing
    | Configured
    | DelayChanged
    | SpectrumColumn
    | Tuned
    | Heard
    | GroupPassed
    | Notice
    | Failed
)
