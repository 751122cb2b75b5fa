"""The coder's form: rows of codes as they were typed, and back into the form."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from itertools import zip_longest
from typing import Annotated, Final

from fastapi import Depends, Form
from pydantic import AfterValidator

from revcycle.rules.coding.typed_coding import TypedCoding, TypedService
from workbench.pages.form_texts import LongText, Text

# Control characters, which no typed text has left (``form_texts``).
CELL_END: Final = "\x1f"
ROW_END: Final = "\x1e"


def to_one_line(text: str) -> str:
    """Leave out what a field of one line cannot hold."""
    return "".join(one for one in text if one.isprintable())


Cells = Annotated[
    list[Annotated[str, AfterValidator(to_one_line)]], Form(default_factory=list, max_length=200)
]


@dataclass(frozen=True, slots=True, repr=False)
class CodingForm:
    """Everything that a coder sent.

    Attributes:
        rows: The codes.
        token: The fencing token of the lease.
        shown: The fingerprint of the stored codes that the page was made from.
        accepted: The marks of the warnings that the coder ticked.
        reason: Why they may stand.
        question: To the provider.
    """

    rows: TypedCoding
    token: int
    shown: str
    accepted: tuple[str, ...]
    reason: str
    question: str

    def to_typed(self) -> dict[str, str]:
        """Write it down for the page that shows it again."""
        return {
            "diagnoses": ROW_END.join(self.rows.diagnoses),
            "services": ROW_END.join(CELL_END.join(astuple(one)) for one in self.rows.services),
            "shown": self.shown,
            "accepted": ROW_END.join(self.accepted),
            "why_accepted": self.reason,
            "question": self.question,
        }


def rows_of(typed: Mapping[str, str]) -> TypedCoding | None:
    """Read the codes back; None when the page was not made from a form."""
    if "diagnoses" not in typed:
        return None
    return TypedCoding(
        _split(typed["diagnoses"]),
        tuple(TypedService(*row.split(CELL_END)) for row in _split(typed["services"])),
    )


def accepted_of(typed: Mapping[str, str]) -> tuple[str, ...]:
    """Read back which warnings were ticked."""
    return _split(typed.get("accepted", ""))


def read_rows(
    diagnosis: Cells,
    procedure: Cells,
    modifiers: Cells,
    units: Cells,
    pointers: Cells,
    service_date: Cells,
    revenue_code: Cells,
) -> TypedCoding:
    """Put the fields of the rows together; each comes as often as there are rows."""
    columns = (procedure, modifiers, units, pointers, service_date, revenue_code)
    services = (TypedService(*row) for row in zip_longest(*columns, fillvalue=""))
    return TypedCoding(tuple(diagnosis), tuple(services)).trimmed()


Rows = Annotated[TypedCoding, Depends(read_rows)]


def read_form(
    rows: Rows,
    token: Annotated[int, Form(ge=0)],
    accepted: Cells,
    shown: Text = "",
    why_accepted: LongText = "",
    question: LongText = "",
) -> CodingForm:
    """Read the whole form."""
    return CodingForm(rows, token, shown, tuple(accepted), why_accepted, question)


SentCoding = Annotated[CodingForm, Depends(read_form)]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(ROW_END)) if text else ()
