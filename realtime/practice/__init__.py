"""Practice against a score: what is to be played, and how what was heard compares with it."""
