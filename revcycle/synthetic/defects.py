"""Errors that are planted in generated records, at stated rates."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.encounter import CodeSystem, EncounterDocument, SourceCode
from models.documents.party import Person
from revcycle.synthetic.edit_lists import TRAY

# Of all encounters; together about one in eight has something planted.
MISSING_BIRTH_DATE_RATE: Final = 0.020
BAD_NPI_RATE: Final = 0.015
UNKNOWN_PAYER_RATE: Final = 0.020
DUPLICATE_RATE: Final = 0.020
CHANGED_SPELLING_RATE: Final = 0.015
PART_BESIDE_RATE: Final = 0.020
MANY_UNITS_RATE: Final = 0.020
UNKNOWN_PAYER: Final = ("Moonvale Mutual", "ZZ999")  # no practice may know it
UNITS_MISTYPED: Final = 11


class Defect(StrEnum):
    """What is wrong with a record."""

    NONE = ""
    MISSING_BIRTH_DATE = "missing_birth_date"
    BAD_NPI = "bad_npi"
    UNKNOWN_PAYER = "unknown_payer"
    DUPLICATE = "duplicate"  # the whole record is sent a second time, in another file
    CHANGED_SPELLING = "changed_spelling"  # a patient of the same day comes back, misspelled
    PART_BESIDE = "part_beside"  # the codes bill a tray beside the service that includes it
    MANY_UNITS = "many_units"  # the codes have 11 units where one was meant


RATES: Final[Mapping[Defect, float]] = MappingProxyType(
    {
        Defect.MISSING_BIRTH_DATE: MISSING_BIRTH_DATE_RATE,
        Defect.BAD_NPI: BAD_NPI_RATE,
        Defect.UNKNOWN_PAYER: UNKNOWN_PAYER_RATE,
        Defect.DUPLICATE: DUPLICATE_RATE,
        Defect.CHANGED_SPELLING: CHANGED_SPELLING_RATE,
        Defect.PART_BESIDE: PART_BESIDE_RATE,
        Defect.MANY_UNITS: MANY_UNITS_RATE,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Spoiled:
    """A record with its error and what would put it right."""

    document: EncounterDocument
    corrections: tuple[tuple[str, str], ...] = ()


def choose_defect(rng: random.Random) -> Defect:
    """Choose what to plant; mostly nothing."""
    draw = rng.random()
    for defect, rate in RATES.items():
        if draw < rate:
            return defect
        draw -= rate
    return Defect.NONE


def spoil(document: EncounterDocument, defect: Defect) -> Spoiled:
    """Plant an error in a record that is right."""
    spoiler = _SPOILERS.get(defect)
    return spoiler(document) if spoiler else Spoiled(document)


def misspell(person: Person, rng: random.Random) -> Person:
    """Double or drop one letter inside the first or the last name, as typists do."""
    if rng.choice((True, False)):
        return replace(person, first_name=_slip(person.first_name, rng))
    return replace(person, last_name=_slip(person.last_name, rng))


def _slip(name: str, rng: random.Random) -> str:
    place = rng.randrange(2, max(3, len(name) - 1))
    if rng.choice((True, False)):
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1 :]


def _drop_birth_date(document: EncounterDocument) -> Spoiled:
    born = document.patient.birth_date
    patient = replace(document.patient, birth_date=None)
    right = born.isoformat() if born else ""
    return Spoiled(replace(document, patient=patient), (("patient.birth_date", right),))


def _spoil_npi(document: EncounterDocument) -> Spoiled:
    """Change the check digit of the rendering provider's NPI."""
    provider = document.rendering_provider
    if provider is None:
        return Spoiled(document)
    wrong = provider.npi[:-1] + str((int(provider.npi[-1]) + 1) % 10)
    return Spoiled(
        replace(document, rendering_provider=replace(provider, npi=wrong)),
        (("rendering_provider.npi", provider.npi),),
    )


def _change_payer(document: EncounterDocument) -> Spoiled:
    first, *others = document.coverages
    name, payer_id = UNKNOWN_PAYER
    wrong = replace(first, payer_name=name, payer_id=payer_id)
    return Spoiled(
        replace(document, coverages=(wrong, *others)),
        (
            (f"coverages[{first.rank}].payer_name", first.payer_name),
            (f"coverages[{first.rank}].payer_id", first.payer_id),
        ),
    )


def _bill_tray(document: EncounterDocument) -> Spoiled:
    """Bill a tray beside the first service; a coder who knows the chart leaves it out."""
    if not document.procedures:
        return Spoiled(document)
    first = document.procedures[0]
    tray = replace(first, code=SourceCode(CodeSystem.CPT_HCPCS, TRAY), modifiers=())
    return Spoiled(replace(document, procedures=(*document.procedures, tray)))


def _mistype_units(document: EncounterDocument) -> Spoiled:
    if not document.procedures:
        return Spoiled(document)
    first, *others = document.procedures
    wrong = replace(first, units=Decimal(UNITS_MISTYPED))
    return Spoiled(replace(document, procedures=(wrong, *others)))


_SPOILERS: Final[Mapping[Defect, Callable[[EncounterDocument], Spoiled]]] = MappingProxyType(
    {
        Defect.MISSING_BIRTH_DATE: _drop_birth_date,
        Defect.BAD_NPI: _spoil_npi,
        Defect.UNKNOWN_PAYER: _change_payer,
        Defect.PART_BESIDE: _bill_tray,
        Defect.MANY_UNITS: _mistype_units,
    }
)
