"""What differs between practices, as ``client_configs/<key>/client.toml`` says it.

Secrets never stand here: a field that needs one holds ``env:NAME``.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from models.documents.claim import ClaimForm
from models.documents.client_section import Section
from models.documents.client_texts import (
    AmountText,
    BillType,
    ControlId,
    Cron,
    DateFormat,
    DelimiterSigns,
    Email,
    Folder,
    Key,
    LastDigits,
    LimitText,
    Name,
    Npi,
    PayerId,
    Phone,
    PlaceOfService,
    Port,
    Secret,
    State,
    Taxonomy,
    TimeZone,
    Tin,
    ZipCode,
)
from models.documents.clock import ClockKind, ClosedDay, StartEvent
from models.documents.coding_section import CodingSection
from models.documents.denial import LevelStart
from models.documents.deposit import BankFormat
from models.documents.office_section import OfficeSection
from models.documents.paper_section import PaperSection
from models.documents.party import Address, Organization, Provider
from models.documents.playbook import Play
from models.states.stage import Stage
from models.states.work_item import Queue
from models.values.money import Money


class AddressSection(Section):
    """A postal address. Payers want nine digits of ZIP for a billing provider, and no PO box."""

    line1: Name
    line2: str = ""
    city: Name
    state: State
    zip_code: ZipCode

    def to_document(self) -> Address:
        """Turn it into the address that documents use."""
        return Address(self.line1, self.city, self.state, self.zip_code, self.line2)


class PracticeSection(Section):
    """Who the practice is, on claims and on statements."""

    name: Name
    time_zone: TimeZone
    currency: Literal["USD"] = "USD"
    tin: Tin
    npi: Npi
    taxonomy: Taxonomy
    phone: Phone
    email: Email
    contact_name: Name
    address: AddressSection
    claim_form: ClaimForm = ClaimForm.PROFESSIONAL
    place_of_service: PlaceOfService = "11"
    bill_type: BillType = "0131"

    def to_document(self) -> Organization:
        """Turn it into the organization that claims and statements name."""
        return Organization(
            name=self.name,
            npi=self.npi,
            tax_id=self.tin,
            taxonomy=self.taxonomy,
            address=self.address.to_document(),
            contact_name=self.contact_name,
            contact_phone=self.phone,
        )


class ProviderSection(Section):
    """A person who renders or attends for the practice."""

    npi: Npi
    last_name: Name
    first_name: Name
    taxonomy: Taxonomy

    def to_document(self) -> Provider:
        """Turn it into the provider that claims name."""
        return Provider(self.npi, self.last_name, self.first_name, self.taxonomy)


class ResendPolicy(StrEnum):
    """What to do with a file nobody knows the fate of."""

    HOLD = "hold"  # a person decides; for partners that do not refuse a repeated ISA13
    IDENTICAL = "identical"  # the same bytes again; the partner refuses what it already has


class ConnectionSection(Section):
    """Where files to and from a payer or clearinghouse go.

    ``sftp`` needs host, port, username, private_key and host_key; ``directory`` needs nothing but
    its two folders, so that any other program can stand in for the partner.
    """

    key: Key
    kind: Literal["sftp", "directory"]
    sender_id: ControlId
    sender_qualifier: Literal["ZZ", "30", "28"] = "ZZ"
    receiver_id: ControlId
    receiver_qualifier: Literal["ZZ", "30", "28"] = "ZZ"
    receiver_name: Name
    usage: Literal["T", "P"] = "T"
    resend_policy: ResendPolicy = ResendPolicy.HOLD
    delimiters: DelimiterSigns = "*^:~"  # of the claim files we write
    characters: Literal["basic", "extended"] = "basic"
    upper_case: bool = True
    line_breaks: bool = True
    send_folder: Folder  # where we leave files; a path on the server, or a directory
    collect_folder: Folder  # where we find theirs
    proof_of_receipt: Literal["277CA", "999"] = "277CA"  # "999": a 999 and any 277CA will do
    sends_acknowledgements: bool = False  # answer each remittance file with a 999
    host: str = ""
    port: Port = 22
    username: str = ""
    private_key: Secret | None = None
    host_key: Secret | None = None


class AppealLevelSection(Section):
    """One level at which a payer decides anew, in the order of the payer."""

    name: Name
    days: Annotated[int, Field(gt=0, le=3650)]
    starts: LevelStart = LevelStart.DECISION
    receipt_days: Annotated[int, Field(ge=0, le=30)] = 0  # until a notice counts as received
    reconsideration: bool = False  # the same office looks again; it is no appeal yet


class PayerSection(Section):
    """A payer of this practice. Limits are contractual; cite the contract in a comment."""

    key: Key
    name: Name
    payer_id: PayerId
    aliases: tuple[Name, ...] = ()  # other names under which intake files know it
    filing_indicator: Literal["CI", "BL", "MB", "MA", "MC", "HM", "12", "13", "WC", "AM"] = "CI"
    filing_limit_days: Annotated[int, Field(gt=0, le=3650)] | None = None  # None: by law, if any
    corrected_claim_limit_days: Annotated[int, Field(gt=0, le=3650)] = 180
    appeal_limit_days: Annotated[int, Field(gt=0, le=3650)] = 180
    connection: Key
    verifies: bool = True  # answers 270
    capitated: bool = False  # pays per person: CO-24 is no denial
    answers_status: bool = True  # answers 276; if not, a silent claim is a call to make
    answer_days: Annotated[int, Field(gt=0, le=365)] = 30  # longer without a word is silence
    ask_again_days: Annotated[int, Field(gt=0, le=365)] = 14  # between two questions on a claim
    accepts_replacement: bool | None = None  # frequency 7; None: all but Medicare Part B (MB)
    accepts_void: bool = True  # frequency 8: takes a claim back as a whole
    appeal_levels: tuple[AppealLevelSection, ...] = ()  # none: those of law or usual contracts


class ClockSection(Section):
    """A clock of this practice, before the standard ones. One of days and months is given.

    Appeals are not set here: ``payers.appeal_levels`` says them, level by level.
    """

    kind: ClockKind
    payer: Key | None = None  # None: every payer
    days: Annotated[int, Field(gt=0, le=3650)] | None = None
    months: Annotated[int, Field(gt=0, le=120)] | None = None
    business_days: bool = False
    start: StartEvent | None = None  # None: what the standard clock of the kind counts from
    receipt_days: Annotated[int, Field(ge=0, le=30)] = 0
    closed_day: ClosedDay = ClosedDay.STAYS
    warn_days: Annotated[int, Field(ge=0, le=365)] | None = None  # None: the standard's
    source: Name  # where it is written: contract and page
    verified_on: date | None = None  # when somebody last compared it with the source


class IntakeFormat(StrEnum):
    """What a drop folder holds."""

    FHIR = "fhir"
    HL7V2 = "hl7v2"
    CSV = "csv"


class IntakeSourceSection(Section):
    """A drop folder of the practice.

    Attributes:
        columns: Our names (``intake_columns.INTAKE_COLUMNS``) to the practice's CSV headers.
        procedure_codes: The practice's own charge codes to procedure codes, where it sends such.
    """

    key: Key
    kind: Literal["sftp", "directory"] = "directory"
    format: IntakeFormat
    folder: Folder
    pattern: str = "*"
    columns: dict[str, str] = {}
    date_format: DateFormat = "%Y-%m-%d"
    delimiter: Literal[",", ";", "|", "\t"] = ","
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    procedure_codes: dict[str, str] = {}
    host: str = ""
    port: Port = 22
    username: str = ""
    private_key: Secret | None = None
    host_key: Secret | None = None


class BankSection(Section):
    """The account into which payers pay, and how its bank writes statements.

    Attributes:
        kind: ``sftp`` needs host, port, username, private_key and host_key.
        folder: Where files are left for us: under REVCYCLE_HOME, or on the server; None: somebody
            imports them.
        account: The last four digits; the whole number belongs nowhere.
        columns: Our names (``deposit.BANK_COLUMNS``) to the bank's CSV headers.
        match_by_name: Whether payer's name, amount and day may match a deposit without a person.
        window_days: Days between a payment's date and the bank's, either way.
        wait_days: Business days after which the other half of a payment should have come.
    """

    account: LastDigits
    format: BankFormat
    kind: Literal["sftp", "directory"] = "directory"
    folder: Folder | None = None
    columns: dict[str, str] = {}
    date_format: DateFormat = "%Y-%m-%d"
    delimiter: Literal[",", ";", "|", "\t"] = ","
    match_by_name: bool = False
    window_days: Annotated[int, Field(ge=0, le=30)] = 5
    wait_days: Annotated[int, Field(ge=1, le=30)] = 3
    host: str = ""
    port: Port = 22
    username: str = ""
    private_key: Secret | None = None
    host_key: Secret | None = None


class SchedulesSection(Section):
    """When flows run, in the practice's time zone."""

    cycle: Cron
    statements: Cron | None = None  # None: with the cycle
    client_report: Cron | None = None


