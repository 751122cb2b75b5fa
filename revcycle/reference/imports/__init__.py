"""Readers of the files that ``revcycle refdata import`` takes: one module for each layout."""
