"""``docs/reference/command-line.md`` names every command, argument and option there is.

``REVCYCLE_REWRITE=1 pytest tests/spec/test_command_line_doc.py`` writes its generated part anew.
"""

import os
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import typer
from typer.main import get_command

from revcycle.settings import Settings
from workbench.commands.main import COMMANDS, Command

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/command-line.md"
BEGIN = "<!-- generated: begin -->\n"
END = "<!-- generated: end -->\n"
SHELL_COMPLETION = {"install_completion", "show_completion"}


def all_commands() -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with what one types."""
    for name, command in COMMANDS.items():
        yield from commands_in(load(command), f"revcycle {name}")


def load(command: Command) -> Any:
    target = getattr(import_module(f"workbench.commands.{command.module}"), command.attribute)
    if isinstance(target, typer.Typer):
        return get_command(target)
    app = typer.Typer(add_completion=False)
    app.command()(target)
    return get_command(app)


def commands_in(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
    else:
        for name, one in inner.items():
            yield from commands_in(one, f"{path} {name}")


def section(path: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = [path, *(["[OPTIONS]"] if options else []), *(argument(one) for one in arguments)]
    lines = [f"### `{' '.join(usage)}`", "", paragraph(command.help), ""]
    if any(one.help for one in arguments) or options:
        lines += ["| | |", "|---|---|"]
        lines += [f"| `{argument(one)}` | {sentence(one)} |" for one in arguments if one.help]
        lines += [option_row(one) for one in options if one.name not in SHELL_COMPLETION]
        lines.append("")
    return "\n".join(lines)


def argument(parameter: Any) -> str:
    return str(parameter.name).upper() + ("..." if parameter.nargs == -1 else "")


def option_row(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    return f"| {names}{' (required)' if parameter.required else ''} | {sentence(parameter)} |"


def sentence(parameter: Any) -> str:
    """Write the help of a parameter, the values it allows and its default."""
    text = " ".join((parameter.help or "").split()).rstrip(". ").replace("|", "\\|")
    kind = parameter.type_descriptor.annotation
    kind = next(iter(get_args(kind)), kind)  # a repeatable option is a list of something
    choices = list(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else []
    allowed = f"; one of {', '.join(f'`{choice}`' for choice in choices)}" if choices else ""
    default = parameter.default
    shown = "" if isinstance(default, bool) or default is None else str(default)
    return (f"{text}{allowed}" + (f"; default `{shown}`" if shown else "")).removeprefix("; ")


def paragraph(help_text: str) -> str:
    return " ".join(help_text.split())


def generated() -> str:
    return "\n".join(section(path, command) for path, command in all_commands())


def test_the_page_of_commands_is_current() -> None:
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    written, after = rest.split(END)
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(before + BEGIN + generated() + END + after, encoding="utf-8")
        written = generated()
    assert written == generated()


def test_every_command_says_what_it_does() -> None:
    everything = list(all_commands())
    assert len(everything) >= len(COMMANDS)
    assert [path for path, command in everything if not command.help] == []


def test_the_page_names_every_setting() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = [f"REVCYCLE_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in text] == []
