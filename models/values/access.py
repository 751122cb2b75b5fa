"""Who a person is here, and what a person may do and see: the words for it."""

from enum import StrEnum


class Role(StrEnum):
    """What a person does. One person may have several roles of the billing company."""

    CODER = "coder"
    AUDITOR = "auditor"
    VERIFIER = "verifier"
    BILLER = "biller"
    POSTER = "poster"
    DENIAL_SPECIALIST = "denial_specialist"
    TEAM_LEAD = "team_lead"
    MANAGER = "manager"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"  # of a practice
    OFFICE_MANAGER = "office_manager"  # of a practice


class Right(StrEnum):
    """What a person may do. The value is what the documentation shows."""

    OWN_ACCOUNT = "own_account"  # change one's password, see and end one's sessions
    SEE_WORK = "see_work"  # the queues of one's roles
    TAKE_WORK = "take_work"  # take, finish and hand over what waits there
    SEE_PATIENTS = "see_patients"  # patients, encounters and claims
    CODE = "code"
    AUDIT_CODES = "audit_codes"
    VERIFY_COVERAGE = "verify_coverage"
    RELEASE_CLAIMS = "release_claims"
    POST_MONEY = "post_money"
    WORK_DENIALS = "work_denials"
    APPROVE_WRITE_OFFS = "approve_write_offs"  # as the second person; refunds too
    SEE_BOOKS = "see_books"  # trial balance, ageing, deposits, contracts
    KEEP_BOOKS = "keep_books"  # close periods, change contract terms, switch edits on
    ASSIGN_WORK = "assign_work"
    SEE_BOARD = "see_board"  # work, people and money in figures
    PAUSE_STAGES = "pause_stages"
    SEE_AUDIT = "see_audit"  # who did what
    SEE_MAILS = "see_mails"  # the local mail catcher, mails of every practice
    BREAK_GLASS = "break_glass"  # open another practice for an hour, with a reason
    REVIEW_BREAK_GLASS = "review_break_glass"
    KEEP_STAFF = "keep_staff"  # add, assign and disable people
    SEE_REFERENCE = "see_reference"  # which editions of public lists are in use
    KEEP_REFERENCE = "keep_reference"  # import editions of public lists, roll them back
    ANSWER_QUERIES = "answer_queries"
    SEND_FILES = "send_files"
    SEE_REPORTS = "see_reports"  # statements, reports and claims of one's own practice


class Reach(StrEnum):
    """Of which practices."""

    NONE = "none"
    ASSIGNED = "assigned"  # those the person is assigned to
    ALL = "all"


class FieldKind(StrEnum):
    """Kinds of fields that not everybody needs to see."""

    SSN = "ssn"
    MEMBER_ID = "member_id"
    BIRTH_DATE = "birth_date"
    CONTACT = "contact"  # address, telephone, e-mail
    NOTE = "note"  # what the provider wrote
    BANK = "bank"  # account numbers of payments


class FieldView(StrEnum):
    """How much of a field is seen, from least to most."""

    HIDDEN = "hidden"
    MASKED = "masked"
    SHOWN = "shown"
