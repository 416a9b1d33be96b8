"""What must not happen when something dies: a traceback, a hanging note, an orphan, a lost recording."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest

from realtime.takes.folder import open_take
from tests.e2e.endings import sounding
from tests.e2e.program import Program, alive, assert_gone, child_named
from tests.e2e.test_listen import NOTE_OFF, NOTE_ON, assert_alternating, connected_receiver, received
from tests.fakes import FAKE_KEYS
from tests.rig import Rig

pytestmark = pytest.mark.rig

# Before this line the interpreter itself is being loaded, and Ctrl-C is none of ours.
TELLING_MAIN = 'from realtime.cli.main import main; print("{\\"event\\": \\"main\\"}", flush=True); main()'
HELD_PITCH = 21 + FAKE_KEYS[3]
LEVELS = 5


def listening(rig: Rig, model: Path, *options: str) -> Program:
    """`listen` with the fake model and a virtual port, already hearing."""
    command = ("listen", "--model", str(model), "--midi-out", "virtual", "--json", "--levels", *options)
    listen = Program.liszten(*command, env=rig.env)
    listen.wait_for_event("level")
    return listen


def lag_of_clock(listen: Program) -> float:
    """How far the stream's clock lies behind the wall's, by the latest level lines, which a busy machine delays."""
    return min(level["at"] - level["time"] for level in listen.events("level")[-LEVELS:])


def codes(listen: Program) -> list[str]:
    """What it has warned of."""
    return [line["code"] for line in listen.events("warning")]


def test_a_sound_server_that_dies_is_a_gap_and_a_note_off(rig: Rig, fake_model_file: Path, held_note: Path) -> None:
    """The held note ends, the loss is said once, the clock goes on, and listening resumes when the server is back.

    A busy machine leaves sound out besides: then the held note ends and begins again.
    """
    listen = listening(rig, fake_model_file)
    receiver = connected_receiver(rig)
    begun = lag_of_clock(listen)
    player = rig.play(held_note)
    receiver.wait_for(lambda: sounding(receiver) == {HELD_PITCH})
    rig.kill_pulse()
    player.wait()
    receiver.wait_for(lambda: not sounding(receiver))
    listen.wait_for(lambda: "unplugged" in codes(listen))
    gaps, levels = len(listen.events("gap")), len(listen.events("level"))
    rig.start_pulse()
    listen.wait_for(lambda: len(listen.events("gap")) > gaps and len(listen.events("level")) > levels)
    player = rig.play(held_note)
    receiver.wait_for(lambda: sounding(receiver) == {HELD_PITCH})
    ended = lag_of_clock(listen)
    player.kill()
    player.wait()
    listen.interrupt()
    assert listen.end() == 130
    receiver.wait_for(lambda: not sounding(receiver), 5.0)
    receiver.process.kill()
    assert ended == pytest.approx(begun, abs=1.0)
    assert sum(line["lost_s"] for line in listen.events("gap")) > 1.0
    assert codes(listen).count("unplugged") == 1
    assert_alternating(receiver)
    assert "Traceback" not in listen.errors


def test_a_midi_server_that_dies_does_not_stop_listening(rig: Rig, fake_model_file: Path, held_note: Path) -> None:
    """Events go on without JACK, the loss is said, and the port is there again when JACK is."""
    listen = listening(rig, fake_model_file)
    player = rig.play(held_note)
    listen.wait_for_event("note_on")
    rig.kill_jack()
    try:
        listen.wait_for(lambda: [line for line in listen.events("warning") if line["code"] == "port_lost"], 10.0)
    finally:
        rig.start_jack()
    player.kill()
    player.wait()
    listen.wait_for_event("note_off")
    receiver = connected_receiver(rig)
    player = rig.play(held_note)
    receiver.wait_for(lambda: received(receiver, NOTE_ON), 10.0)
    listen.interrupt()
    assert listen.end() == 130
    receiver.wait_for(lambda: received(receiver, NOTE_OFF), 5.0)
    receiver.process.kill()
    player.kill()
    player.wait()


def test_a_killed_engine_is_replaced_and_the_port_stays(rig: Rig, fake_model_file: Path, held_note: Path) -> None:
    """The receiver stays connected: the held note is released, and notes come again after the second `stream`."""
    listen = listening(rig, fake_model_file)
    receiver = connected_receiver(rig)
    player = rig.play(held_note)
    receiver.wait_for(lambda: received(receiver, NOTE_ON))
    os.kill(child_named(listen.process.pid, "engine"), signal.SIGKILL)
    receiver.wait_for(lambda: received(receiver, NOTE_OFF), 5.0)
    listen.wait_for_event("stream", 2)
    receiver.wait_for(lambda: len(received(receiver, NOTE_ON)) == 2, 10.0)
    listen.interrupt()
    assert listen.end() == 130
    receiver.wait_for(lambda: not sounding(receiver), 5.0)
    player.kill()
    player.wait()
    receiver.process.kill()


def test_a_stopped_engine_is_replaced(rig: Rig, fake_model_file: Path) -> None:
    """An engine that is alive but says nothing is no engine."""
    listen = listening(rig, fake_model_file)
    engine = child_named(listen.process.pid, "engine")
    os.kill(engine, signal.SIGSTOP)
    listen.wait_for_event("stream", 2, limit_s=10.0)
    assert not alive(engine)
    listen.interrupt()
    assert listen.end() == 130


def test_ctrl_c_at_any_moment_is_a_clean_end(rig: Rig, fake_model_file: Path) -> None:
    """Whether it is loading, opening or listening: status 130, no traceback, no process left, no line torn."""
    moments = random.Random(0)
    for _ in range(8):
        command = ("listen", "--model", str(fake_model_file), "--json", "--levels")
        listen = Program("-c", TELLING_MAIN, *command, env=rig.env)
        listen.wait_for_event("main")
        time.sleep(moments.uniform(0.0, 2.0))
        children = listen.descendants()
        listen.interrupt()
        if moments.random() < 0.5:
            listen.interrupt()
        assert listen.end() == 130, listen.errors
        assert "Traceback" not in listen.errors
        assert_gone(children)


def test_a_full_disk_keeps_what_was_recorded(rig: Rig, fake_model_file: Path, tune: Path, tmp_path: Path) -> None:
    """One sentence, status 5, notes to the end, and the take holds the sound up to the last byte that fitted."""

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    command = ("listen", "--model", str(fake_model_file), "--midi-out", "none", "--json", "--record", str(tmp_path))
    listen = Program.liszten(*command, env=rig.env, preexec_fn=small_disk)
    listen.wait_for_event("stream")
    player = rig.play(tune)
    listen.wait_for_event("note_off", 16)
    player.wait()
    listen.interrupt()
    assert listen.end() == 5
    assert listen.errors.count("the disk is full") == 1
    (folder,) = tmp_path.iterdir()
    take = open_take(folder)
    assert take.audio.stat().st_size == pytest.approx(200_000, abs=3000)
    import soundfile

    assert soundfile.info(take.audio).frames == (take.audio.stat().st_size - 44) // 3


def test_no_audio_system_no_midi_system(fake_model_file: Path, tmp_path: Path) -> None:
    """Each is one sentence and its own status: no input 3, no MIDI port 4."""
    nothing = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    nothing |= {"PULSE_SERVER": "unix:/nonexistent", "JACK_NO_START_SERVER": "1"}
    model = ("--model", str(fake_model_file))
    silent = Program.liszten("listen", *model, "--midi-out", "none", env=nothing)
    assert silent.end() == 3
    assert silent.errors.startswith("liszten: No microphone found.")
    portless = Program.liszten("demo", *model, "--headless", "--midi-out", "virtual", env=nothing)
    assert portless.end() == 4
    assert portless.errors.startswith("liszten: No MIDI system answers here.")
    anyway = Program.liszten("demo", *model, "--headless", "--seconds", "1", env=nothing)
    assert anyway.end() == 0
    assert anyway.errors.startswith("No notes are sent: No MIDI system")
    assert anyway.events("end")
    for program in (silent, portless, anyway):
        assert program.errors.count("\n") == 1


def test_inputs_and_ports_that_do_not_exist(rig: Rig, fake_model_file: Path) -> None:
    """The sentence names what there is; status 3 for the input, 4 for the port."""
    model = ("--model", str(fake_model_file))
    listen = Program.liszten("listen", *model, "--midi-out", "none", "--input", "Scarlett", env=rig.env)
    assert listen.end() == 3
    assert 'There is no input "Scarlett". There are: ' in listen.errors
    listen = Program.liszten("listen", *model, "--midi-out", "IAC Bus", env=rig.env)
    assert listen.end() == 4
    assert 'No MIDI port is called "IAC Bus".' in listen.errors
    listen = Program.liszten("listen", *model, "--midi-out", "none", "--channel", "40", env=rig.env)
    assert listen.end() == 3
    assert "has no channel 40" in listen.errors


def test_ctrl_c_while_transcribing_leaves_nothing_half_done(
    held_note: Path, fake_model_file: Path, tmp_path: Path
) -> None:
    """At any moment, with processes at work: status 130, no traceback, no process, no file but whole ones."""
    recordings = [tmp_path / f"{index}.wav" for index in range(60)]  # more than any machine ends in 2 s
    for recording in recordings:
        recording.write_bytes(held_note.read_bytes())
    for wait_s in (0.3, 1.0, 1.6, 2.2):
        command = ("transcribe", *map(str, recordings), "--jobs", "2", "--overwrite", "--model", str(fake_model_file))
        transcribe = Program("-c", TELLING_MAIN, *command)
        transcribe.wait_for_event("main")
        time.sleep(wait_s)
        children = transcribe.descendants()
        transcribe.interrupt()
        assert transcribe.end() == 130, transcribe.errors
        assert "Traceback" not in transcribe.errors
        assert_gone(children)
        left = [path for path in tmp_path.iterdir() if path.suffix not in (".wav", ".mid")]
        assert left == []
        assert all(path.stat().st_size > 50 for path in tmp_path.glob("*.mid"))
