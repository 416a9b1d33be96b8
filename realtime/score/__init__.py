"""A take as sheet music, as a draft: beats, metre, hands, voices, and the page."""
