"""The seven stages of the revenue cycle, in their order."""

from enum import StrEnum


class Stage(StrEnum):
    """One of the seven. The value is the name of the module in every layer."""

    INTAKE = "intake"
    VERIFICATION = "verification"
    CODING = "coding"
    SUBMISSION = "submission"
    POSTING = "posting"
    DENIALS = "denials"
    STATEMENTS = "statements"
