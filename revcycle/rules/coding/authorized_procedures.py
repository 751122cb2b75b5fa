"""Which procedures does an authorization speak of?"""

import re
from typing import Final

from revcycle.reference.procedure_families import PROCEDURE_FAMILIES

CODES_LENGTH: Final = 400
_CODE: Final = r"[0-9A-Z][0-9]{3}[0-9A-Z]"
_SPAN: Final = re.compile(rf"({_CODE})(?:-({_CODE}))?")


def read_procedures(text: str) -> str:
    """Bring what somebody wrote into the one form: codes and ranges joined by commas.

    Families such as ``physical therapy`` become their range; nothing means every procedure.

    Raises:
        ValueError: a part is no code, range or family, or there are too many.

    Source:
        House rule; the families are those of ``reference/procedure_families.py``.
    """
    parts = [part for part in re.split(r"[,;]|\s{2,}|\n", text) if part.strip()]
    read = ",".join(dict.fromkeys(span for part in parts for span in _spans_of(part.strip())))
    if len(read) > CODES_LENGTH:
        msg = f"procedures have at most {CODES_LENGTH} characters in all: use ranges"
        raise ValueError(msg)
    return read


def covers_procedure(procedures: str, code: str) -> bool:
    """Tell whether a procedure is among the codes and ranges; none at all mean every one.

    Source:
        As ``read_procedures``.
    """
    return not procedures or any(_is_within(span, code) for span in procedures.split(","))


def is_span(text: str) -> bool:
    """Tell whether a text is one code, or a range whose end is not before its beginning.

    Source:
        As ``read_procedures``.
    """
    match = _SPAN.fullmatch(text)
    return match is not None and (match[2] is None or match[1] <= match[2])


def _spans_of(part: str) -> list[str]:
    family = PROCEDURE_FAMILIES.get(re.sub(r"[\s_-]+", "_", part.casefold()))
    if family is not None:
        return [family]
    plain = re.sub(r"\s*-\s*", "-", part.upper())
    return [_span(one) for one in plain.split()]


def _span(text: str) -> str:
    if not is_span(text):
        families = ", ".join(name.replace("_", " ") for name in PROCEDURE_FAMILIES)
        msg = f"procedures are codes such as 97110, ranges such as 97110-97150, or {families}"
        raise ValueError(msg)
    return text


def _is_within(span: str, code: str) -> bool:
    first, _, last = span.partition("-")
    return first <= code <= (last or first)
