"""As what is a payer asked again: as a replacement, a void or a new claim?"""

from collections.abc import Iterable
from typing import Final

from models.documents.claim import FrequencyCode
from models.documents.playbook import Play

UNPROCESSABLE: Final = "MA130"
PART_B: Final = "MB"


def takes_replacements(filing_indicator: str, *, said: bool | None) -> bool:
    """Tell whether a payer takes frequency code 7: as the client file says, else all but Part B.

    Source:
        Medicare contractors take frequency 1 only for professional claims of Part B; corrections
        are new claims or reopenings (42 CFR 405.980). The client file may say otherwise.
    """
    return filing_indicator != PART_B if said is None else said


def was_processed(remarks: Iterable[str]) -> bool:
    """Tell whether the payer judged the claim at all.

    Source:
        CMS Medicare Claims Processing Manual, chapter 1, section 80.3.2: a claim returned as
        unprocessable (MA130) is sent anew and has no appeal rights.
    """
    return UNPROCESSABLE not in remarks


def may_appeal(play: Play, remarks: Iterable[str]) -> bool:
    """Tell whether the payer decides such a denial anew on a letter.

    Source:
        The playbook, and ``was_processed``.
    """
    return play.takes_appeal and was_processed(remarks)


def frequency_for(
    remarks: Iterable[str], *, payer_number: str, replaces: bool, voids: bool = False
) -> FrequencyCode:
    """Choose the frequency code of the next version of a claim.

    Args:
        remarks: Of the denials that the version answers.
        payer_number: The payer's own number of the claim; without it nothing can be replaced.
        replaces: Whether the payer takes replacements.
        voids: Whether the claim is taken back as a whole.

    Raises:
        ValueError: there is nothing that could be taken back.

    Source:
        ASC X12 005010X222A1, CLM05-3 and REF*F8; ``was_processed``.
    """
    is_known = bool(payer_number) and was_processed(remarks)
    if voids:
        if not is_known:
            msg = "the payer has no claim that could be taken back"
            raise ValueError(msg)
        return FrequencyCode.VOID
    return FrequencyCode.REPLACEMENT if is_known and replaces else FrequencyCode.ORIGINAL
