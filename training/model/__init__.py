"""The ear: front-end, layers, network."""
