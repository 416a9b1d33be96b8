"""The network: front-end, layers, checkpoints."""
