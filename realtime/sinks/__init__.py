"""Where events go: MIDI ports, files, takes, other processes."""
