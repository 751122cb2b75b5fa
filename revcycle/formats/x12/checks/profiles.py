"""Named profiles of payers and partners: rules beyond the guides, as data (SNIP 7)."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from models.documents.finding import Severity
from models.errors import RejectedError


class ProfileError(RejectedError):
    """A profile is unknown, or says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies: an element of the same loop has one of some codes."""

    tag: str
    element: int
    component: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class PartnerRule:
    """One rule of a profile about a segment or an element of a loop.

    Attributes:
        id: Unique in its profile; reports call it ``profile.NAME.ID``.
        loop: Such as ``2010BA``.
        segment: ``REF*F8``, or ``REF`` for any of them.
        element: 0 where the segment itself is meant.
        component: 0 where the whole element is meant.
        is_required: Whether it must be there.
        is_forbidden: Whether it must not.
        pattern: What a whole value must match.
        codes: What a value must be.
        length_min: Fewest characters of a value.
        length_max: Most characters of a value; 0 for no limit.
        when: All must hold for the rule to apply.
    """

    id: str
    loop: str
    segment: str
    message: str
    advice: str
    severity: Severity = Severity.ERROR
    element: int = 0
    component: int = 0
    is_required: bool = False
    is_forbidden: bool = False
    pattern: re.Pattern[str] | None = None
    codes: frozenset[str] | None = None
    length_min: int = 0
    length_max: int = 0
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What one payer or partner wants.

    Attributes:
        name: As the command line takes it.
        title: For people.
        kinds: The guides it is about: ``837P``, ``837I``, ``270`` ...
        claims_per_file: 0 for no limit.
        claims_per_transaction: 0 for no limit.
        frequencies: The values of CLM05-3 that are taken; empty for all.
        is_upper_case: Whether small letters are refused.
        is_basic: Whether characters outside of X12's basic set are refused.
        rules: Rules about single segments and elements.
    """

    name: str
    title: str
    kinds: frozenset[str]
    claims_per_file: int = 0
    claims_per_transaction: int = 0
    frequencies: frozenset[str] = frozenset()
    is_upper_case: bool = False
    is_basic: bool = False
    rules: tuple[PartnerRule, ...] = ()


def profile_names() -> tuple[str, ...]:
    """List the profiles that come with the package."""
    entries = _folder().iterdir()
    return tuple(sorted(one.name[:-5] for one in entries if one.name.endswith(".toml")))


@cache
def profile_text(name: str) -> str:
    """Return the text of a profile.

    Raises:
        ProfileError: there is none of this name.
    """
    if name not in profile_names():
        msg = f"there is no profile {name!r}; there are {', '.join(profile_names())}"
        raise ProfileError(msg)
    return _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("revcycle.formats.x12.checks").joinpath("partner_profiles")
