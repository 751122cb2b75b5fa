"""Statements to guarantors, the mails that carry them, and the day for the practice."""
