"""The engine process: it executes commands, transcribes, and sends messages to its parent. One stream at a time."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from realtime.audio.source import SoundSource
from realtime.engine.messages import (
    DEVICE_CHANGED,
    FAILED,
    REPLACED,
    Command,
    Configure,
    Configured,
    Failed,
    FileSource,
    Message,
    Notice,
    Quit,
    Record,
    SaveRecent,
    SetDevice,
    Source,
    SpectrumColumn,
    Start,
    Status,
    Stop,
    TakeSaved,
    after,
)
from realtime.engine.settings import StreamSettings
from realtime.engine.stream import Stream
from realtime.errors import FileError, LisztenError, UsageError, said
from realtime.events import StreamStarted
from realtime.midi.port import MidiPortSink
from realtime.sinks.fanout import Fanout
from realtime.system import process
from realtime.system.outbox import Outbox
from realtime.takes.recent import Recent
from realtime.takes.recorder import TakeSink
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.words import Phrase

logger = logging.getLogger(__name__)
STATUS_S = 0.05
PAUSE_S = 0.002
IDLE_S = 0.2
RECENT, REFUSED = "recent", "refused"
UNSAVED = Phrase("recent.unsaved", "The last minutes cannot be kept: {why}. Choose another folder.")
NOTHING_TO_KEEP = Phrase("recent.empty", "There is nothing to keep yet: no sound was heard.")
STREAM_FAILED = Phrase("engine.failed", "Listening failed inside Liszten; the log tells more.")
SINK_FAILED = Phrase("engine.sink_failed", "The {name} output failed and is left out: {why}.")
# Python hands its lock over every 5 ms by default; the audio callback cannot wait so long.
SWITCH_INTERVAL_S = 0.0005


def run(commands: Connection, notes: Connection | None) -> None:
    """Body of the engine process. notes: pipe to the MIDI port process, or None."""
    engine = Engine(commands, notes)
    process.on_terminate(engine.stop)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    engine.serve()


def is_droppable(message: Message) -> bool:
    """Whether another message of its kind follows soon, so that a parent that does not read may miss this one."""
    return isinstance(message, Status | SpectrumColumn)


class Engine:
    """Runs one stream at a time as `commands` say; ends on Quit, or when the parent is gone."""

    def __init__(self, commands: Connection, notes: Connection | None) -> None:
        self._commands = commands
        self._port = None if notes is None else MidiPortSink(notes)
        self._outbox: Outbox[Message] = Outbox(commands, is_droppable)
        self._fanout = Fanout(self._sink_failed)
        self._running = True
        self._start: Start | None = None
        self._stream: Stream | None = None
        self._recent = Recent()
        self._next_status = 0.0
        self._model: OnnxStep | None = None
        self._model_key: tuple[Path | None, str] | None = None

    def stop(self) -> None:
        """End at the next turn of the loop."""
        self._running = False

    def serve(self) -> None:
        """The loop: a command if there is one, then the sound that waits, then a Status when it is time."""
        try:
            while self._running:
                if self._commands.poll(IDLE_S if self._stream is None else PAUSE_S):
                    self._guarded_execute()
                self._guarded_process()
        finally:
            self._finish("stopped")
            self._outbox.close()

    def _guarded_execute(self) -> None:
        try:
            command: Command = self._commands.recv()
        except (EOFError, OSError):
            self._running = False
            return
        try:
            self._execute(command)
        except Exception as error:
            self._fail(error)

    def _guarded_process(self) -> None:
        try:
            self._process()
        except Exception as error:
            self._fail(error)

    def _execute(self, command: Command) -> None:
        match command:
            case Start():
                self._finish(REPLACED)
                self._begin(command)
            case SetDevice() if self._start is not None:
                self._finish(DEVICE_CHANGED)
                self._begin(after(self._start, command))
            case Stop(reason=reason):
                self._finish(reason)
            case Quit():
                self._running = False
            case SaveRecent(folder=folder):
                self._save_recent(folder)
            case Configure(settings=settings) if self._stream is not None:
                self._configure(self._stream, settings)
            case Record(folder=folder, since_s=since_s) if self._stream is not None and self._start is not None:
                self._stream.record(folder, since_s)
                self._start = after(self._start, command)

    def _configure(self, stream: Stream, settings: StreamSettings) -> None:
        """A value out of range gives a Notice; it changes nothing, and the stream goes on."""
        try:
            stream.configure(settings)
        except UsageError as error:
            self._outbox.post(Notice(REFUSED, error.said))
            self._outbox.post(Configured(settings, stream.settings))

    def _begin(self, start: Start) -> None:
        model = self._loaded(start.model, start.device)
        source = open_source(start.source)
        try:
            self._stream = Stream(start, model, source, self._outbox.post, self._fanout, self._port, self._recent)
        except BaseException:
            source.close()
            raise
        self._start = start

    def _loaded(self, path: Path | None, device: str) -> OnnxStep:
        """The model, loaded once as long as the same one is wanted."""
        if self._model is None or self._model_key != (path, device):
            self._model = OnnxStep(path or shipped_model(), device)
            self._model_key = (path, device)
        return self._model

    def _save_recent(self, folder: Path) -> None:
        """A take of the last five minutes, written in a thread: the stream goes on."""
        past = self._recent.since()
        if past is None:
            self._outbox.post(Notice(RECENT, NOTHING_TO_KEEP()))
            return
        threading.Thread(target=self._save, args=(TakeSink(folder, past=past), past.stream), name="save").start()

    def _save(self, take: TakeSink, stream: StreamStarted) -> None:
        try:
            with contextlib.closing(take):
                take.open(stream)
        except Exception as error:
            logger.exception("the last minutes cannot be kept")
            self._outbox.post(Notice(RECENT, said(error, UNSAVED(why=str(error))), FileError.exit_code))
        else:
            self._outbox.post(TakeSaved(take.folder))

    def _process(self) -> None:
        if self._stream is None:
            return
        self._stream.pump()
        if time.monotonic() >= self._next_status:
            self._next_status = time.monotonic() + STATUS_S
            self._stream.publish_status()
        if self._stream.done is not None:
            self._finish(self._stream.done)

    def _finish(self, reason: str) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            if self._start is not None:  # a stream on another device begins with these settings
                self._start = after(self._start, Configure(stream.settings))
            stream.finish(reason)

    def _fail(self, error: Exception) -> None:
        """End the stream, whose take is kept, and send the parent the reason."""
        logger.exception("the stream failed")
        self._finish(FAILED)
        exit_code = error.exit_code if isinstance(error, LisztenError) else 1
        trace = "".join(traceback.format_exception(error))
        self._outbox.post(Failed(said(error, STREAM_FAILED()), exit_code, trace))

    def _sink_failed(self, name: str, error: Exception) -> None:
        """Called from the thread of a sink that has failed."""
        exit_code = FileError.exit_code if isinstance(error, FileError) else 1
        self._outbox.post(Notice(name, said(error, SINK_FAILED(name=name, why=str(error))), exit_code))


def open_source(source: Source) -> SoundSource:
    """The microphone or the player. Raises AudioDeviceError or FileError."""
    if isinstance(source, FileSource):
        from realtime.audio.player import FilePlayer

        return FilePlayer(source.path)
    from realtime.audio.capture import Microphone  # loads PortAudio, which a demo does not need

    return Microphone(source.input, source.channel + 1 if isinstance(source.channel, int) else None)
