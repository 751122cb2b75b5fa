"""GLOSSARY.md knows every table and every state, and none that does not exist."""

import importlib
import inspect
import re
from enum import StrEnum
from pkgutil import iter_modules

import pytest
from sqlmodel import SQLModel

import models.states
import models.tables
from tests.architecture.repository import ROOT

GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
NOT_WORDS = ("unclear", "tbd", "todo")


def chapter(title: str) -> str:
    """Cut one chapter out of the glossary."""
    return GLOSSARY.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_column(text: str) -> set[str]:
    """Read the words in backquotes that begin the rows of tables."""
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


def state_enums() -> list[type[StrEnum]]:
    """Find the enums of models/states that say where something stands, not what happens to it."""
    modules = [
        importlib.import_module(f"models.states.{one.name}")
        for one in iter_modules(models.states.__path__)
    ]
    return [
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and issubclass(member, StrEnum)
        and not member.__name__.endswith("Event")
    ]


def test_every_table_is_in_the_glossary() -> None:
    assert models.tables.__all__
    assert first_column(chapter("Tables")) == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("enum", state_enums(), ids=lambda enum: enum.__name__)
def test_every_state_is_in_the_glossary(enum: type[StrEnum]) -> None:
    section = chapter("States").split(f"\n### `{enum.__name__}`")[1].split("\n### ")[0]
    assert first_column(section) == {str(state) for state in enum}


def test_the_glossary_has_no_states_of_nothing() -> None:
    named = set(re.findall(r"^### `(\w+)`", chapter("States"), re.MULTILINE))
    assert named == {enum.__name__ for enum in state_enums()}


def test_every_row_of_the_glossary_says_something() -> None:
    rows = re.findall(r"^\| (.+?) \| (.*?) \|", GLOSSARY, re.MULTILINE)
    assert [word for word, meaning in rows if len(meaning.strip()) < 3] == []
    assert [word for word in NOT_WORDS if re.search(rf"\b{word}\b", GLOSSARY, re.IGNORECASE)] == []
