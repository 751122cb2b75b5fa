"""``python -m workbench.commands``: the same as ``revcycle``."""

from workbench.commands.main import run

if __name__ == "__main__":
    run()
