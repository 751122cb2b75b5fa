"""Codes that a note speaks of, for a coder to accept or not. Nothing here assigns a code."""
