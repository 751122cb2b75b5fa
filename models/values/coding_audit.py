"""The words of audits of coding."""

from enum import StrEnum


class SampleMethod(StrEnum):
    """How the charts of a sample were chosen."""

    RANDOM = "random"  # each chart as likely as any other
    RISK = "risk"  # the likelier, the more can go wrong with it
    FULL_REVIEW = "full_review"  # every chart of a coder who is new, or below the floor


class CodePart(StrEnum):
    """What of a coding one decision is about."""

    DIAGNOSIS = "diagnosis"
    FIRST_DIAGNOSIS = "first_diagnosis"  # which one stands first
    PROCEDURE = "procedure"
    LEVEL = "level"  # of an evaluation and management service
    MODIFIER = "modifier"
    UNITS = "units"


class Gravity(StrEnum):
    """How grave it is when a decision is wrong."""

    MATERIAL = "material"  # it changes what is paid, or what is risked
    MINOR = "minor"


class CodeVerdict(StrEnum):
    """Who coded something right."""

    SAME = "same"  # both say the same
    OPEN = "open"  # they differ, and nobody has decided
    CODER = "coder"
    AUDITOR = "auditor"
    OTHER = "other"  # neither: the third person says what is right


class CoderStanding(StrEnum):
    """How much of a coder's work is audited, and why."""

    NEW = "new"  # too few closed cases: every chart is audited
    BELOW_FLOOR = "below_floor"  # the accuracy may be below the floor: every chart is audited
    COMPETENT = "competent"  # samples are enough
