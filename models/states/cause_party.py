"""Who caused what is given up."""

from enum import StrEnum


class CauseParty(StrEnum):
    """Whose fault a write-off is; a contract between practice and office may depend on it."""

    CLIENT = "client"  # the practice: came late, asked for no authorization, wrote no note
    BPO = "bpo"  # the billing company
    PAYER = "payer"