class QueueSection(Section):
    """How long work may wait and who gets it first."""

    service_hours: Annotated[int, Field(gt=0, le=2160)]  # 24 are one working day of ``office``
    priority: Annotated[int, Field(ge=1, le=9)] = 5  # 1 is first


class ScrubSection(Section):
    """How strict the scrubber is."""

    filing_warning_days: Annotated[int, Field(ge=0, le=365)] = 14
    duplicate_window_days: Annotated[int, Field(ge=0, le=365)] = 0
    require_verified_coverage: bool = True


class StatementsSection(Section):
    """Who gets a statement, and when."""

    minimum: AmountText = "5.00"  # smaller balances wait
    due_days: Annotated[int, Field(gt=0, le=120)] = 30
    cycle_days: Annotated[int, Field(gt=0, le=120)] = 30
    message: str = ""
    pay_url: str = ""
    reply_to: Email


class ApprovalsSection(Section):
    """Up to which amount each role lets money go: write-offs and refunds."""

    team_lead: LimitText = "500.00"
    manager: LimitText = "10000.00"
    variance: LimitText = "25.00"  # up to it one person lets a payment below contract be


class RefundsSection(Section):
    """How credits are given back."""

    limit: LimitText = "0.00"  # above it two persons are needed; zero asks for two always
    return_days: Annotated[int, Field(gt=0, le=60)] = 60  # law allows 60 for public payers


