"""The revcycle command line, one module per noun."""
