"""What somebody looks for over several practices, and the records that are found."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.states.statement import StatementState
from models.values.money import Money


class FoundKind(StrEnum):
    """The kinds of records that are searched, in the order in which they are shown."""

    PATIENT = "patient"
    CLAIM = "claim"
    ENCOUNTER = "encounter"
    REMITTANCE = "remittance"
    STATEMENT = "statement"
    FILE = "file"


class Direction(StrEnum):
    """Which way a file went; the value stands in its address."""

    RECEIVED = "in"
    SENT = "out"


@dataclass(frozen=True, slots=True, repr=False)
class SearchQuestion:
    """What was typed, read in every way that it can be meant. Empty parts ask for nothing.

    Attributes:
        names: Pairs of how a last name and a first name may begin, in small letters; either may be
            empty, and several pairs are alternatives.
        birth_date: Narrows the names, or stands alone.
        numbers: One number in the ways it may be stored: as typed, and in capitals.
        file_number: The control number of an X12 file, without leading zeros.
        code: A whole code of a diagnosis or procedure, as claims carry it.
    """

    names: tuple[tuple[str, str], ...] = ()
    birth_date: date | None = None
    numbers: tuple[str, ...] = ()
    file_number: int | None = None
    code: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether too little was typed to look for anything."""
        return not (self.names or self.birth_date or self.numbers or self.code)


@dataclass(frozen=True, slots=True, repr=False)
class FoundPatient:
    """A patient, by name, birth date or a number."""

    client_id: UUID
    id: UUID
    last_name: str
    first_name: str
    birth_date: date | None
    account_number: str


@dataclass(frozen=True, slots=True, repr=False)
class FoundClaim:
    """A claim, by a number of ours or the payer's."""

    client_id: UUID
    id: UUID
    control_number: str
    payer_number: str
    payer_name: str
    state: ClaimState
    charge_total: Money
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True, repr=False)
class FoundEncounter:
    """An encounter, by a code or by the practice's own number; its patient may be in doubt."""

    client_id: UUID
    id: UUID
    source_key: str
    service_date: date | None
    state: EncounterState
    last_name: str | None
    first_name: str | None


@dataclass(frozen=True, slots=True, repr=False)
class FoundRemittance:
    """A payment, by its trace number."""

    client_id: UUID
    id: UUID
    trace_number: str
    payer_name: str
    amount: Money
    payment_date: date


@dataclass(frozen=True, slots=True, repr=False)
class FoundStatement:
    """A statement; it is shown on the page of its patient."""

    client_id: UUID
    id: UUID
    patient_id: UUID
    number: str
    statement_date: date
    balance: Money
    state: StatementState
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True, repr=False)
class FoundFile:
    """A file that we received or sent. ``control_number`` is None for one that was received."""

    client_id: UUID
    id: UUID
    direction: Direction
    kind: str
    name: str
    at: datetime
    control_number: int | None = None


FoundRecord = (
    FoundPatient | FoundClaim | FoundEncounter | FoundRemittance | FoundStatement | FoundFile
)
