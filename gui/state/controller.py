"""The actions of the window: each changes settings, session and engine together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from gui.state.choices import Choices, EngineLink
from gui.state.first_note import FirstNote
from gui.state.settings import Settings, save
from realtime.engine.messages import (
    END_OF_FILE,
    REPLACED,
    Configured,
    Failed,
    Message,
    Notice,
    Record,
    RecordRun,
    RunClosed,
    RunStarted,
    SaveRecent,
    Stop,
    StopExpecting,
    TakeStarted,
)
from realtime.errors import FileError
from realtime.events import End, NoteOff, NoteOn, StreamStarted
from realtime.lateness import Lateness
from realtime.midi.port_server import AllNotesOff, PlayNote, PortState
from realtime.system.storage import make_folder
from realtime.transcription.expected import Expect
from realtime.words import Said

logger = logging.getLogger(__name__)
Follower = Callable[[Message, float], None]


class Controller(Choices):
    """The actions of one window, beyond its settings. file: where these are kept; followers are called with every
    message of the engine."""

    def __init__(
        self, settings: Settings, link: EngineLink, file: Path, recording: Path | None = None, model: Path | None = None
    ) -> None:
        super().__init__(settings, link, recording, model)
        self.followers: list[Follower] = []
        self._file = file
        self.unsaved: Said | None = None
        self._first_note = FirstNote()
        self._record_next = False  # whether a take begins with the next stream
        self._asked = False  # whether a take was asked for that has not begun yet
        self._over_already = False  # whether it was ended before it began

    def open(self) -> None:
        """Start to listen."""
        self._link.open(self._start(), self._port())

    def pump(self, now: float) -> bool:
        """Take in the messages of engine and port; whether there were any. now: monotonic time, s."""
        messages = self._link.take()
        for item in messages:
            if isinstance(item, PortState):
                self.session.port_is(item)
            else:
                self.session.apply(item, now)
            if not isinstance(item, PortState | Lateness):
                for follow in tuple(self.followers):
                    follow(item, now)
            if isinstance(item, Configured):
                self._follow_engine(item)
            self._watch_take(item)
            if self.example and isinstance(item, End | Failed):
                self._watch_example(item)
            if self._record_next and isinstance(item, StreamStarted | Failed):
                self._record_next = False
                if isinstance(item, StreamStarted):
                    self.toggle_recording()
            if isinstance(item, NoteOn) and self.settings.first_note and not self.example:
                self._begin_take(item, now)
        if self._first_note.is_over(now, self.session.take is not None):
            self.toggle_recording()
        return bool(messages)

    def close(self) -> None:
        """Keep the settings; end stream, engine and port. `unsaved` then tells what could not be saved at the end."""
        self.keep()
        self._link.close()
        for item in self._link.take():
            if isinstance(item, RunStarted | RunClosed):  # a take that nobody waits for any more is deleted
                for follow in tuple(self.followers):
                    follow(item, 0.0)
            if isinstance(item, Notice) and item.exit_code == FileError.exit_code:
                self.unsaved = item.said

    def keep(self) -> None:
        """Write the settings; a disk that is full is no reason to stop."""
        try:
            save(self.settings, self._file)
        except FileError as error:
            logger.warning("settings: %s", error)

    @property
    def demo(self) -> bool:
        """Whether a recording is played instead of listening."""
        return self._recording is not None

    @property
    def example(self) -> bool:
        """Whether an example is played instead of listening."""
        return self._example is not None

    def play_example(self, recording: Path) -> None:
        """Play a recording through the engine; at its end the piano is listened to again."""
        self._example = recording
        self.listen()

    def end_example(self) -> None:
        """Listen to the piano again."""
        self._example = None
        self.listen()

    def toggle_listening(self) -> None:
        """Stop listening, or start again."""
        if self.listening:
            self._link.send(Stop("paused"))
        else:
            self.listen()

    def toggle_recording(self) -> None:
        """Begin a take, once the piano is listened to, or end the running one."""
        if self.session.take is not None or self._asked:
            self._link.send(Record(None))
            self.session.take_ends()
            self._asked, self._over_already = False, self._asked
        elif self.session.state in ("listening", "lost"):
            self._link.send(Record(self.settings.takes_folder))
            self._asked = True
        elif self._record_next:
            self._record_next = False
        elif self.session.state in ("starting", "paused"):
            self._record_next = True
            if not self.listening:
                self.listen()
        self._first_note.pressed()

    def expect(self, wanted: Expect | None) -> None:
        """Let the engine listen for certain keys, or for none any more."""
        self._link.send(StopExpecting() if wanted is None else wanted)

    def send_run(self, order: RecordRun) -> None:
        """Begin or end the take of a run of practice."""
        self._link.send(order)

    @property
    def settings_folder(self) -> Path:
        """Where the settings lie, and what goes with them."""
        return self._file.parent

    def save_recent(self) -> None:
        """Keep the last five minutes as a take."""
        self._link.send(SaveRecent(self.settings.takes_folder))

    def record_into(self, folder: Path) -> None:
        """Begin a take in another folder, which stays the folder of takes. Raises FileError."""
        make_folder(folder)
        self.settings.takes = str(folder)
        self._link.send(Record(folder))
        self.changed()

    def send_midi(self, sending: bool) -> None:
        """Whether the MIDI port gets the notes; a banner stays for as long as it does not."""
        self._sending = sending
        self._configure()
        self.session.midi_is_sent(sending)

    def silence(self) -> None:
        """Send "all notes off" to the port."""
        self._link.send(AllNotesOff())

    def press(self, pitch: int, velocity: int) -> None:
        """A key was clicked: it is sent and lit, but is no event of the stream and is not recorded."""
        self.session.pressed.add(pitch)
        if self.settings.click_plays:
            self._link.send(PlayNote(NoteOn(0.0, 0.0, pitch, velocity, 1.0)))

    def release_key(self, pitch: int) -> None:
        """A clicked key comes up."""
        if pitch in self.session.pressed:
            self.session.pressed.remove(pitch)
            self._link.send(PlayNote(NoteOff(0.0, 0.0, pitch)))

    def send_note(self, pitch: int, velocity: int) -> None:
        """Send a note to the port that is no event of the stream; velocity 0 ends it."""
        note = NoteOn(0.0, 0.0, pitch, velocity, 1.0) if velocity else NoteOff(0.0, 0.0, pitch)
        self._link.send(PlayNote(note))

    def hold_midi(self, held: bool) -> None:
        """Keep the notes from the port for as long as a test lasts."""
        self._held = held
        self._configure()

    def measure_tuning(self, wanted: bool) -> None:
        """Whether notes that sound alone are measured, as messages to `follow`."""
        self._measuring = wanted
        self._configure()

    def watch_spectrum(self, wanted: bool) -> None:
        """Whether the session's spectrum is kept up to date."""
        self._spectrum = wanted
        self._configure()

    def _follow_engine(self, configured: Configured) -> None:
        """The engine has paused MIDI, or refused settings: what it cannot be set to would be refused with every later
        change, too."""
        if configured.midi_paused:
            self.send_midi(False)
            self.silence()
        elif configured.midi_resumed and not self._sending:
            self.send_midi(True)
        elif configured.asked == self._stream():  # otherwise a later change is on its way, and answered itself
            self._take_back(configured.settings)

    def _watch_take(self, item: object) -> None:
        """An engine that is slow to begin a take may get the order to end it before it has begun."""
        if isinstance(item, TakeStarted) and self._over_already:
            self.session.take_ends()
        if isinstance(item, TakeStarted | End | Failed) or (isinstance(item, Notice) and item.code == "take"):
            self._asked = self._over_already = False

    def _watch_example(self, item: End | Failed) -> None:
        """Its end; not that of the stream that it took the place of."""
        if isinstance(item, End) and item.reason == END_OF_FILE:
            self.end_example()
        elif isinstance(item, Failed) or item.reason != REPLACED:
            self._example = None

    def _begin_take(self, note: NoteOn, now: float) -> None:
        """Record from the first note on, if this is one."""
        since_s = self._first_note.note_played(note.time, now, self.session.take is not None)
        if since_s is not None:
            self._link.send(Record(self.settings.takes_folder, since_s))
