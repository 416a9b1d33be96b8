"""Sizes of a network that is quick to run and has every part of the full one."""

from realtime.contract import AnalysisWindow
from training.model.config import NetworkConfig

SMALL = NetworkConfig(
    windows=(AnalysisWindow(1024, 256), AnalysisWindow(320, 128)),
    band_channels=4,
    semitone_channels=6,
    harmonic_channels=3,
    key_channels=8,
    key_hidden=6,
    global_channels=2,
    global_hidden=12,
    context_channels=2,
    memory_channels=4,
    head_hidden=5,
)
