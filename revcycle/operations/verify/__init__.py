"""Checks of what must always hold, for `revcycle verify`."""
