"""SQLModel tables, one noun a module. Importing this package registers all of them."""

from models.tables.attachment import Attachment
from models.tables.audit import AuditEvent, StateChange
from models.tables.authorization import VisitAuthorization
from models.tables.billing_code import BillingCode
from models.tables.claim import Claim, ClaimFinding, ClaimLine, ClaimVersion
from models.tables.client import Client
from models.tables.coding_audit import AuditedCase, AuditedCode, AuditSample
from models.tables.contract import ExpectedAmount, Variance, VarianceLine
from models.tables.denial import Appeal, Denial, RecordsRequest
from models.tables.deposit import BankLine, DepositMatch
from models.tables.eligibility import EligibilityCheck
from models.tables.encounter import Charge, ClinicalNote, Diagnosis, Encounter, SourceCodeRow
from models.tables.favourite_code import FavouriteCode
from models.tables.file import (
    Acknowledgement,
    InboundFile,
    IntakeRecordRow,
    OutboundFile,
    ReceivedInterchange,
)
from models.tables.follow_up import ClaimContact, ClockRow, StatusCheck
from models.tables.learned_edit import LearnedEdit
from models.tables.ledger import AccountingPeriod, LedgerEntry, PeriodTotal, Posting
from models.tables.packet import Packet
from models.tables.patient import Coverage, Patient, PatientIdentifier, PatientJoin
from models.tables.patient_money import (
    BalanceWriteOff,
    CreditBalance,
    PatientPayment,
    Refund,
)
from models.tables.payer import ControlNumber, Payer, PayerConnection
from models.tables.provider import Provider
from models.tables.reference import (
    AddOnPair,
    CoveragePolicy,
    DiagnosisNote,
    ListedCode,
    LocalityIndex,
    PtpPair,
    ReferenceEdition,
    RelativeValue,
    UnitLimit,
)
from models.tables.remittance import (
    CoverageCorrection,
    ProviderAdjustmentRow,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.tables.sign_in import RecoveryCode, SignInAttempt, StaffCredential, StaffSession
from models.tables.staff import (
    BreakGlass,
    SavedView,
    StaffAssignment,
    StaffMember,
    StaffPractice,
    StaffRole,
    StaffSkill,
    StaffSpecialty,
    StaffTrail,
)
from models.tables.statement import Message, Statement, StatementLineRow
from models.tables.suggestion import SuggestedCode, SuggestionModel
from models.tables.typed_coding import TypedCodingRow
from models.tables.work_item import StagePause, WorkItem, WorkItemNote

__all__ = [
    "AccountingPeriod",
    "Acknowledgement",
    "AddOnPair",
    "Appeal",
    "Attachment",
    "AuditEvent",
    "AuditSample",
    "AuditedCase",
    "AuditedCode",
    "BalanceWriteOff",
    "BankLine",
    "BillingCode",
    "BreakGlass",
    "Charge",
    "Claim",
    "ClaimContact",
    "ClaimFinding",
    "ClaimLine",
    "ClaimVersion",
    "Client",
    "ClinicalNote",
    "ClockRow",
    "ControlNumber",
    "Coverage",
    "CoverageCorrection",
    "CoveragePolicy",
    "CreditBalance",
    "Denial",
    "DepositMatch",
    "Diagnosis",
    "DiagnosisNote",
    "EligibilityCheck",
    "Encounter",
    "ExpectedAmount",
    "FavouriteCode",
    "InboundFile",
    "IntakeRecordRow",
    "LearnedEdit",
    "LedgerEntry",
    "ListedCode",
    "LocalityIndex",
    "Message",
    "OutboundFile",
    "Packet",
    "Patient",
    "PatientIdentifier",
    "PatientJoin",
    "PatientPayment",
    "Payer",
    "PayerConnection",
    "PeriodTotal",
    "Posting",
    "Provider",
    "ProviderAdjustmentRow",
    "PtpPair",
    "ReceivedInterchange",
    "RecordsRequest",
    "RecoveryCode",
    "ReferenceEdition",
    "Refund",
    "RelativeValue",
    "Remittance",
    "RemittanceAdjustment",
    "RemittanceClaimRow",
    "RemittanceLineRow",
    "SavedView",
    "SignInAttempt",
    "SourceCodeRow",
    "StaffAssignment",
    "StaffCredential",
    "StaffMember",
    "StaffPractice",
    "StaffRole",
    "StaffSession",
    "StaffSkill",
    "StaffSpecialty",
    "StaffTrail",
    "StagePause",
    "StateChange",
    "Statement",
    "StatementLineRow",
    "StatusCheck",
    "SuggestedCode",
    "SuggestionModel",
    "TypedCodingRow",
    "UnitLimit",
    "Variance",
    "VarianceLine",
    "VisitAuthorization",
    "WorkItem",
    "WorkItemNote",
]
