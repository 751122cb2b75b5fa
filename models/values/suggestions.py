"""Words for suggested codes: who suggests one, and what a coder made of it."""

from enum import StrEnum
from typing import Final

RANK_MAX: Final = 10  # of accepted@10


class Source(StrEnum):
    """Who suggests a code."""

    BOOK = "book"  # its title or an inclusion term
    HISTORY = "history"  # what the practice's coders made of such words
    NEIGHBOUR = "neighbour"  # a note much like this one has it


class SuggestionOutcome(StrEnum):
    """What became of a suggested code when its chart was completed."""

    UNDECIDED = "undecided"  # the chart is not completed
    ACCEPTED = "accepted"  # it is among the final diagnoses, whoever typed it
    CORRECTED = "corrected"  # another code of its category is, and was not suggested
    IGNORED = "ignored"  # neither
