"""Explaining X12 files to people: loops in words, values masked unless asked for."""
