"""Verification: insurance questions asked and answered."""
