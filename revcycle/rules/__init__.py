"""Pure decisions; a folder per stage, one rule per module."""
