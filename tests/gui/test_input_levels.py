"""The process that hears all microphones goes when the window does, however that ends."""

from __future__ import annotations

from gui.input_levels import InputLevels

PATIENCE_S = 30.0


def test_it_ends_when_it_is_told_to_while_nobody_reads():
    """A program that ends tells its processes to, and waits for them: one that did not obey would hold it for ever."""
    levels = InputLevels()
    levels._process.terminate()
    levels._process.join(PATIENCE_S)
    alive = levels._process.is_alive()
    levels.close()
    assert not alive
