"""What to book: pure rules from events to balanced entries."""
