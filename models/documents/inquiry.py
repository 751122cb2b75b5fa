"""What questions to payers and their answers share: who is named, traces, dates, services."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents.claim_codes import KeptSegment
from models.documents.party import Address, Contact, Reference
from models.values.money import Money


class LevelKind(StrEnum):
    """Whom a level (HL) is about. The value is HL03."""

    PAYER = "20"  # the source of what is told
    RECEIVER = "21"  # who asks; of claims, who sends the file
    PROVIDER = "19"
    SUBSCRIBER = "22"
    DEPENDENT = "23"
    PATIENT = "PT"  # 277CA


@dataclass(frozen=True, slots=True)
class Trace:
    """A number that goes out with a question and comes back with the answer (TRN)."""

    kind: str  # TRN01: 1 of who writes this, 2 of whom it is written for
    number: str  # TRN02
    originator: str = ""  # TRN03: who gave it: 1 and a tax id, 9 and another number
    division: str = ""  # TRN04


@dataclass(frozen=True, slots=True)
class Specialty:
    """In which role, and with which specialty or number, somebody provides care (PRV)."""

    role: str  # PRV01: BI billing, PE performing, RF referring, PC primary care, H hospital ...
    code: str = ""  # PRV03
    qualifier: str = "PXC"  # PRV02: PXC taxonomy, 9K, D3, EI, HPI, SY, TJ


@dataclass(frozen=True, slots=True, repr=False)
class NamedParty:
    """Anybody a level or a benefit names: a payer, a provider, a person (NM1 and what follows)."""

    role: str  # NM101: PR payer, 1P provider, 41 submitter, IL insured, 03 dependent, P3 ...
    name: str = ""  # NM103; of a person, the last name
    is_person: bool = False  # NM102: 1 person, 2 not
    first_name: str = ""
    middle_name: str = ""
    prefix: str = ""  # NM106
    suffix: str = ""
    id_qualifier: str = ""  # NM108: XX NPI, PI payer, XV plan, MI member, SV, FI, 46, 24, 34 ...
    id_number: str = ""  # NM109
    relationship: str = ""  # NM110, beside a benefit: 01 parent, 02 child, 41 spouse ...
    references: tuple[Reference, ...] = ()
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    specialties: tuple[Specialty, ...] = ()
    kept: tuple[KeptSegment, ...] = ()

    def reference_of(self, qualifier: str) -> str:
        """Find one of its other numbers, or nothing."""
        return next((one.value for one in self.references if one.qualifier == qualifier), "")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date or period and what it is the date of (DTP)."""

    kind: str  # DTP01
    first: date
    last: date | None = None  # of a period (RD8) only


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount and what it is the amount of (AMT)."""

    kind: str  # AMT01
    amount: Money


@dataclass(frozen=True, slots=True)
class StatedQuantity:
    """A count and what is counted (QTY)."""

    kind: str  # QTY01
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Procedure:
    """A service as one composite names it (EQ02, EB13, SVC01)."""

    qualifier: str  # HC, AD, CJ, ID, IV, N4, NU, ZZ ...
    code: str
    modifiers: tuple[str, ...] = ()  # at most four
    description: str = ""
    last_code: str = ""  # of a range of codes


@dataclass(frozen=True, slots=True)
class InquiryHeader:
    """Who calls the transaction what, and when (BHT).

    Attributes:
        reference: BHT03; on an answer to a batch, that of the question.
        purpose: BHT02: 13 question, 01 cancellation, 11 answer, 08 status, 06 confirmation.
        kind: BHT06: RT spend-down; DG on a 277, TH on a 277CA.
        created_on: BHT04.
        created_time: BHT05, HHMM or longer.
    """

    reference: str
    purpose: str
    kind: str = ""
    created_on: date | None = None
    created_time: str = ""


def first_number(references: tuple[Reference, ...], qualifier: str) -> str:
    """Find the first number of a kind, or nothing."""
    return next((one.value for one in references if one.qualifier == qualifier), "")
