"""What the window says of failures, in the player's language."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from gui.state.failures import UNEXPECTED, explain
from gui.translation import ENGLISH, tr, use
from realtime.audio.audio_file import BROKEN
from realtime.errors import FileError
from realtime.midi.system import NO_SYSTEM, WAYS_OUT
from realtime.system.storage import file_error
from realtime.transcription.recording import TOO_SHORT


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    use("de")
    yield
    use(ENGLISH)


def test_names_and_reasons_find_their_place() -> None:
    """Also where a reason is a phrase of its own, or what the system says."""
    full = file_error(OSError(28, "No space left on device"), "/takes/Take 3")
    assert tr(explain(full)) == (
        "/takes/Take 3 lässt sich nicht schreiben: Die Festplatte ist voll; schaffen Sie Platz oder wählen Sie einen "
        "anderen Ordner."
    )
    odd = file_error(OSError(5, "Input/output error"), "/takes/Take 3")
    assert tr(explain(odd)) == "/takes/Take 3 lässt sich nicht schreiben: input/output error."
    assert tr(explain(FileError(BROKEN(path="letter.docx")))) == (
        "letter.docx ist beschädigt oder keine Aufnahme, die Liszten lesen kann. Wandeln Sie sie in WAV um."
    )


def test_options_of_the_command_line_are_not_for_the_window() -> None:
    """The same values, without what only a terminal can do."""
    assert tr(TOO_SHORT(path="a.wav", length_s=2.04)) == "a.wav dauert nur 2.0 s. Wählen Sie einen früheren Anfang."
    assert tr(NO_SYSTEM(way_out=WAYS_OUT["linux"]())) == (
        "Hier antwortet kein MIDI-System. Laden Sie den ALSA-Sequencer (sudo modprobe snd-seq) oder starten Sie einen "
        "JACK-Server."
    )


def test_what_nobody_foresaw_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The player sees the sentence; a LisztenError is not logged."""
    with caplog.at_level(logging.ERROR):
        assert explain(FileError(BROKEN(path="a"))) == BROKEN(path="a")
        assert caplog.records == []
        assert explain(KeyError("x")) == UNEXPECTED()
    assert [record.exc_text is None for record in caplog.records] == [False]
    assert tr(UNEXPECTED()) == "Das ist in Liszten selbst gescheitert; das Protokoll sagt mehr."
