"""The outside world; each connector keeps its in-memory twin beside it."""
