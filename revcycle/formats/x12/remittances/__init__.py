"""The parts of reading, judging and writing the 835."""
