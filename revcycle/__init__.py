"""How the revenue cycle works. No Prefect, no web framework."""
