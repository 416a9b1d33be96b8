"""What the player can do: every action of the window, on settings, session and engine at once. No Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Protocol

from gui.first_note import FirstNote
from gui.geometry import FIT, PITCHES, RANGES
from gui.link import Order, Panic
from gui.session import Session
from gui.settings import GATE_OFF_DB, LIMITS, Settings, save
from gui.stage import Look
from gui.theme import HANDS, ONE, PITCH, THEMES, VELOCITY, Palette
from realtime.audio import parse_channel
from realtime.decoder import DecoderSettings
from realtime.errors import FileError
from realtime.events import End, NoteOff, NoteOn
from realtime.messages import (
    Failed,
    FileSource,
    MeasureTuning,
    Message,
    MicrophoneSource,
    Notice,
    Record,
    SaveRecent,
    SendMidi,
    SetDecoder,
    SetDelay,
    SetDevice,
    ShowSpectrum,
    Source,
    Start,
    Stop,
    TakeStarted,
)
from realtime.port_process import Play, PortSettings, PortState
from realtime.storage import make_folder
from realtime.velocity import VelocityCurve
from realtime.watches import MIDI_PAUSED

logger = logging.getLogger(__name__)
COLOURS = (HANDS, PITCH, VELOCITY, ONE)
SPEED_STEP = 12.0
# Settings that end the running stream: another model or processor must be loaded.
RESTARTING = {"model", "device"}
DECODING = {"gate_db", "sensitivity", "min_note_ms", "pedal"}
SENDING = {"midi_port", "midi_channel", "transpose", "velocity_gamma", "velocity_low", "velocity_high"}
HEARING = {"input", "channel"}
# What a reset leaves: the shape of the window, and where the takes lie.
SHAPE = {"width", "height", "panel", "takes", "language", "guided"}


class Line(Protocol):
    """What the desk needs of a `Link`."""

    def open(self, start: Start, port: PortSettings) -> None: ...
    def send(self, order: Order) -> None: ...
    def take(self) -> list[Message | PortState]: ...
    def close(self) -> None: ...


class Desk:
    """The actions of one window. recording: a file that is played instead of listening to the microphone;
    calm: reduced motion. `changed` is called when settings have changed, `follow` with
    all that the engine says."""

    def __init__(
        self, settings: Settings, line: Line, file: Path, recording: Path | None = None, model: Path | None = None
    ) -> None:
        self.settings = settings
        self.session = Session()
        self.hidden = ""
        self.changed: Callable[[], None] = lambda: None
        self.follow: Callable[[Message, float], None] = lambda _message, _now: None
        self._line = line
        self._file = file
        self._recording = recording
        self._model = model
        self._first_note = FirstNote()
        self._asked = False  # whether a take was asked for of which nothing was heard yet
        self._over_already = False  # whether it was ended before anything was heard of it
        self._sending = True
        self._spectrum = False

    def open(self) -> None:
        """Start to listen."""
        self._line.open(self._start(), self._port())

    def pump(self, now: float) -> bool:
        """Take in what the engine has said; whether it has said anything. now: monotonic time, s."""
        news = self._line.take()
        for item in news:
            if isinstance(item, PortState):
                self.session.port_is(item, now)
            else:
                self.session.apply(item, now)
                self.follow(item, now)
            if isinstance(item, Notice) and item.code == MIDI_PAUSED:
                self.send_midi(False)
                self.panic()
            self._watch_take(item)
            if isinstance(item, NoteOn) and self.settings.first_note:
                self._begin_take(item, now)
        if not self.session.port.open:
            self.session.port_is(self.session.port, now)
        if self._first_note.is_over(now, self.session.take is not None):
            self.toggle_recording()
        return bool(news)

    def close(self) -> None:
        """Keep the settings; end stream, engine and port."""
        self.keep()
        self._line.close()

    def keep(self) -> None:
        """Write the settings; a disk that is full is no reason to stop."""
        try:
            save(self.settings, self._file)
        except FileError as error:
            logger.warning("settings: %s", error)

    @property
    def look(self) -> Look:
        """How the stage is to be drawn."""
        chosen = self.settings
        palette = Palette(THEMES[chosen.theme], chosen.colours, chosen.split)
        return Look(
            palette,
            chosen.speed,
            chosen.names,
            calm=chosen.calm,
            glow=chosen.glow / 100,
            keys=RANGES.get(chosen.keys, PITCHES),
            fit=chosen.keys == FIT,
            hidden=self.hidden,
            chords=chosen.chords,
            tails=chosen.tails,
        )

    @property
    def curve(self) -> VelocityCurve:
        """What the port does to velocities."""
        return VelocityCurve(self.settings.velocity_gamma, self.settings.velocity_low, self.settings.velocity_high)

    @property
    def decoder(self) -> DecoderSettings:
        """How notes are made of what the model hears."""
        return DecoderSettings(self.settings.sensitivity, self.settings.min_note_ms, self.settings.pedal)

    @property
    def model(self) -> Path | None:
        """The model that hears; None for the shipped one."""
        return self._model or (Path(self.settings.model) if self.settings.model else None)

    @property
    def demo(self) -> bool:
        """Whether a recording is played instead of listening."""
        return self._recording is not None

    @property
    def listening(self) -> bool:
        """Whether a stream runs or is being started."""
        return self.session.state in ("starting", "listening", "lost")

    def toggle_listening(self) -> None:
        """Stop listening, or start again."""
        if self.listening:
            self._line.send(Stop("paused"))
        else:
            self.listen()

    def listen(self) -> None:
        """Start listening anew."""
        self.session.state = "starting"
        self._line.send(self._start())

    def toggle_recording(self) -> None:
        """Begin a take, or end the running one."""
        if self.session.take is not None or self._asked:
            self._line.send(Record(None))
            self.session.take_ends()
            self._asked, self._over_already = False, self._asked
        elif self.session.state in ("listening", "lost"):
            self._line.send(Record(self.settings.takes_folder))
            self._asked = True
        self._first_note.pressed()

    def save_recent(self) -> None:
        """Keep the last five minutes as a take."""
        self._line.send(SaveRecent(self.settings.takes_folder))

    def record_into(self, folder: Path) -> None:
        """Begin a take in another folder, which stays the folder of takes. Raises FileError."""
        make_folder(folder)
        self.settings.takes = str(folder)
        self._line.send(Record(folder))
        self.changed()

    def send_midi(self, sending: bool) -> None:
        """Whether the MIDI port gets what is heard; a banner stays for as long as it does not."""
        self._sending = sending
        self._line.send(SendMidi(sending))
        self.session.midi_is_sent(sending)

    def panic(self) -> None:
        """Silence everything at the port."""
        self._line.send(Panic())

    def set_input(self, name: str) -> None:
        """Listen to another microphone; "" is the system's."""
        self._set(input=name)
        self._line.send(SetDevice(self._source()))

    def set_channel(self, channel: str) -> None:
        """channel: "auto", "mix" or a number from 1."""
        self._set(channel=channel)
        self._line.send(SetDevice(self._source()))

    def set_delay(self, delay: str) -> None:
        """fast, balanced or accurate."""
        self.session.delay_changes()
        self._set(delay=delay)
        self._line.send(SetDelay(delay))

    def set_decoder(self, **values: float | bool) -> None:
        """gate_db, sensitivity, min_note_ms or pedal."""
        self._set(**values)
        self._line.send(SetDecoder(self.decoder, self._gate()))

    def gate_the_room(self) -> None:
        """Set the gate just above the noise of the room, once that is known."""
        if (gate_db := self.session.noise.gate_db) is not None:
            self.set_decoder(gate_db=gate_db)

    def set_port(self, **values: str | float) -> None:
        """midi_port, midi_channel, transpose or velocity_*."""
        self._set(**values)
        if "midi_port" in values:
            self.session.port_changes()
        self._line.send(self._port())

    def set_curve(self, curve: VelocityCurve) -> None:
        """Bend what the port sends."""
        self.set_port(velocity_gamma=curve.gamma, velocity_low=curve.low, velocity_high=curve.high)

    def press(self, pitch: int, velocity: int) -> None:
        """A key was clicked: it is sent, and seen, but neither heard nor recorded."""
        self.session.pressed.add(pitch)
        if self.settings.click_plays:
            self._line.send(Play(NoteOn(0.0, 0.0, pitch, velocity, 1.0)))

    def let_go(self, pitch: int) -> None:
        """A clicked key comes up."""
        if pitch in self.session.pressed:
            self.session.pressed.remove(pitch)
            self._line.send(Play(NoteOff(0.0, 0.0, pitch)))

    def play(self, pitch: int, velocity: int) -> None:
        """Send a note that nobody plays to the port; velocity 0 ends it."""
        note = NoteOn(0.0, 0.0, pitch, velocity, 1.0) if velocity else NoteOff(0.0, 0.0, pitch)
        self._line.send(Play(note))

    def hold_midi(self, held: bool) -> None:
        """Keep what is heard from the port for as long as a test lasts."""
        self._line.send(SendMidi(self._sending and not held))

    def measure_tuning(self, wanted: bool) -> None:
        """Whether notes that sound alone are measured, and told to `follow`."""
        self._line.send(MeasureTuning(wanted))

    def watch_spectrum(self, wanted: bool) -> None:
        """Whether the session's spectrum is kept up to date."""
        self._spectrum = wanted
        self._line.send(ShowSpectrum(wanted))

    def set_display(self, **values: str | float | bool) -> None:
        """theme, colours, split, names, panel and whatever else concerns the window alone."""
        self._set(**values)

    def choose(self, name: str, value: object) -> None:
        """Set any setting by its name, as the control for it would."""
        if name == "velocity_low":
            value = min(int(str(value)), self.settings.velocity_high)
        elif name == "velocity_high":
            value = max(int(str(value)), self.settings.velocity_low)
        if name in DECODING:
            self.set_decoder(**{name: value})  # type: ignore[arg-type]
        elif name in SENDING:
            self.set_port(**{name: value})  # type: ignore[arg-type]
        elif name == "delay":
            self.set_delay(str(value))
        else:
            self._set(**{name: value})
            if name in HEARING:
                self._line.send(SetDevice(self._source()))
            elif name in RESTARTING and self.listening:
                self.listen()

    def reset(self) -> None:
        """Every setting as it was at first."""
        first = Settings()
        for field in fields(Settings):
            value = getattr(first, field.name)
            if field.name not in SHAPE and getattr(self.settings, field.name) != value:
                self.choose(field.name, value)

    def show_hands(self, shown: str) -> None:
        """Show the "left" hand alone, the "right" one, or "both"."""
        self.hidden = {"left": "right", "right": "left"}.get(shown, "")
        self.changed()

    def toggle_hand(self, hand: str) -> None:
        """Hide a hand's notes on the stage ("left" or "right"), or show them again."""
        self.hidden = "" if self.hidden == hand else hand
        self.changed()

    def next_theme(self) -> None:
        """Night, Daylight, High contrast, Night."""
        names = list(THEMES)
        self._set(theme=names[(names.index(self.settings.theme) + 1) % len(names)])

    def next_colours(self) -> None:
        """The next way to colour notes."""
        self._set(colours=COLOURS[(COLOURS.index(self.settings.colours) + 1) % len(COLOURS)])

    def change_speed(self, steps: int) -> None:
        """Let blocks rise faster or slower."""
        slowest, fastest = LIMITS["speed"]
        self._set(speed=min(max(self.settings.speed + steps * SPEED_STEP, slowest), fastest))

    def _watch_take(self, item: object) -> None:
        """An engine that is slow to begin a take may be told to end it before it says that it has begun."""
        if isinstance(item, TakeStarted) and self._over_already:
            self.session.take_ends()
        if isinstance(item, TakeStarted | End | Failed) or (isinstance(item, Notice) and item.code == "take"):
            self._asked = self._over_already = False

    def _begin_take(self, note: NoteOn, now: float) -> None:
        """Record from the first note on, if this is one."""
        since_s = self._first_note.heard(note.time, now, self.session.take is not None)
        if since_s is not None:
            self._line.send(Record(self.settings.takes_folder, since_s))

    def _set(self, **values: object) -> None:
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        self.changed()

    def _source(self) -> Source:
        if self._recording is not None:
            return FileSource(self._recording)
        return MicrophoneSource(self.settings.input or None, parse_channel(self.settings.channel))

    def _gate(self) -> float | None:
        return None if self.settings.gate_db <= GATE_OFF_DB else self.settings.gate_db

    def _start(self) -> Start:
        return Start(
            self._source(),
            self.model,
            self.settings.device,
            self.settings.delay,
            self.decoder,
            self._gate(),
            spectrum=self._spectrum,
            midi=self._sending,
        )

    def _port(self) -> PortSettings:
        return PortSettings(self.settings.midi_port, self.settings.midi_channel, self.settings.transpose, self.curve)
