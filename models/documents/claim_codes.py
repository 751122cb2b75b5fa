"""Dates, numbers and codes of a claim by the names of the trade; the values are qualifiers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ClaimDateKind(StrEnum):
    """What a date of a claim or a line is about (DTP01)."""

    REPRICER_RECEIVED = "050"
    CARE_ASSUMED = "090"
    CARE_RELINQUISHED = "091"
    DISCHARGE = "096"
    RETURN_TO_WORK = "296"
    LAST_WORKED = "297"
    LAST_SEEN = "304"
    DISABILITY = "314"
    DISABILITY_START = "360"
    DISABILITY_END = "361"
    ONSET = "431"
    ADMISSION = "435"
    ACCIDENT = "439"
    FIRST_CONTACT = "444"
    ACUTE_MANIFESTATION = "453"
    INITIAL_TREATMENT = "454"
    LAST_XRAY = "455"
    PRESCRIPTION = "471"
    LAST_MENSTRUAL_PERIOD = "484"
    # of lines only
    SHIPPED = "011"
    LAST_CERTIFIED = "461"
    THERAPY_START = "463"
    CERTIFICATION_REVISED = "607"
    HEMOGLOBIN_TEST = "738"
    CREATININE_TEST = "739"


@dataclass(frozen=True, slots=True, repr=False)
class ClaimDate:
    """One dated fact (DTP).

    Attributes:
        kind: What happened.
        first: The day, or the first of a period; None where only an hour is given.
        last: The last day of a period (RD8).
        time: Hours and minutes, HHMM (DT and TM).
    """

    kind: ClaimDateKind
    first: date | None = None
    last: date | None = None
    time: str = ""


class ClaimReferenceKind(StrEnum):
    """What a number of a claim or a line is (REF01). Unknown ones are kept as they are."""

    CARE_PLAN_OVERSIGHT = "1J"
    AUTHORIZATION_EXCEPTION = "4N"
    REPRICED_CLAIM = "9A"
    ADJUSTED_REPRICED_CLAIM = "9C"
    INTERMEDIARY_CLAIM = "D9"
    MEDICAL_RECORD = "EA"
    MAMMOGRAPHY_CERTIFICATION = "EW"
    MEDICARE_CROSSOVER = "F5"
    PEER_REVIEW = "G4"
    AUTO_ACCIDENT_STATE = "LU"
    DEVICE_EXEMPTION = "LX"
    DEMONSTRATION_PROJECT = "P4"
    LABORATORY = "X4"  # CLIA number
    # of a claim in fields of their own, and of a line
    REFERRAL = "9F"
    PRIOR_AUTHORIZATION = "G1"
    ORIGINAL_CLAIM = "F8"
    # of lines only
    REPRICED_LINE = "9B"
    ADJUSTED_REPRICED_LINE = "9D"
    IMMUNIZATION_BATCH = "BT"
    REFERRING_LABORATORY = "F4"


class HealthCodeKind(StrEnum):
    """What a code of an HI segment is about, where it is no diagnosis of the claim."""

    ADMITTING_DIAGNOSIS = "ABJ"
    ADMITTING_DIAGNOSIS_ICD9 = "BJ"
    REASON_FOR_VISIT = "APR"
    REASON_FOR_VISIT_ICD9 = "PR"
    EXTERNAL_CAUSE = "ABN"
    EXTERNAL_CAUSE_ICD9 = "BN"
    DIAGNOSIS_RELATED_GROUP = "DR"
    PRINCIPAL_PROCEDURE = "BBR"
    PRINCIPAL_PROCEDURE_ICD9 = "BR"
    PRINCIPAL_PROCEDURE_ABC = "CAH"  # advanced billing concepts
    OTHER_PROCEDURE = "BBQ"
    OTHER_PROCEDURE_ICD9 = "BQ"
    OCCURRENCE_SPAN = "BI"
    OCCURRENCE = "BH"
    VALUE = "BE"
    CONDITION = "BG"
    TREATMENT = "TC"
    ANESTHESIA_PROCEDURE = "BP"  # the principal surgery under this anaesthesia
    OTHER_ANESTHESIA_PROCEDURE = "BO"


@dataclass(frozen=True, slots=True, repr=False)
class HealthCode:
    """One composite of an HI segment.

    Attributes:
        kind: Which list the code is of.
        code: Without a dot.
        first: The day of a procedure or occurrence, or the first of a span.
        last: The last day of a span.
        amount: Of a value code; not always money, so no ``Money``.
        present_on_admission: Y, N, U, W; empty when not said.
    """

    kind: HealthCodeKind
    code: str
    first: date | None = None
    last: date | None = None
    amount: Decimal | None = None
    present_on_admission: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class KeptSegment:
    """A segment that the document has no field for, kept so that nothing is lost.

    Attributes:
        loop: Where it stood, to our best knowledge: 2300, 2310B, 2400 ...
        elements: The tag and everything behind it, with the delimiters of ``segments``.
        stands_in: The document says a part of it only (a value that could not be read, an element
            the guide does not use): write this in place of what the document gives for it.
        stands_for: What the document gave for it when it was read, where the reader knows: once it
            gives something else, this is obsolete.
    """

    loop: str
    elements: tuple[str, ...]
    stands_in: bool = False
    stands_for: tuple[str, ...] = ()
