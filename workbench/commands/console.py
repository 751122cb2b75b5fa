"""Two consoles: what was asked for goes to standard output, the rest to standard error."""

from rich.console import Console

out = Console()
err = Console(stderr=True)
