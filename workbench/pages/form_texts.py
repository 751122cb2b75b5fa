"""What people type into forms, as far as a keyboard can."""

from typing import Annotated, Final

from fastapi import Form
from pydantic import AfterValidator

LINE_ENDS: Final = "\r\n"


def without_controls(text: str) -> str:
    """Leave out what no keyboard types and PostgreSQL does not store; a line may end."""
    return "".join(one for one in text if one.isprintable() or one in LINE_ENDS)


Text = Annotated[str, Form(max_length=300), AfterValidator(without_controls)]
LongText = Annotated[str, Form(max_length=1000), AfterValidator(without_controls)]
LetterText = Annotated[str, Form(max_length=10_000), AfterValidator(without_controls)]
