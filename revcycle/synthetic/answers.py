"""The answer key: what is right about each generated encounter, as JSON lines.

Simulated staff and tests read it. It never goes into an intake folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from models.errors import RejectedError


@dataclass(frozen=True, slots=True)
class AnswerProcedure:
    """One service as it should be billed; ``pointers`` are 1-based into the diagnoses."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    pointers: tuple[int, ...]
    revenue_code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What is right about one encounter.

    Attributes:
        source_key: The practice's number of the encounter.
        icd10_codes: Without the dot, principal first.
        arrives_coded: False if only the note was sent, so that a coder must find the codes.
        defect: What was planted; empty if nothing was.
        corrections: The field of the finding to the value that is right, in text form.
    """

    source_key: str
    icd10_codes: tuple[str, ...]
    procedures: tuple[AnswerProcedure, ...]
    place_of_service: str
    arrives_coded: bool
    defect: str = ""
    corrections: tuple[tuple[str, str], ...] = ()


def write_answers(answers: Iterable[Answer]) -> bytes:
    """Write one line of JSON for each encounter."""
    return b"".join(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE) for answer in answers)


def read_answers(data: bytes) -> dict[str, Answer]:
    """Read the answer key by source key.

    Raises:
        RejectedError: a line is not of the form that ``write_answers`` makes.
    """
    answers: dict[str, Answer] = {}
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            answer = _read_answer(orjson.loads(line))
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            msg = f"line {number} of the answer key is not readable"
            raise RejectedError(msg) from None
        answers[answer.source_key] = answer
    return answers


def _read_answer(fields: Mapping[str, Any]) -> Answer:
    return Answer(
        source_key=fields["source_key"],
        icd10_codes=tuple(fields["icd10_codes"]),
        procedures=tuple(_read_procedure(one) for one in fields["procedures"]),
        place_of_service=fields["place_of_service"],
        arrives_coded=fields["arrives_coded"],
        defect=fields["defect"],
        corrections=tuple((field, value) for field, value in fields["corrections"]),
    )


def _read_procedure(fields: Mapping[str, Any]) -> AnswerProcedure:
    return AnswerProcedure(
        code=fields["code"],
        modifiers=tuple(fields["modifiers"]),
        units=int(fields["units"]),
        pointers=tuple(fields["pointers"]),
        revenue_code=fields["revenue_code"],
    )
