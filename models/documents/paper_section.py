"""What a client file says of claim forms on paper."""

from typing import Annotated

from pydantic import Field

from models.documents.client_section import Section
from models.documents.paper import PaperShift


class PaperSection(Section):
    """How far claim forms are moved on this office's printer; negative is left and up."""

    left: Annotated[int, Field(ge=-10, le=10)] = 0  # tenths of an inch
    top: Annotated[int, Field(ge=-10, le=10)] = 0

    def to_shift(self) -> PaperShift:
        """Turn it into what the form is drawn with."""
        return PaperShift(self.left, self.top)
