"""A practice's own plays: ``playbook.toml`` beside its ``client.toml``, taken before ours."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from models.documents.playbook import Play
from models.documents.playbook_file import PlaybookFile, PlaySection
from revcycle.client_config.explanations import explain
from revcycle.client_config.places import ClientFile, Problem
from revcycle.client_config.toml_lines import locate_keys
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.explain_play import ROOTS

RULE_ID: Final = "client.playbook"
FITTING_KEYS: Final = ("group", "carc", "rarc", "payer", "procedure")


@dataclass(frozen=True, slots=True)
class OwnPlays:
    """What could be read of a practice's playbook, and where it is wrong.

    Attributes:
        file: Finds the line of a problem.
        problems: Empty when every play may be used.
        payer_keys: Each payer that a play names, with the play's place.
    """

    file: ClientFile
    plays: tuple[Play, ...] = ()
    problems: tuple[Problem, ...] = ()
    payer_keys: tuple[tuple[int, str], ...] = ()


def read_own_plays(text: str, name: str) -> OwnPlays:
    """Read a practice's playbook.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML.
    """
    content: dict[str, Any] = tomllib.loads(text)
    file = ClientFile(name, locate_keys(text))
    try:
        book = PlaybookFile.model_validate(content)
    except ValidationError as error:
        return OwnPlays(file, problems=tuple(explain(error, PlaybookFile)))
    return OwnPlays(
        file,
        tuple(section.to_play(is_own=True) for section in book.play),
        tuple(_problems(book.play)),
        tuple((at, key) for at, section in enumerate(book.play) for key in section.payer),
    )


def check_payers_of_plays(own: OwnPlays, payer_keys: frozenset[str]) -> Iterator[Problem]:
    """Report a payer that the client file does not know: such a play would never fit."""
    for at, key in own.payer_keys:
        if key not in payer_keys:
            allowed = ", ".join(sorted(payer_keys))
            message = f"{key!r} is not a payer of the client file; allowed: {allowed}"
            yield Problem(RULE_ID, ("play", at, "payer"), message)


def _problems(sections: tuple[PlaySection, ...]) -> Iterator[Problem]:
    taken = {play.id for play in standard_plays()}
    for at, section in enumerate(sections):
        if section.id in taken:
            message = f"{section.id!r} is the name of a play before, or of the product's own"
            yield Problem(RULE_ID, ("play", at, "id"), message)
        taken.add(section.id)
        if section.category not in ROOTS:
            message = f"{section.category!r} is not a category; allowed: {', '.join(ROOTS)}"
            yield Problem(RULE_ID, ("play", at, "category"), message)
        if not any(getattr(section, key) for key in FITTING_KEYS):
            message = f"fits every denial: say which by one of {', '.join(FITTING_KEYS)}"
            yield Problem(RULE_ID, ("play", at), message)
