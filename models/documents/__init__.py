"""Documents: frozen pictures that rules judge and formats read and write."""
