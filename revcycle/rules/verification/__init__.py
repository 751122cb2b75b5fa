"""Verification: what an insurance answer means for the encounter."""
