"""The fields of a visit that intake lets a person correct: as they stand, and as typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.encounter import EncounterDocument
from models.errors import RejectedError
from models.tables import Encounter
from revcycle.operations.intake.correct_encounter import (
    CoverageCorrection,
    EncounterCorrection,
    PatientCorrection,
)
from revcycle.store import clients, encounters, patients
from revcycle.store.encounter_documents import picture_encounter

RANKS: Final = (1, 2, 3)
RANK_WORDS: Final = {1: "First", 2: "Second", 3: "Third"}
SEXES: Final = ("F", "M", "U")


@dataclass(frozen=True, slots=True)
class IntakeField:
    """One field of the form.

    Attributes:
        name: In the form, and in ``CorrectionForm``.
        path: What findings call it.
        kind: text, date, sex, place, provider or payer.
        limit: The longest text that a claim carries.
    """

    name: str
    label: str
    path: str
    kind: str = "text"
    limit: int = 60


PATIENT_FIELDS: Final = (
    IntakeField("last_name", "Last name", "patient.last_name", limit=60),
    IntakeField("first_name", "First name", "patient.first_name", limit=35),
    IntakeField("birth_date", "Birth date", "patient.birth_date", "date"),
    IntakeField("sex", "Sex", "patient.sex", "sex"),
    IntakeField("line1", "Street", "patient.address.line1", limit=55),
    IntakeField("city", "City", "patient.address.city", limit=30),
    IntakeField("state", "State", "patient.address.state", limit=2),
    IntakeField("zip_code", "ZIP code", "patient.address.zip_code", limit=15),
)
VISIT_FIELDS: Final = (
    IntakeField("service_date", "Date of service", "service_date", "date"),
    IntakeField("service_end_date", "Last day of service", "service_end_date", "date"),
    IntakeField("npi", "Rendering provider", "rendering_provider.npi", "provider"),
    IntakeField("place", "Place of service", "place_of_service", "place"),
)
COVERAGE_FIELDS: Final = tuple(
    field
    for rank in RANKS
    for field in (
        IntakeField(
            f"payer_{rank}",
            f"{RANK_WORDS[rank]} payer",
            f"coverages[{rank}].payer_name",
            "payer",
        ),
        IntakeField(
            f"member_{rank}",
            f"Member id with the {RANK_WORDS[rank].lower()} payer",
            f"coverages[{rank}].member_id",
            limit=80,
        ),
    )
)
FIELDS: Final = (*PATIENT_FIELDS, *VISIT_FIELDS, *COVERAGE_FIELDS)
PATIENT_NAMES: Final = frozenset(field.name for field in PATIENT_FIELDS)
PATHS_OF_GROUPS: Final = {"patient.address": "line1"}  # a finding about the whole of it


class CorrectionForm(BaseModel):
    """What the form brings; a field that is not in it stays as it is."""

    last_name: str | None = Field(default=None, max_length=300)
    first_name: str | None = Field(default=None, max_length=300)
    birth_date: str | None = Field(default=None, max_length=40)
    sex: str | None = Field(default=None, max_length=40)
    line1: str | None = Field(default=None, max_length=300)
    city: str | None = Field(default=None, max_length=300)
    state: str | None = Field(default=None, max_length=40)
    zip_code: str | None = Field(default=None, max_length=40)
    service_date: str | None = Field(default=None, max_length=40)
    service_end_date: str | None = Field(default=None, max_length=40)
    npi: str | None = Field(default=None, max_length=40)
    place: str | None = Field(default=None, max_length=40)
    payer_1: str | None = Field(default=None, max_length=80)
    payer_2: str | None = Field(default=None, max_length=80)
    payer_3: str | None = Field(default=None, max_length=80)
    member_1: str | None = Field(default=None, max_length=300)
    member_2: str | None = Field(default=None, max_length=300)
    member_3: str | None = Field(default=None, max_length=300)
    is_uninsured: str | None = Field(default=None, max_length=40)

    def typed(self) -> dict[str, str]:
        """Give what was typed, without blanks at its ends and without what no keyboard types."""
        given = self.model_dump(exclude_none=True)
        return {
            name: "".join(one for one in text if one.isprintable()).strip()
            for name, text in given.items()
        }


def values_of(session: Session, client_id: UUID, encounter: Encounter) -> dict[str, str]:
    """Read the fields of a visit as they stand now, as texts of the form."""
    document = picture_encounter(session, client_id, encounter)
    return {
        **_patient_values(session, client_id, encounter),
        "service_date": _day(document.service_date),
        "service_end_date": _day(document.service_end_date),
        "npi": document.rendering_provider.npi if document.rendering_provider else "",
        "place": document.place_of_service,
        **_coverage_values(session, client_id, document),
    }


def to_correction(
    typed: Mapping[str, str], now: Mapping[str, str], *, is_about_coverage: bool
) -> EncounterCorrection:
    """Turn what was typed into a correction of what differs.

    Args:
        typed: The form.
        now: The fields as they stand.
        is_about_coverage: A coverage that could not be written down waits for a person's word, so
            that even an unchanged one is said again.

    Raises:
        RejectedError: a text is too long, a day is none, or a coverage is half given.
    """
    changes = {name: text for name, text in typed.items() if now.get(name, "") != text}
    for field in FIELDS:
        if len(changes.get(field.name, "")) > field.limit:
            msg = f"{field.label}: at most {field.limit} characters"
            raise RejectedError(msg)
    if changes.get("sex", "U") not in SEXES:
        msg = "Sex: F, M or U"
        raise RejectedError(msg)
    texts = {name: text for name, text in changes.items() if name in PATIENT_NAMES}
    born = texts.pop("birth_date", None)
    return EncounterCorrection(
        patient=PatientCorrection(**texts, birth_date=_to_day("Birth date", born)),
        coverages=tuple(_coverages(typed, now, changes, is_about_coverage=is_about_coverage)),
        rendering_provider_npi=changes.get("npi") or None,
        service_date=_to_day("Date of service", changes.get("service_date")),
        service_end_date=_to_day("Last day of service", changes.get("service_end_date")),
        place_of_service=changes.get("place"),
        is_uninsured=bool(typed.get("is_uninsured")),
    )


def _coverages(
    typed: Mapping[str, str],
    now: Mapping[str, str],
    changes: Mapping[str, str],
    *,
    is_about_coverage: bool,
) -> list[CoverageCorrection]:
    found = []
    for rank in RANKS:
        names = (f"payer_{rank}", f"member_{rank}")
        payer, member = (typed.get(name, now.get(name, "")) for name in names)
        is_named = any(name in typed for name in names) and bool(payer or member)
        if not is_named or not (is_about_coverage or any(name in changes for name in names)):
            continue
        if not payer or not member:
            msg = f"{RANK_WORDS[rank]} payer: choose the payer and give the member id, or neither"
            raise RejectedError(msg)
        found.append(CoverageCorrection(rank, payer, member))
    return found


def _to_day(label: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{label}: write the day as year-month-day, such as 2026-11-20"
        raise RejectedError(msg) from None


def _patient_values(session: Session, client_id: UUID, encounter: Encounter) -> dict[str, str]:
    row = patients.get_patient(session, client_id, encounter.patient_id or encounter.id)
    if row is None:
        return {}
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "birth_date": _day(row.birth_date),
        "sex": row.sex,
        "line1": row.line1,
        "city": row.city,
        "state": row.state,
        "zip_code": row.zip_code,
    }


def _coverage_values(
    session: Session, client_id: UUID, document: EncounterDocument
) -> dict[str, str]:
    keys = {row.payer_id: key for key, row in clients.find_payers(session, client_id).items()}
    held: dict[str, str] = {}
    for coverage in document.coverages:
        held.setdefault(f"payer_{coverage.rank}", keys.get(coverage.payer_id, ""))
        held.setdefault(f"member_{coverage.rank}", coverage.member_id)
    return held


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def choices_of(session: Session, client_id: UUID) -> dict[str, list[tuple[str, str]]]:
    """List what the practice has to choose from: its providers and its payers."""
    providers = encounters.list_providers(session, client_id)
    payers = clients.find_payers(session, client_id)
    return {
        "provider": [
            (row.npi, f"{row.last_name}, {row.first_name} · {row.npi}".replace(",  ·", " ·"))
            for row in providers
        ],
        "payer": sorted(
            ((key, row.name) for key, row in payers.items()), key=lambda pair: pair[1].casefold()
        ),
        "sex": [("F", "F, female"), ("M", "M, male"), ("U", "U, unknown")],
    }
