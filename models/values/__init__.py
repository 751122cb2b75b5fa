"""Checked, immutable values: money, identifiers, codes, periods."""
