"""Do the sides of diagnoses agree with each other, and with the modifiers of their services?"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10_sides import CodeSite, Side, icd10_sides, icd10_site
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis

MODIFIER_ID = "coding.side_and_modifier"
BOTH_ID = "coding.both_sides_in_one"
UNSPECIFIED_ID = "coding.unspecified_side"

# HCPCS level II modifiers of place (public domain): side, and the part where one is named.
_FINGERS: Final = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
_TOES: Final = ("great toe", "lesser toe", "lesser toe", "lesser toe", "lesser toe")
_EYELIDS: Final = ("upper eyelid", "lower eyelid")
SITE_OF_MODIFIER: Final[Mapping[str, tuple[Side, str]]] = MappingProxyType(
    {
        "LT": (Side.LEFT, ""),
        "RT": (Side.RIGHT, ""),
        "50": (Side.BOTH, ""),
        **{f"E{1 + place}": (Side.LEFT, part) for place, part in enumerate(_EYELIDS)},
        **{f"E{3 + place}": (Side.RIGHT, part) for place, part in enumerate(_EYELIDS)},
        **{f"F{place or 'A'}": (Side.LEFT, part) for place, part in enumerate(_FINGERS)},
        **{f"F{5 + place}": (Side.RIGHT, part) for place, part in enumerate(_FINGERS)},
        **{f"T{place or 'A'}": (Side.LEFT, part) for place, part in enumerate(_TOES)},
        **{f"T{5 + place}": (Side.RIGHT, part) for place, part in enumerate(_TOES)},
    }
)
SIDE_WORDS: Final[Mapping[Side, str]] = MappingProxyType(
    {
        Side.RIGHT: "the right",
        Side.LEFT: "the left",
        Side.BOTH: "both sides",
        Side.UNSPECIFIED: "no side",
    }
)


def check_side_and_modifier(case: CodingCase) -> tuple[Finding, ...]:
    """Report a modifier of place that fits none of the sided diagnoses its service points at.

    A service whose diagnoses name no side is not judged.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 23, section 20.3 (modifiers of place);
        ICD-10-CM Official Guidelines, section I.B.13 (laterality). Payers compare the two.
    """
    return tuple(
        finding
        for number, service in enumerate(case.coding.services, start=1)
        for finding in _conflicts(case, number, service)
    )


def check_both_sides(case: CodingCase) -> tuple[Finding, ...]:
    """Report the right and the left of one condition where a single code says both.

    Source:
        ICD-10-CM Official Guidelines, section I.B.13: a bilateral code where there is one.
    """
    codes = case.coding.diagnoses
    return tuple(
        on_diagnosis(
            BOTH_ID,
            Severity.WARNING,
            number,
            f"{code_text(sides[Side.RIGHT])} and {code_text(sides[Side.LEFT])} are one code: "
            f"{code_text(sides[Side.BOTH])}",
        )
        for number, code in enumerate(codes, start=1)
        if Side.BOTH in (sides := icd10_sides(code))
        and icd10_site(code).side in {Side.RIGHT, Side.LEFT}
        and {sides[Side.RIGHT], sides[Side.LEFT]} <= set(codes[:number])
    )


def check_unspecified_side(case: CodingCase) -> tuple[Finding, ...]:
    """Remind of the side where the coding itself knows it: by a modifier, or by another diagnosis.

    Source:
        ICD-10-CM Official Guidelines, section I.B.13: unspecified only where the record says none.
    """
    return tuple(
        on_diagnosis(
            UNSPECIFIED_ID,
            Severity.INFO,
            number,
            f"{code_text(code)} names no side, {code_text(better)} does: {where}",
        )
        for number, code in enumerate(case.coding.diagnoses, start=1)
        if icd10_site(code).side is Side.UNSPECIFIED
        for better, where in _better_codes(case, number, code)
    )


def _conflicts(case: CodingCase, number: int, service: CodedService) -> Iterator[Finding]:
    sites = [site for site in _pointed_sites(case, service) if _is_sided(site)]
    if not sites:
        return
    for modifier in service.modifiers:
        if modifier in SITE_OF_MODIFIER and not _fits(modifier, sites):
            named = " and ".join(sorted({_site_words(site) for site in sites}))
            yield Finding(
                MODIFIER_ID,
                Severity.ERROR,
                f"services[{number}].modifiers",
                f"modifier {modifier} says {_modifier_words(modifier)}, its diagnoses say {named}: "
                "one of them is wrong, or the service points at another diagnosis",
            )


def _pointed_sites(case: CodingCase, service: CodedService) -> Iterator[CodeSite]:
    codes = case.coding.diagnoses
    for pointer in service.diagnosis_pointers:
        if 1 <= pointer <= len(codes):
            yield icd10_site(codes[pointer - 1])


def _is_sided(site: CodeSite) -> bool:
    return site.side in {Side.RIGHT, Side.LEFT, Side.BOTH}


def _fits(modifier: str, sites: Iterable[CodeSite]) -> bool:
    """Tell whether a modifier fits one site; both sides need a diagnosis of both, or of each."""
    side, part = SITE_OF_MODIFIER[modifier]
    kept = list(sites)
    sides = {site.side for site in kept}
    if side is Side.BOTH:
        return Side.BOTH in sides or {Side.RIGHT, Side.LEFT} <= sides
    return any(
        site.side in {side, Side.BOTH} and not _is_other_part(part, site.part) for site in kept
    )


def _is_other_part(one: str, other: str) -> bool:
    """Tell whether two parts are different ones of a kind; a finger is not compared to a toe."""
    kinds = (_FINGERS, _TOES, _EYELIDS)
    return one != other and any(one in kind and other in kind for kind in kinds)


def _site_words(site: CodeSite) -> str:
    side = SIDE_WORDS[site.side or Side.UNSPECIFIED]
    return f"{side} {site.part}".rstrip()


def _modifier_words(modifier: str) -> str:
    side, part = SITE_OF_MODIFIER[modifier]
    return f"{SIDE_WORDS[side]} {part}".rstrip()


def _better_codes(case: CodingCase, number: int, code: str) -> Iterator[tuple[str, str]]:
    """Find the sided code that the coding gives reason for, and the reason; at most one."""
    sides = icd10_sides(code)
    for side in (Side.RIGHT, Side.LEFT, Side.BOTH):
        if side in sides and (where := _known_from(case, number, sides[side], side)):
            yield sides[side], where
            return


def _known_from(case: CodingCase, number: int, better: str, side: Side) -> str:
    if better in case.coding.diagnoses:
        return "it stands beside it, keep that one"
    for service in case.coding.services:
        sites = [SITE_OF_MODIFIER.get(modifier) for modifier in service.modifiers]
        if number in service.diagnosis_pointers and any(site and site[0] is side for site in sites):
            return f"a service for it has a modifier of {SIDE_WORDS[side]}"
    return ""
