"""What is compared when codings are looked over, and with whom."""

from enum import StrEnum


class Pattern(StrEnum):
    """What is counted of a provider's codings."""

    LEVEL = "level"  # of visits, within one family
    MODIFIER = "modifier"  # 25 on visits, 59 and its finer forms on other services
    UNITS = "units"  # of lines of one procedure
    SERVICES = "services"  # at one encounter


class Against(StrEnum):
    """With whom a provider is compared."""

    PEERS = "peers"  # others of the same specialty in the same days
    PAST = "past"  # the same provider in as many days before
