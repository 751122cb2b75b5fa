"""Denials: open, correct, write off, bill, close."""
