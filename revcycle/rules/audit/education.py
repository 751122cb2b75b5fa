"""What a coder learns from an audited chart."""

from collections.abc import Iterable
from typing import Final

from models.documents.coding_audit import JudgedCode
from models.values.coding_audit import CodePart

EDUCATION_LENGTH_MAX: Final = 2_000
PART_WORDS: Final = {
    CodePart.DIAGNOSIS: "diagnosis",
    CodePart.FIRST_DIAGNOSIS: "first diagnosis",
    CodePart.PROCEDURE: "procedure",
    CodePart.LEVEL: "level of the visit",
    CodePart.MODIFIER: "modifier",
    CodePart.UNITS: "units",
}


def write_education(codes: Iterable[JudgedCode], remark: str) -> str:
    """Say of each mistake what was coded and what is right, then what the third person adds.

    Source:
        House rule: feedback names the codes and no person; an audit without mistakes says nothing.
    """
    lines = [_line(one) for one in codes if not one.is_right]
    if remark.strip():
        lines.append(remark.strip())
    return "\n".join(lines)[:EDUCATION_LENGTH_MAX]


def say_part(code: JudgedCode) -> str:
    """Say what was decided, such as "Units of 97110"."""
    words = PART_WORDS[code.part].capitalize()
    return f"{words} of {code.service}" if code.service else words


def _line(code: JudgedCode) -> str:
    coded, right = code.coder or "none", code.right or "none"
    return f"{say_part(code)}: coded {coded}, right is {right} ({code.weight})."
