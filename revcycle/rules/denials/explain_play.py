"""Why does a play fit a denial, and where does such a denial come from?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.documents.playbook import Play


@dataclass(frozen=True, slots=True)
class Root:
    """Where denials of a category begin, who mends it, and by which path money still comes.

    Attributes:
        stage: The step of the revenue cycle that would have prevented it.
        owner: Who can mend it.
        path: How the payer is asked again.
    """

    stage: str
    owner: str
    path: str


ROOTS: Final[Mapping[str, Root]] = MappingProxyType(
    {
        "appeal": Root("denials", "denial specialist", "next level of appeal"),
        "assignment": Root("registration", "front desk of the practice", "ask the patient"),
        "authorization": Root("verification", "verifier", "corrected claim, else appeal"),
        "benefit": Root("verification", "verifier", "appeal, next payer or patient"),
        "clinical": Root("coding", "clinician and coder", "appeal with records"),
        "coding": Root("coding", "coder", "corrected claim if the note supports it"),
        "coordination": Root("verification", "verifier", "bill the payer that comes first"),
        "eligibility": Root("verification", "verifier", "bill the payer responsible"),
        "enrollment": Root("enrollment", "manager", "mend the enrollment, then corrected claim"),
        "filing_limit": Root("submission", "biller", "appeal with proof of filing"),
        "missing_information": Root("submission", "biller", "corrected claim"),
        "network": Root("contracting", "manager", "exception or appeal"),
        "records": Root("submission", "denial specialist", "send what was asked for"),
        "registration": Root("intake", "front desk of the practice", "corrected claim"),
        "review": Root("denials", "denial specialist", "decide by the reason"),
        "submission": Root("submission", "biller", "find the first claim; do not send again"),
        "underpayment": Root("posting", "denial specialist", "dispute by the contract"),
    }
)
UNKNOWN_ROOT: Final = Root("denials", "denial specialist", "decide by the reason")


def root_of(category: str) -> Root:
    """Say where denials of a category begin; a practice's own category is decided by reason.

    Source:
        The playbook's categories, and the step of the revenue cycle each belongs to.
    """
    return ROOTS.get(category, UNKNOWN_ROOT)


def why_play(play: Play, group: str, carc: str, rarcs: Iterable[str], payer_key: str) -> str:
    """Say in one sentence by what a play fitted.

    Source:
        ``find_play``: a part that a play does not name fits anything.
    """
    remarks = sorted(play.rarcs & frozenset(rarcs))
    parts = [
        f"group {group}" if play.groups else "",
        f"reason {carc}" if play.carcs else "",
        f"remark {' and '.join(remarks)}" if remarks else "",
        f"payer {payer_key}" if play.payer_keys else "",
    ]
    named = ", ".join(part for part in parts if part)
    if not named:
        return "nothing more special fits"
    return f"first of the playbook that fits {named}"
