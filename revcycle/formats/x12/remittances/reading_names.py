"""Whom a claim of a remittance names (NM1): a patient, and whom the payer had to correct."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.documents.party import Reference
from models.documents.remittance_supplements import RemittanceName
from revcycle.formats.x12.remittances.conversions import NPI, name_of, provider_of
from revcycle.formats.x12.remittances.reading_state import Elements, Remains

MEMBER_ID = "MI"  # NM108
SOCIAL_SECURITY_NUMBER = "34"
CORRECTED_ID = "C"
PAYER_ID = "PI"
ENTITIES = frozenset({"QC", "IL", "74", "82", "TT", "PR", "GB"})
FEW = frozenset({"82", "TT", "PR"})  # providers and payers
NOBODY = RemittanceName()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one claim, each where a document has it."""

    patient: RemittanceName
    member_id: str
    patient_identifier: Reference | None
    insured: RemittanceName | None
    corrected_member_id: str
    corrected: RemittanceName | None
    rendering_provider_npi: str
    rendering_provider: RemittanceName | None
    crossover_name: str
    crossover_id: str
    crossover_qualifier: str
    corrected_payer: RemittanceName | None
    other_subscriber: RemittanceName | None


def read_names(segments: Mapping[str, Elements], remains: Remains) -> Names:
    """Read the NM1 segments of a claim by their NM101."""
    names = {entity: _name(segment, remains) for entity, segment in segments.items()}
    patient, insured = names.get("QC", NOBODY), names.get("IL")
    crossover, corrected = names.get("TT", NOBODY), names.get("74")
    rendering = names.get("82")
    member_id = member_id_of(patient, insured)
    return Names(
        patient=patient,
        member_id=member_id,
        patient_identifier=_unusual(patient, insured, member_id),
        insured=insured,
        corrected_member_id=_number(corrected),
        corrected=None if _is_number_only(corrected, CORRECTED_ID) else corrected,
        rendering_provider_npi=_npi(rendering),
        rendering_provider=None if _is_number_only(rendering, NPI) else rendering,
        crossover_name=crossover.last_name,
        crossover_id=_number(crossover),
        crossover_qualifier=crossover.identifier.qualifier if crossover.identifier else PAYER_ID,
        corrected_payer=names.get("PR"),
        other_subscriber=names.get("GB"),
    )


def member_id_of(patient: RemittanceName, insured: RemittanceName | None) -> str:
    """Take the patient's number with the payer, or the insured's; never a social security number.

    Some payers put the latter into NM1*QC, where it must not be taken for a member id.
    """
    numbers = (name.identifier for name in (patient, insured) if name is not None)
    return next(
        (
            number.value
            for number in numbers
            if number is not None and number.value and number.qualifier != SOCIAL_SECURITY_NUMBER
        ),
        "",
    )


def usual_identifier(member_id: str, insured: RemittanceName | None) -> Reference | None:
    """Return what stands in NM1*QC where nothing else is said: the member id, if any.

    It is not repeated where the insured has it.
    """
    is_insureds = insured is not None and _number(insured) == member_id
    return Reference(MEMBER_ID, member_id) if member_id and not is_insureds else None


def _unusual(
    patient: RemittanceName, insured: RemittanceName | None, member_id: str
) -> Reference | None:
    is_usual = patient.identifier == usual_identifier(member_id, insured)
    return None if is_usual else patient.identifier


def _name(segment: Elements, remains: Remains) -> RemittanceName:
    """Read one NM1; where it is not as the guide has it, it stands in for itself."""
    entity = segment[1]
    name, is_odd = provider_of(*segment) if entity in FEW else name_of(segment)
    is_person = not name.is_organization
    is_payer = entity in {"TT", "PR"}
    if (
        is_odd
        or name == NOBODY
        or (entity == "QC" and not is_person)
        or (is_payer and (is_person or name.first_name or name.middle_name or name.suffix))
    ):
        remains.odd.add("NM1")
    return name


def _number(name: RemittanceName | None) -> str:
    return name.identifier.value if name is not None and name.identifier is not None else ""


def _npi(name: RemittanceName | None) -> str:
    is_npi = name is not None and name.identifier is not None and name.identifier.qualifier == NPI
    return _number(name) if is_npi else ""


def _is_number_only(name: RemittanceName | None, qualifier: str) -> bool:
    """Tell whether an NM1 says nothing but a number of the usual kind."""
    if name is None or name.last_name or name.is_organization:
        return False
    return name == RemittanceName(identifier=Reference(qualifier, _number(name)))
