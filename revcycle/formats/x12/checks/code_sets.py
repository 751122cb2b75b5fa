"""Code sets: the short ones are ours as data, the long ones are the caller's."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_RANGE = re.compile(r"([A-Z]*)(\d+)-\1(\d+)")


@dataclass(frozen=True, slots=True)
class CodeSets:
    """Code sets that are too long, or too often new, to stand in this package.

    What is ``None`` is judged by its form alone.

    Attributes:
        is_diagnosis: Whether an ICD-10-CM code, without its dot, is billable on a day.
        is_procedure: Whether a CPT or HCPCS code is valid on a day.
        adjustment_reasons: The claim adjustment reason codes of a licensed list.
        remarks: The remittance advice remark codes of a licensed list.
    """

    is_diagnosis: Callable[[str, date], bool] | None = None
    is_procedure: Callable[[str, date], bool] | None = None
    adjustment_reasons: frozenset[str] | None = None
    remarks: frozenset[str] | None = None


NO_CODE_SETS = CodeSets()


@cache
def codes_of(name: str) -> frozenset[str]:
    """Return one of the lists in ``codes.toml``."""
    return frozenset(_expand(_lists()[name]))


@cache
def _lists() -> dict[str, str]:
    text = files("revcycle.formats.x12.checks").joinpath("codes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _expand(text: str) -> Iterator[str]:
    """Write out ranges: ``B1-B3`` is B1, B2 and B3; ``01-03`` is 01, 02 and 03."""
    for word in text.split():
        found = _RANGE.fullmatch(word)
        if found is None:
            yield word
            continue
        letters, first, last = found.groups()
        width = len(first) if first.startswith("0") else 0
        for number in range(int(first), int(last) + 1):
            yield f"{letters}{number:0{width}d}"
