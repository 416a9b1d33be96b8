"""The state that the window shows: fed by the engine's messages, read by the widgets."""

from __future__ import annotations

import statistics
import sys
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Literal

from gui.stage.settling import SettlingRoll
from gui.stage.stream_clock import StreamClock
from gui.state.banners import ActiveFaults, Fault
from gui.state.level import LevelMeter
from gui.state.noise_floor import NoiseFloor
from gui.translation import tr
from realtime.engine.messages import (
    DelayChanged,
    Failed,
    Message,
    Notice,
    RunStarted,
    SpectrumColumn,
    Status,
    TakeSaved,
    TakeStarted,
)
from realtime.errors import AudioDeviceError
from realtime.events import End, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.midi.port import OPENING
from realtime.midi.port_server import PortState
from realtime.midi.system import NONE
from realtime.takes.folder import unnamed
from realtime.words import Said

State = Literal["starting", "listening", "lost", "paused", "failed"]
DECIDED_NOTES, TRUSTED_NOTES, PLOTTED_NOTES = 50, 3, 200
SPECTRUM_COLUMNS = 160  # eight seconds
ROLL_KEPT_S = 60.0
FAULT_LASTS_S = 10.0
QUIET_NOTES, QUIET_SPAN_S, QUIET_DB = 8, 20.0, -40.0
# Faults that every status names for as long as they last.
WATCHED = (Fault.ECHO, Fault.SPEECH, Fault.WRONG_CHANNEL)
ZEROS_DB, ZEROS_S = -119.0, 2.0
# The picture follows a change of delay within some frames instead of jumping.
LAG_SETTLE_S = 0.3


