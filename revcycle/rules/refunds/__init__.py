"""Money that goes back: how much, by when, and who decides."""
