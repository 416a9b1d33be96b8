"""What hours of playing do to the program: `python -m tests.benchmarks.soak` (see `__main__`)."""
