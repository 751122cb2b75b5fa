"""Of which service a modifier or units are."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from models.documents.coding_audit import JudgedCode
from models.values.coding_audit import CodePart

SERVICES: Final = frozenset({CodePart.PROCEDURE, CodePart.LEVEL})
OF_A_SERVICE: Final = frozenset({CodePart.MODIFIER, CodePart.UNITS})


def name_services(codes: Iterable[JudgedCode]) -> list[JudgedCode]:
    """Name the procedure of each modifier and unit of one case.

    Args:
        codes: All decisions of the case in the order of the chart, in which each procedure stands
            before its modifiers and units (``list_code_decisions``).
    """
    named, service = [], ""
    for one in codes:
        if one.part in SERVICES:
            service = " / ".join(dict.fromkeys(filter(None, (one.coder, one.auditor))))
        named.append(replace(one, service=service) if one.part in OF_A_SERVICE else one)
    return named
