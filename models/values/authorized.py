"""What a payer counts when it allows so many."""

from enum import StrEnum


class Counted(StrEnum):
    """What is counted of an authorization."""

    VISITS = "visits"  # days of service
    UNITS = "units"  # units of the services

    def named(self, count: int) -> str:
        """Say ``visit`` of one and ``visits`` of any other number."""
        return self.value.removesuffix("s") if count == 1 else self.value


class AuthorizationSource(StrEnum):
    """How we know of an authorization."""

    PERSON = "person"  # a staff member wrote it down
    FILE = "file"  # a file of the practice
    PAYER = "payer"  # an answer of the payer (271)
