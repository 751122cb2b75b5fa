"""What one partner wants of the files it gets: delimiters, characters, line breaks."""

from dataclasses import dataclass
from enum import StrEnum

from models.errors import RejectedError
from revcycle.formats.x12.segments import Delimiters

OURS = Delimiters()
LINE_ENDS = frozenset("\r\n")  # which may end segments, and nothing else


class CharacterSet(StrEnum):
    """Which characters text may have (X12.6, section 3.3)."""

    BASIC = "basic"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class WriteProfile:
    """How a claim file is written for one partner; the default is what every payer takes.

    Attributes:
        delimiters: Four different signs, none of them a letter, a digit or a blank.
        characters: What free text may hold; what is beyond is transliterated or refused.
        upper_case: Names and text in capitals. Identifiers are never changed.
        line_breaks: A line break after each terminator, for people who look at the file.
        as_it_stands: Write a document that was read as it was read: nothing is transliterated,
            completed, left out or refused, but what would break the file.
    """

    delimiters: Delimiters = OURS
    characters: CharacterSet = CharacterSet.BASIC
    upper_case: bool = True
    line_breaks: bool = True
    as_it_stands: bool = False

    def __post_init__(self) -> None:
        """Refuse what no file can be written with.

        Raises:
            RejectedError: two delimiters are the same, or one may be part of any text; or lower
                case is wanted of the basic character set, which has none.
        """
        if self.as_it_stands:
            return
        signs = self.delimiters.all()
        inner = signs.removesuffix(self.delimiters.terminator)
        is_torn = any(sign in LINE_ENDS for sign in inner)
        if len(set(signs)) != len(signs) or is_torn or any(map(_is_of_text, signs)):
            msg = "delimiters must be four different signs, no letters, digits or blanks"
            raise RejectedError(msg)
        if not self.upper_case and self.characters is CharacterSet.BASIC:
            msg = "lower case needs the extended character set"
            raise RejectedError(msg)


def _is_of_text(sign: str) -> bool:
    return sign.isalnum() or sign == " " or not sign.isascii()


DEFAULT_PROFILE = WriteProfile()
