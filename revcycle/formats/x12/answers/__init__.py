"""Answering received X12 files: 999 and TA1 from what the check found."""
