"""A code that somebody wants at hand."""

from dataclasses import dataclass

from models.values.billing_codes import CodeSystem


@dataclass(frozen=True, slots=True)
class FavouriteCodeDocument:
    """One code with a star.

    Attributes:
        system: Whose list.
        code: Without a dot.
        is_of_practice: Everybody who codes for the practice has it; else the person alone.
    """

    system: CodeSystem
    code: str
    is_of_practice: bool