class Session:
    """State of the stream, the port and the take. Every `now` is the computer's monotonic clock in seconds."""

    def __init__(self, platform: str = sys.platform) -> None:
        self.state: State = "starting"
        self.stream: StreamStarted | None = None
        self.roll = SettlingRoll()
        self.meter = LevelMeter()
        self.faults = ActiveFaults()
        self.port = PortState(False, problem=OPENING())
        self.status: Status | None = None
        self.take: Path | None = None
        self.saved: list[Path] = []  # takes that are complete and were not shown yet
        self.unsaved: Said | None = None  # why none could be made of the last minutes, until that was shown
        self.noise = NoiseFloor()
        self.lateness: Lateness | None = None  # of the stream at its present delay, None before any note
        self.velocities: deque[int] = deque(maxlen=PLOTTED_NOTES)
        self.spectrum: deque[SpectrumColumn] = deque(maxlen=SPECTRUM_COLUMNS)
        self.pressed: set[int] = set()  # keys that are held down with the mouse
        self.gaps = 0
        self._platform = platform
        self._clock = StreamClock()
        self._take_from = 0.0
        self._decided_s: deque[float] = deque(maxlen=DECIDED_NOTES)
        self._onsets: deque[float] = deque(maxlen=QUIET_NOTES)
        self._loud_at = self._sound_at = 0.0
        self._port_was_open = self._port_lost = False
        self._lag = 0.0
        self._lag_at = 0.0

    def apply(self, message: Message | Lateness, now: float) -> None:
        """Take in one message of the engine, or how late notes are."""
        match message:
            case StreamStarted():
                self._begin(message, now)
            case NoteOn() | NoteOff() | Pedal() | Gap():
                self._apply_event(message, now)
            case Kept(event=event):
                self.roll.keep(event)
            case Status():
                self._apply_status(message, now)
            case End():
                self._end("paused")
            case DelayChanged(delay=delay, design=design) if self.stream is not None:
                self.stream = replace(
                    self.stream, delay=delay, delay_s=design.most_s, least_delay_s=design.other_least_s
                )
                self.delay_changes()
            case Lateness():
                self._measure(message)
            case SpectrumColumn():
                self.spectrum.append(message)
            case TakeStarted(folder=folder, past_s=past_s):
                self.take, self._take_from = folder, self._clock.now(now) - past_s
                self.faults.clear(Fault.DISK)
            case RunStarted():
                self.faults.clear(Fault.RUN)
            case TakeSaved(folder=folder):
                self.saved.append(folder)
            case Notice(code="recent", said=said):
                self.unsaved = said
            case Notice():
                self._notice(message, now)
            case Failed():
                self._fail(message)

    def port_is(self, state: PortState) -> None:
        """Take in the state of the MIDI port."""
        self.port = state
        if state.open or state.name == NONE:
            self._port_was_open, self._port_lost = self._port_was_open or state.open, False
            self.faults.clear(Fault.PORT_LOST, Fault.NO_MIDI, Fault.NO_VIRTUAL_PORT)
        elif self._port_lost:
            self._miss_port(state)

    def port_changes(self) -> None:
        """The player has chosen another port: what was known about the last one no longer counts."""
        self._port_was_open = self._port_lost = False
        self.faults.clear(Fault.PORT_LOST, Fault.NO_MIDI, Fault.NO_VIRTUAL_PORT)

    def delay_changes(self) -> None:
        """The player has chosen another delay: what was measured no longer counts."""
        self.lateness = None
        self._decided_s.clear()

    def midi_is_sent(self, sending: bool) -> None:
        """The player, or the engine, lets the port have the notes again, or no longer."""
        self.faults.clear(Fault.ECHO, Fault.MIDI_PAUSED)
        if not sending:
            self.faults.raise_(Fault.MIDI_PAUSED)

    def take_ends(self) -> None:
        """The running take is being closed."""
        self.take = None

    def now(self, monotonic: float) -> float:
        """Stream time of the sound that the picture shows: the clock less the delay, so that a block leaves the
        keyboard when its key lights, and no block is ever bent."""
        declared = 0.0 if self.stream is None else self.stream.delay_s
        goal = statistics.median(self._decided_s) if len(self._decided_s) >= TRUSTED_NOTES else declared
        share = min(max(monotonic - self._lag_at, 0.0) / LAG_SETTLE_S, 1.0)
        self._lag += share * (goal - self._lag)
        self._lag_at = monotonic
        return self._clock.now(monotonic) - self._lag

    def tidy(self, monotonic: float) -> None:
        """Forget what no picture shows any more."""
        self.roll.forget(self._clock.now(monotonic) - ROLL_KEPT_S)

    def time(self, now: float) -> float:
        """How long the stream has been running, s."""
        return self._clock.now(now)

    def take_time(self, now: float) -> float:
        """Length of the running take in s, 0 without one."""
        return 0.0 if self.take is None else max(self._clock.now(now) - self._take_from, 0.0)

    @property
    def take_name(self) -> str:
        """ "Take 7" for the running take, "" without one."""
        return "" if self.take is None else tr(unnamed(self.take))

    @property
    def invitation(self) -> str:
        """What an empty stage says: what to do, or what is missing."""
        if self.state == "failed":
            return tr("No microphone is heard. Connect one, and play your piano.")
        if self._port_lost:
            return tr("Play your piano — notes appear here. They are not sent: no MIDI port is open.")
        return tr("Play your piano — notes appear here.")

    @property
    def recent_s(self) -> float:
        """Seconds of the last minutes that can still become a take."""
        return 0.0 if self.status is None else self.status.recent_s

    @property
    def lateness_words(self) -> str:
        """The delay by design, what was measured once there are notes, and what these figures are; "" before a
        stream."""
        if self.lateness is not None:
            return tr(self.lateness.explained())
        return "" if self.stream is None else tr(DesignDelay.of(self.stream).not_yet_measured())

    def _begin(self, stream: StreamStarted, now: float) -> None:
        self.stream = stream
        self.state = "listening"
        self.roll.apply(stream)
        self.meter = LevelMeter()
        self.gaps = 0
        self.status = None
        # A stream that goes on recording may announce its take before itself.
        self._take_from = 0.0
        self._clock.reset()
        self.lateness = None
        self._decided_s.clear()
        self.noise = NoiseFloor()
        self.spectrum.clear()
        self._onsets.clear()
        self._loud_at = self._sound_at = now
        self._lag = stream.delay_s
        self.faults.clear(Fault.FAILED, Fault.NO_INPUT, Fault.UNPLUGGED, Fault.TOO_QUIET, Fault.PERMISSION)

    def _apply_event(self, event: NoteOn | NoteOff | Pedal | Gap, now: float) -> None:
        self.roll.apply(event)
        self._clock.synchronise(event.emitted, now)
        if isinstance(event, Gap):
            self.gaps += 1
        if isinstance(event, NoteOn):
            self._decided_s.append(event.emitted - event.time)
            self.velocities.append(event.velocity)
            self._onsets.append(now)

    def _measure(self, lateness: Lateness) -> None:
        """Figures that were on their way when the delay changed are of the last one."""
        if self.stream is not None and lateness.design == DesignDelay.of(self.stream):
            self.lateness = lateness

    def _apply_status(self, status: Status, now: float) -> None:
        self.status = status
        self._clock.synchronise(status.time, now)
        self.roll.kept_until(status.kept_onsets_s)
        self.meter.observe_status(status, now)
        if self.state in ("listening", "lost"):
            self.state = "lost" if status.state == "lost" else "listening"
        if status.state == "running":
            self.faults.clear(Fault.UNPLUGGED)
            self.noise.observe_level(status.rms_db, playing=self.roll.sounding)
        self.faults.clear(*(fault for fault in WATCHED if fault.value not in status.faults))
        self._judge_level(status, now)

    def _judge_level(self, status: Status, now: float) -> None:
        """The piano is too quiet when many notes are found and none is loud; zeros mean a missing permission."""
        if status.peak_db > QUIET_DB:
            self._loud_at = now
            self.faults.clear(Fault.TOO_QUIET)
        elif len(self._onsets) == QUIET_NOTES and now - self._onsets[0] < QUIET_SPAN_S < now - self._loud_at:
            self.faults.raise_(Fault.TOO_QUIET, until=now + FAULT_LASTS_S)
        if status.peak_db > ZEROS_DB or status.state != "running":
            self._sound_at = now
            self.faults.clear(Fault.PERMISSION)
        elif self._platform == "darwin" and now - self._sound_at > ZEROS_S:
            self.faults.raise_(Fault.PERMISSION)

    def _end(self, state: State) -> None:
        self.state = state
        self.roll.end(self.status.time if self.status is not None else 0.0)
        self.take = None
        self.meter = LevelMeter()

    def _notice(self, notice: Notice, now: float) -> None:
        source = "" if self.stream is None else self.stream.source
        match notice.code:
            case "unplugged":
                self.faults.raise_(Fault.UNPLUGGED, source)
            case "too_loud" | "too_slow" | "stood_still" | "delivered_late":
                self.faults.raise_(Fault(notice.code), until=now + FAULT_LASTS_S)
            case "echo" | "midi_paused" | "speech":
                self.faults.raise_(Fault(notice.code))
            case "wrong_channel":
                self.faults.raise_(Fault.WRONG_CHANNEL, notice.said.value("silent"), notice.said.value("other"))
            case "refused":
                self.faults.raise_(Fault.REFUSED, notice.said, until=now + FAULT_LASTS_S)
            case "port_lost":
                self._miss_port(self.port)
            case "run":
                self.faults.raise_(Fault.RUN, notice.said)
            case "take":
                # A take that was ended before may fail while another is being recorded.
                if dict(notice.said.values).get("folder", str(self.take)) == str(self.take):
                    self.take = None
                self.faults.raise_(Fault.DISK, notice.said)
            case "restarted":
                self.take = None

    def _miss_port(self, state: PortState) -> None:
        self._port_lost = True
        if self._port_was_open:
            self.faults.raise_(Fault.PORT_LOST, state.name or "Liszten Out")
        elif self._platform == "win32":
            self.faults.raise_(Fault.NO_VIRTUAL_PORT)
        else:
            self.faults.raise_(Fault.NO_MIDI, state.problem or OPENING())

    def _fail(self, failed: Failed) -> None:
        self._end("failed")
        if failed.exit_code == AudioDeviceError.exit_code:
            self.faults.raise_(Fault.NO_INPUT)
        else:
            self.faults.raise_(Fault.FAILED, failed.said)
