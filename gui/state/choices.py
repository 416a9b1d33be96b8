"""The settings in force: how each reaches the engine and the port, and how the stage is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Protocol

from gui.stage.geometry import FIT, PITCHES, RANGES
from gui.stage.stage import Look
from gui.stage.theme import HANDS, ONE, PITCH, THEMES, VELOCITY, Palette
from gui.state.keymap import BY_NAME, Keymap
from gui.state.session import Session
from gui.state.settings import GATE_OFF_DB, LIMITS, Settings
from realtime.audio.mono import parse_channel
from realtime.engine.messages import (
    Configure,
    FileSource,
    MicrophoneSource,
    SetDevice,
    Source,
    Start,
)
from realtime.engine.settings import StreamSettings
from realtime.engine.supervisor import News, Order
from realtime.midi.port_server import PortSettings
from realtime.midi.velocity import VelocityCurve
from realtime.transcription.decoder import DecoderSettings

COLOURS = (HANDS, PITCH, VELOCITY, ONE)
SPEED_STEP = 12.0
# Settings that end the running stream: another model or processor must be loaded.
RESTARTING = {"model", "device"}
DECODING = {"gate_db", "sensitivity", "min_note_ms", "pedal"}
SENDING = {"midi_port", "midi_channel", "transpose", "velocity_gamma", "velocity_low", "velocity_high"}
SOURCE = {"input", "channel"}
# What a reset leaves: the shape of the window, and where the takes lie.
SHAPE = {"width", "height", "panel", "takes", "language", "guided", "practice_view", "practice_split"}


class EngineLink(Protocol):
    """What the controller calls of a `Link`."""

    def open(self, start: Start, port: PortSettings) -> None: ...
    def send(self, order: Order) -> None: ...
    def take(self) -> list[News]: ...
    def close(self) -> None: ...


class Choices:
    """The settings of one window, in force. recording: a file that is played instead of listening to the microphone;
    model: one for this start alone. `changed` is called when settings have changed."""

    def __init__(self, settings: Settings, link: EngineLink, recording: Path | None, model: Path | None) -> None:
        self.settings = settings
        self.session = Session()
        self.system_calm = False  # whether the system's settings ask for less motion
        self.hidden = ""  # "left" or "right": a hand that is not shown
        self.changed: Callable[[], None] = lambda: None
        self._link = link
        self._recording = recording
        self._example: Path | None = None  # a recording that is played for once
        self._model = model
        self._sending = True
        self._held = False  # whether a test keeps the notes from the port
        self._spectrum = self._measuring = False

    @property
    def look(self) -> Look:
        """How the stage is to be drawn."""
        chosen = self.settings
        palette = Palette(THEMES[chosen.theme], chosen.colours, chosen.split)
        return Look(
            palette,
            chosen.speed,
            chosen.names,
            calm=self.calm,
            glow=chosen.glow / 100,
            keys=RANGES.get(chosen.keys, PITCHES),
            fit=chosen.keys == FIT,
            hidden=self.hidden,
            chords=chosen.chords,
            tails=chosen.tails,
        )

    @property
    def calm(self) -> bool:
        """Whether nothing is to glow and to fade."""
        return self.settings.motion == "reduced" or (self.system_calm and not self.settings.motion)

    @property
    def curve(self) -> VelocityCurve:
        """What the port does to velocities."""
        return VelocityCurve(self.settings.velocity_gamma, self.settings.velocity_low, self.settings.velocity_high)

    @property
    def keymap(self) -> Keymap:
        """Which key does what."""
        return Keymap(self.settings.shortcuts)

    @property
    def decoder(self) -> DecoderSettings:
        """How the decoder makes notes of activations."""
        return DecoderSettings(self.settings.sensitivity, self.settings.min_note_ms, self.settings.pedal)

    @property
    def model(self) -> Path | None:
        """The model's file; None for the shipped one."""
        return self._model or (Path(self.settings.model) if self.settings.model else None)

    @property
    def listening(self) -> bool:
        """Whether a stream runs or is being started."""
        return self.session.state in ("starting", "listening", "lost")

    def listen(self) -> None:
        """Start listening anew."""
        self.session.state = "starting"
        self._link.send(self._start())

    def set_input(self, name: str) -> None:
        """Listen to another microphone; "" is the system's."""
        self._set(input=name)
        self._change_source()

    def set_channel(self, channel: str) -> None:
        """channel: "auto", "mix" or a number from 1."""
        self._set(channel=channel)
        self._change_source()

    def set_delay(self, delay: str) -> None:
        """live, fast, balanced or accurate."""
        self.session.delay_changes()
        self._set(delay=delay)
        self._configure()

    def set_decoder(self, **values: float | bool) -> None:
        """gate_db, sensitivity, min_note_ms or pedal."""
        self._set(**values)
        self._configure()

    def set_tuning(self, cents: float) -> None:
        """Hear a piano that lies so many cents above A4 = 440 Hz as if it were in tune."""
        self._set(tuning_cents=cents)
        self._configure()

    def gate_the_room(self) -> None:
        """Set the gate just above the noise of the room, once that is known."""
        if (gate_db := self.session.noise.gate_db) is not None:
            self.set_decoder(gate_db=gate_db)

    def set_port(self, **values: str | float) -> None:
        """midi_port, midi_channel, transpose or velocity_*."""
        self._set(**values)
        if "midi_port" in values:
            self.session.port_changes()
        self._link.send(self._port())

    def set_curve(self, curve: VelocityCurve) -> None:
        """Bend what the port sends."""
        self.set_port(velocity_gamma=curve.gamma, velocity_low=curve.low, velocity_high=curve.high)

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
        elif name == "tuning_cents":
            self.set_tuning(float(str(value)))
        elif name == "ignore_own":
            self._set(ignore_own=bool(value))
            self._configure()
        else:
            self._set(**{name: value})
            if name in SOURCE:
                self._change_source()
            elif name in RESTARTING and self.listening:
                self.listen()

    def choose_key(self, name: str, key: str | None) -> None:
        """Give a command another key, "" for none; None gives it back those that it has at first."""
        chosen = {other: its for other, its in self.settings.shortcuts.items() if other != name}
        if key is not None and (key,) != BY_NAME[name].keys:
            chosen[name] = key
        self._set(shortcuts=chosen)

    def reset(self) -> Settings:
        """Every setting as it was at first. Gives what they were until now, for `restore`."""
        before = replace(self.settings)
        self.restore(Settings())
        return before

    def restore(self, wanted: Settings) -> None:
        """Every setting, but the shape of the window, as in `wanted`."""
        for field in fields(Settings):
            value = getattr(wanted, field.name)
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

    def system_wants(self, calm: bool) -> None:
        """Less motion, or not, is what the system's settings ask for."""
        self.system_calm = calm
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

    def _set(self, **values: object) -> None:
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        self.changed()

    def _change_source(self) -> None:
        """Another microphone or channel: a stream that is over begins with all that was changed since, and no take."""
        self._example = None
        if self.listening:
            self._link.send(SetDevice(self._source()))
        else:
            self.listen()

    def _source(self) -> Source:
        if (played := self._example or self._recording) is not None:
            return FileSource(played)
        return MicrophoneSource(self.settings.input or None, parse_channel(self.settings.channel))

    def _take_back(self, valid: StreamSettings) -> None:
        """Choose again what the stream was set to when it refused what is chosen."""
        self._set(
            delay=valid.delay,
            sensitivity=valid.decoder.sensitivity,
            min_note_ms=valid.decoder.min_note_ms,
            pedal=valid.decoder.pedal,
            gate_db=GATE_OFF_DB if valid.gate_db is None else valid.gate_db,
            tuning_cents=valid.tuning_cents,
        )
        self._configure()

    def _configure(self) -> None:
        """Set the running stream to the settings in force."""
        self._link.send(Configure(self._stream()))

    def _stream(self) -> StreamSettings:
        chosen = self.settings
        return StreamSettings(
            delay=chosen.delay,
            decoder=self.decoder,
            gate_db=None if chosen.gate_db <= GATE_OFF_DB else chosen.gate_db,
            tuning_cents=chosen.tuning_cents,
            ignore_own=chosen.ignore_own,
            send_midi=self._sending and not self._held,
            show_spectrum=self._spectrum,
            measure_tuning=self._measuring,
        )

    def _start(self) -> Start:
        example = self._example is not None
        return Start(self._source(), self.model, self.settings.device, settings=self._stream(), remembered=not example)

    def _port(self) -> PortSettings:
        return PortSettings(self.settings.midi_port, self.settings.midi_channel, self.settings.transpose, self.curve)
