"""BAI2: physical records joined to logical ones, and their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CONTINUES: Final = "88"
TEXT_ENDS: Final = "/"


@dataclass(frozen=True, slots=True, repr=False)
class BankRecord:
    """A record with its continuations.

    Attributes:
        line: Where it begins, from 1.
        code: 01, 02, 03, 16, 49, 98 or 99; whatever else stands there for an unknown one.
        pieces: What stands after the code, one piece a physical record, each with its end sign.
        count: Physical records, as the trailers count them.
    """

    line: int
    code: str
    pieces: tuple[str, ...]
    count: int

    def fields(self) -> list[str]:
        """Cut a record without free text into its fields."""
        joined = ",".join(piece.rstrip().removesuffix(TEXT_ENDS) for piece in self.pieces)
        return [field.strip() for field in joined.split(",")]

    def leading(self, count: int) -> tuple[list[str], tuple[str, ...]]:
        """Cut off the first fields; what follows is text, piece by piece, commas and all.

        Fields that are not there are empty.
        """
        fields: list[str] = []
        rest: list[str] = []
        for piece in self.pieces:
            if len(fields) == count:
                rest.append(piece.rstrip().removesuffix(TEXT_ENDS))
                continue
            body = piece.rstrip().removesuffix(TEXT_ENDS)
            parts = body.split(",", count - len(fields))
            needed = count - len(fields)
            fields.extend(part.strip() for part in parts[:needed])
            rest.extend(parts[needed:])
        return fields + [""] * (count - len(fields)), tuple(rest)


def read_records(text: str) -> Iterator[BankRecord]:
    """Give the logical records in order; blank lines do not count."""
    line, code, pieces, count = 0, "", [""], 0
    for number, physical in enumerate(text.splitlines(), start=1):
        if not physical.strip():
            continue
        record_code, _, rest = physical.strip().partition(",")
        record_code = record_code.removesuffix(TEXT_ENDS)
        if record_code == CONTINUES and count:
            pieces.append(rest)
            count += 1
            continue
        if count:
            yield BankRecord(line, code, tuple(pieces), count)
        line, code, pieces, count = number, record_code, [rest], 1
    if count:
        yield BankRecord(line, code, tuple(pieces), count)
