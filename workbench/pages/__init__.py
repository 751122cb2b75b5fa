"""Web pages, one module per queue."""
