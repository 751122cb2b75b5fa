"""When: one Prefect flow per stage, and the cycle that calls them in order. No logic."""
