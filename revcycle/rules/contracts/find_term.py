"""Which term of a contract applies to a service: the most specific one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from models.documents.contract import ContractService, ContractTerm
from revcycle.rules.contracts.code_ranges import is_in_range, width_of

GROUP, RENDERING = 1, 2
NO_MODIFIER: Final = 99  # behind every modifier of a line
Rank = tuple[int, int, int, bool, bool, bool]


class TermFinder:
    """The terms of a contract book, arranged so that few are looked at for each service."""

    def __init__(self, terms: Iterable[ContractTerm]) -> None:
        self._of_codes: dict[tuple[str, str], list[ContractTerm]] = defaultdict(list)
        self._of_ranges: dict[str, list[ContractTerm]] = defaultdict(list)
        for term in terms:
            if term.code_low and term.code_low == term.code_high:
                self._of_codes[term.payer_key, term.code_low].append(term)
            else:
                self._of_ranges[term.payer_key].append(term)

    def find(
        self, service: ContractService, modifiers: Sequence[str], on: date
    ) -> ContractTerm | None:
        """Find the most specific term in force on a day, as if the line had these modifiers.

        The order, from the strongest: the narrower range of codes; the modifier that stands
        first on the line, then none; the rendering provider, then the group, then any; the plan;
        the place of service; the specialty. Terms that tie are refused when they are read, see
        ``check_ties``.

        Source:
            docs/decisions/0027; contracts put the exception for a service before the general rate.
        """
        candidates = (
            *self._of_codes.get((service.payer_key, service.code), ()),
            *self._of_ranges.get(service.payer_key, ()),
        )
        fitting = [term for term in candidates if _fits(term, service, modifiers, on)]
        return min(fitting, key=lambda term: _rank(term, service, modifiers), default=None)

    def list_applicable(self, service: ContractService) -> list[ContractTerm]:
        """List the terms that would fit on some other day, the most specific first."""
        candidates = (
            *self._of_codes.get((service.payer_key, service.code), ()),
            *self._of_ranges.get(service.payer_key, ()),
        )
        fitting = [term for term in candidates if _fits_but_for_day(term, service)]
        return sorted(fitting, key=lambda term: _rank(term, service, service.modifiers))


def is_in_force(term: ContractTerm, on: date) -> bool:
    """Tell whether a term holds on a day; its first and last day count."""
    return term.valid_from <= on and (term.valid_to is None or on <= term.valid_to)


def _fits(term: ContractTerm, service: ContractService, modifiers: Sequence[str], on: date) -> bool:
    if not is_in_force(term, on) or (term.modifier and term.modifier not in modifiers):
        return False
    return _names(term, service)


def _fits_but_for_day(term: ContractTerm, service: ContractService) -> bool:
    has_modifier = not term.modifier or term.modifier in service.modifiers
    return has_modifier and _names(term, service)


def _names(term: ContractTerm, service: ContractService) -> bool:
    return (
        is_in_range(service.code, term.code_low, term.code_high)
        and term.provider_npi in ("", service.rendering_npi, service.group_npi)
        and (not term.plan or term.plan.casefold() == service.plan.casefold())
        and term.place_of_service in ("", service.place_of_service)
        and term.taxonomy in ("", service.taxonomy)
    )


def _rank(term: ContractTerm, service: ContractService, modifiers: Sequence[str]) -> Rank:
    """Order terms, the strongest first."""
    place = modifiers.index(term.modifier) if term.modifier in modifiers else NO_MODIFIER
    provider = 0
    if term.provider_npi:
        provider = RENDERING if term.provider_npi == service.rendering_npi else GROUP
    return (
        width_of(term.code_low, term.code_high),
        place,
        -provider,
        not term.plan,
        not term.place_of_service,
        not term.taxonomy,
    )
