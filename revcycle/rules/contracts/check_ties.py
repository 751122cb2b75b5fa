"""Terms between which nobody could choose: as specific as each other, for one service and day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from models.documents.contract import ContractTerm
from models.documents.finding import Finding, Severity
from revcycle.rules.contracts.code_ranges import overlap, width_of

RULE_ID: Final = "contract.tie"
Kind = tuple[str, str, str, str, str, str, int]


def check_ties(terms: Iterable[ContractTerm], file_name: str) -> tuple[Finding, ...]:
    """Report each term that ties with an earlier one of the file.

    Two terms tie when all that narrows them is the same, their ranges are equally wide and
    overlap, and both hold on some day.
    """
    by_kind: dict[Kind, list[ContractTerm]] = defaultdict(list)
    for term in terms:
        by_kind[_kind(term)].append(term)
    return tuple(
        Finding(
            RULE_ID,
            Severity.ERROR,
            "code",
            f"is as specific as line {first.line} for the same service and day: end one of them",
            f"{file_name} line {second.line}",
        )
        for alike in by_kind.values()
        for first, second in _ties(alike)
    )


def _ties(alike: list[ContractTerm]) -> Iterator[tuple[ContractTerm, ContractTerm]]:
    ordered = sorted(alike, key=lambda term: (term.code_low, term.line))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if not overlap((first.code_low, first.code_high), (second.code_low, second.code_high)):
                break
            if _share_a_day(first, second):
                yield (first, second) if first.line < second.line else (second, first)


def _share_a_day(first: ContractTerm, second: ContractTerm) -> bool:
    ends_before = first.valid_to is not None and first.valid_to < second.valid_from
    begins_after = second.valid_to is not None and second.valid_to < first.valid_from
    return not (ends_before or begins_after)


def _kind(term: ContractTerm) -> Kind:
    return (
        term.payer_key,
        term.plan.casefold(),
        term.provider_npi,
        term.taxonomy,
        term.place_of_service,
        term.modifier,
        width_of(term.code_low, term.code_high),
    )
