"""The text of an appeal from its wording and the facts of the denial.

Wordings are files that an office edits, so they run in Jinja2's sandbox: they name facts and choose
between sentences, and reach nothing of this program. What comes out is text, not markup: pages
escape it and PDFs take it as data.
"""

import re
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.documents.denial import AppealFacts
from models.errors import RejectedError

FOLDER: Final = Path(__file__).parents[3] / "templates" / "letters" / "appeals"
VARIABLES: Final = tuple(one.name for one in fields(AppealFacts))
MANY_EMPTY_LINES: Final = re.compile(r"\n{3,}")


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
def _sandbox(folder: Path) -> ImmutableSandboxedEnvironment:
    """Make the sandbox. Nothing is escaped: the text is read as HTML by nobody."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), autoescape=False, undefined=StrictUndefined
    )
