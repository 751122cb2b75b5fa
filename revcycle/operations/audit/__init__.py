"""Audits of coding: drawing charts, coding them again, deciding differences, what follows."""
