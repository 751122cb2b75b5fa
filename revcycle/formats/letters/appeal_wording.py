"""The text of an appeal from its wording and the facts of the denial.

Wordings are files that an office edits, so they run in Jinja2's sandbox: they name facts and choose
between sentences, and reach nothing of this program. What comes out is text, not markup: pages
escape it and PDFs take it as data.
"""

import re
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.documents.denial import AppealFacts
from models.errors import RejectedError

FOLDER: Final = Path(__file__).parents[3] / "templates" / "letters" / "appeals"
VARIABLES: Final = tuple(one.name for one in fields(AppealFacts))
MANY_EMPTY_LINES: Final = re.compile(r"\n{3,}")
FILTERS: Final = ("capitalize", "default", "lower", "trim", "upper")


class WordingEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox without its functions, its arithmetic and all but a few filters.

    A wording chooses between sentences; it counts nothing, so that nothing in it can be long.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja2's signature
        """Refuse arithmetic.

        Raises:
            SecurityError: always.
        """
        msg = f"a wording does not calculate: {operator}"
        raise SecurityError(msg)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ARG002 - Jinja2's signature
        """Refuse signs.

        Raises:
            SecurityError: always.
        """
        msg = f"a wording does not calculate: {operator}"
        raise SecurityError(msg)


def write_appeal(wording: str, facts: AppealFacts, folder: Path = FOLDER) -> str:
    """Fill a wording of a folder in; paragraphs stand apart by one empty line.

    Raises:
        RejectedError: there is no such wording, or it names what we do not know.
    """
    try:
        text = _sandbox(folder).get_template(f"{wording}.txt").render(asdict(facts))
    except TemplateError as error:
        msg = f"the wording {wording} cannot be filled in: {type(error).__name__}"
        raise RejectedError(msg) from error
    return MANY_EMPTY_LINES.sub("\n\n", text).strip()


@cache
def _sandbox(folder: Path) -> WordingEnvironment:
    """Make the sandbox. Nothing is escaped: the text is read as HTML by nobody."""
    environment = WordingEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=False,
        undefined=StrictUndefined,
        optimized=False,  # or constants are calculated before anybody refuses
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment
