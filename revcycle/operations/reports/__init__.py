"""Counting what happened at a practice."""