class PaymentsSection(Section):
    """What patients pay."""

    returned_fee: LimitText = "0.00"  # charged when a bank returns a payment; zero charges none


class SmallBalanceSection(Section):
    """From a day on, which small balances of patients are written off without a person."""

    since: date
    up_to: AmountText
    after_days: Annotated[int, Field(ge=0, le=3650)] = 30  # since money last moved on the account


class ReportsSection(Section):
    """Who at the practice gets the statement of the day's activity."""

    recipients: Annotated[tuple[Email, ...], Field(min_length=1)]


class ClientConfig(Section):
    """One practice, complete.

    ``key`` is the name of its folder; ``fees`` and ``revenue_codes`` come from ``fees.csv`` beside
    the file, ``plays`` from ``playbook.toml``.
    """

    key: Key
    practice: PracticeSection
    providers: Annotated[tuple[ProviderSection, ...], Field(min_length=1)]
    connections: Annotated[tuple[ConnectionSection, ...], Field(min_length=1)]
    payers: Annotated[tuple[PayerSection, ...], Field(min_length=1)]
    clocks: tuple[ClockSection, ...] = ()
    intake: tuple[IntakeSourceSection, ...] = ()
    bank: BankSection | None = None
    stages: dict[Stage, bool] = {}
    schedules: SchedulesSection
    office: OfficeSection = OfficeSection()
    queues: dict[Queue, QueueSection] = {}
    coding: CodingSection = CodingSection()
    scrub: ScrubSection = ScrubSection()
    statements: StatementsSection
    payments: PaymentsSection = PaymentsSection()
    refunds: RefundsSection = RefundsSection()
    small_balances: tuple[SmallBalanceSection, ...] = ()
    approvals: ApprovalsSection = ApprovalsSection()
    paper: PaperSection = PaperSection()
    reports: ReportsSection
    fees: dict[str, str] = {}  # procedure code, or code-modifier, to an amount such as 125.00
    revenue_codes: dict[str, str] = {}  # procedure code to revenue code, for institutional claims
    plays: SkipJsonSchema[tuple[Play, ...]] = ()  # from playbook.toml, before the product's own

    def is_on(self, stage: Stage) -> bool:
        """Tell whether the stage runs for this practice; stages are on unless switched off."""
        return self.stages.get(stage, True)

    def payer(self, key: str) -> PayerSection:
        """Return a payer by its key (the reader has checked that references hold)."""
        return next(payer for payer in self.payers if payer.key == key)

    def connection(self, key: str) -> ConnectionSection:
        """Return a connection by its key (the reader has checked that references hold)."""
        return next(connection for connection in self.connections if connection.key == key)

    def find_fee(self, procedure_code: str, modifiers: Sequence[str] = ()) -> Money | None:
        """Return the price of one unit: that of the first priced modifier, else of the code."""
        keys = (*(f"{procedure_code}-{modifier}" for modifier in modifiers), procedure_code)
        amount = next((self.fees[key] for key in keys if key in self.fees), None)
        return None if amount is None else Money.parse(amount)

    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return ZoneInfo(self.practice.time_zone)
