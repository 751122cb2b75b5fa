"""What a page says of the step before. An address names only the word; the text is fixed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import Query

SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "next": "This is the next one.",
        "nothing_left": "Nothing is left here that you may take.",
        "taken": "It is yours now.",
        "given_back": "It is free for others again.",
        "put_off": "Put off. It comes back by itself.",
        "woken": "It waits again.",
        "escalated": "A team lead will look at it.",
        "noted": "Your note is kept.",
        "handed_over": "Handed over.",
        "finished": "Finished.",
        "changed": "Done. Items in somebody else's hands were left alone.",
        "view_kept": "The view is kept.",
        "view_dropped": "The view is forgotten.",
    }
)
Said = Annotated[str, Query(max_length=40)]


def to_said(word: str) -> str:
    """Say it; a word that nobody gave says nothing."""
    return SAID.get(word, "")
