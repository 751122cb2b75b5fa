"""Refunds: asked for, decided by a second person, paid, seen at the bank."""
