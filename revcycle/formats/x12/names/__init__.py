"""What segments, elements, loops and codes are called in plain words, and what may be shown."""
