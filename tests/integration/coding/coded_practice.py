"""Practices whose providers coded many visits, written as rows for tests of what stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from models.states.encounter import EncounterState
from models.tables import Charge, ClinicalNote, Encounter, InboundFile, Provider
from models.values.identifiers import new_id
from revcycle.store.session import transaction

SPECIALTY = "207Q00000X"
TODAY = date(2026, 11, 20)
USUAL = ("99213",) * 6 + ("99214",) * 4
HIGH = ("99214",) * 3 + ("99215",) * 7
NOTE = " ".join(f"finding{number}" for number in range(60))


@dataclass(frozen=True)
class CodedPractice:
    """Rows of one practice are added here, in transactions of their own."""

    url: str
    client_id: UUID

    def hire(self, npi: str, name: str, specialty: str = SPECIALTY) -> UUID:
        """Add a provider."""
        row = Provider(client_id=self.client_id, npi=npi, last_name=name, taxonomy=specialty)
        with transaction(self.url, self.client_id) as session:
            session.add(row)
        return row.id

    def see(
        self,
        provider_id: UUID,
        codes: Sequence[str],
        *,
        first: date,
        units: int = 1,
        modifiers: str = "",
        state: EncounterState = EncounterState.CODED,
        note: str = "",
        every: int = 1,
    ) -> None:
        """Let a provider have one encounter for each code, a day apart."""
        file_id = new_id()
        with transaction(self.url, self.client_id) as session:
            session.add(_a_file(self.client_id, file_id))
            session.flush()
            for number, code in enumerate(codes):
                encounter = Encounter(
                    client_id=self.client_id,
                    source_key=f"{file_id}:{number}",
                    inbound_file_id=file_id,
                    rendering_provider_id=provider_id,
                    service_date=first + timedelta(days=number * every % 80),
                    state=state,
                )
                session.add(encounter)
                session.flush()
                session.add(_a_charge(encounter, code, units, modifiers))
                if note:
                    session.add(_a_note(encounter, note))


def _a_file(client_id: UUID, file_id: UUID) -> InboundFile:
    return InboundFile(
        client_id=client_id,
        id=file_id,
        source="ehr",
        kind="CSV",
        name="visits.csv",
        sha256=file_id.hex,
        content=b"visits",
        received_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    )


def _a_charge(encounter: Encounter, code: str, units: int, modifiers: str) -> Charge:
    assert encounter.service_date is not None
    return Charge(
        client_id=encounter.client_id,
        encounter_id=encounter.id,
        ordinal=1,
        procedure_code=code,
        modifiers=modifiers,
        units=Decimal(units),
        service_date=encounter.service_date,
    )


def _a_note(encounter: Encounter, text: str) -> ClinicalNote:
    return ClinicalNote(
        client_id=encounter.client_id, encounter_id=encounter.id, ordinal=1, text=text
    )


def two_practices(url: str, lakeside: UUID, summit: UUID) -> dict[str, UUID]:
    """Let five providers code alike, four of them elsewhere, and one shift since September.

    Returns:
        The providers by name: Odette shifted; Ada to Dot are peers at the other practice.
    """
    here, there = CodedPractice(url, lakeside), CodedPractice(url, summit)
    people = {"Odette": here.hire("1000000001", "Odette")}
    here.see(people["Odette"], USUAL * 5, first=TODAY - timedelta(days=175))
    here.see(people["Odette"], HIGH * 5, first=TODAY - timedelta(days=85))
    for number, name in enumerate(("Ada", "Bea", "Cy", "Dot"), start=2):
        people[name] = there.hire(f"100000000{number}", name)
        there.see(people[name], USUAL * 5, first=TODAY - timedelta(days=85))
    return people
