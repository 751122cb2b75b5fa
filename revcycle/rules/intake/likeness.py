"""How alike are two descriptions of a person?"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from models.documents.party import Address, Person

# How much each trait counts. What changes least counts most; sex says little about who it is.
_LAST_NAME: Final = 0.25
_FIRST_NAME: Final = 0.25
_BIRTH_DATE: Final = 0.30
_SEX: Final = 0.05
_ADDRESS: Final = 0.10
_PHONE: Final = 0.05
_CLOSE_DATE: Final = 0.5  # one digit wrong, or two changed places: a slip, or another person
_PHONE_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class TraitLikeness:
    """How alike one trait is, from 0 to 1; None where one of the two lacks it."""

    name: str
    weight: float
    likeness: float | None


def trait_likenesses(person: Person, other: Person) -> tuple[TraitLikeness, ...]:
    """Compare two people trait by trait; it does not matter which of the two is named first.

    Source:
        Our rule; Jaro-Winkler as in Winkler, "String Comparator Metrics" (1990).
    """
    return (
        TraitLikeness("last_name", _LAST_NAME, last_name_likeness(person, other)),
        TraitLikeness("first_name", _FIRST_NAME, first_name_likeness(person, other)),
        TraitLikeness(
            "birth_date", _BIRTH_DATE, _date_likeness(person.birth_date, other.birth_date)
        ),
        TraitLikeness("sex", _SEX, _sex_likeness(person.sex, other.sex)),
        TraitLikeness("address", _ADDRESS, _address_likeness(person.address, other.address)),
        TraitLikeness("phone", _PHONE, _phone_likeness(person.phone, other.phone)),
    )


def person_likeness(person: Person, other: Person) -> float:
    """Return 0 to 1: the weighted likeness of the traits that both have.

    Traits that one of them lacks are left out, but names and birth date count as unlike then, so
    that little data never looks like agreement.

    Source:
        Our rule; see ``trait_likenesses``.
    """
    known = [
        (trait.weight, trait.likeness)
        for trait in trait_likenesses(person, other)
        if trait.likeness is not None
    ]
    return sum(weight * likeness for weight, likeness in known) / sum(w for w, _ in known)


def last_name_likeness(person: Person, other: Person) -> float:
    """Compare last names; letter case, accents, hyphens and suffixes do not matter.

    Source:
        Our rule; see ``person_likeness``.
    """
    return _name_likeness(person.last_name, other.last_name)


def first_name_likeness(person: Person, other: Person) -> float:
    """Compare first names; letter case, accents, hyphens and suffixes do not matter.

    Source:
        Our rule; see ``person_likeness``.
    """
    return _name_likeness(person.first_name, other.first_name)


def _name_likeness(name: str, other: str) -> float:
    ours, theirs = _plain(name), _plain(other)
    if not ours or not theirs:
        return 0.0
    return max(
        JaroWinkler.similarity(ours, theirs),
        JaroWinkler.similarity(theirs, ours),
    )


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return re.sub(r"[\W_]", "", re.sub(r"\b(jr|sr|ii|iii|iv)\b\.?", "", letters))


def _date_likeness(day: date | None, other: date | None) -> float:
    if day is None or other is None:
        return 0.0
    slips = OSA.distance(day.strftime("%Y%m%d"), other.strftime("%Y%m%d"))
    return {0: 1.0, 1: _CLOSE_DATE}.get(slips, 0.0)


def _sex_likeness(sex: str, other: str) -> float | None:
    if sex not in ("F", "M") or other not in ("F", "M"):
        return None
    return 1.0 if sex == other else 0.0


def _address_likeness(address: Address | None, other: Address | None) -> float | None:
    if address is None or other is None:
        return None
    ours, theirs = (_plain(f"{one.line1}{one.zip_code[:5]}") for one in (address, other))
    if not ours or not theirs:
        return None
    return max(JaroWinkler.similarity(ours, theirs), JaroWinkler.similarity(theirs, ours))


def _phone_likeness(phone: str, other: str) -> float | None:
    ours, theirs = (re.sub(r"\D", "", one)[-_PHONE_DIGITS:] for one in (phone, other))
    if not ours or not theirs:
        return None
    return 1.0 if ours == theirs else 0.0
