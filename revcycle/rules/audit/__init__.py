"""Audits of coding: which charts, what differs, how accurate a coder is, and what follows."""
