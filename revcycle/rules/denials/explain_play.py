"""Why does a play fit a denial, and where does such a denial come from?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.documents.playbook import Play, PlayClock, PlayPath


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
PATH_WORDS: Final[Mapping[PlayPath, str]] = MappingProxyType(
    {
        PlayPath.CORRECTED_CLAIM: "corrected claim, if the record supports it",
        PlayPath.NEW_CLAIM: "new claim: the payer never took this one into adjudication",
        PlayPath.APPEAL: "appeal, or the write-off that a second person approves",
        PlayPath.SEND_RECORDS: "send what was asked for",
        PlayPath.OTHER_PAYER: "bill the payer that is responsible",
        PlayPath.BILL_PATIENT: "bill the patient, after any further payer",
        PlayPath.FIND_ORIGINAL: "find the first claim; do not send again",
        PlayPath.COLLECT: "ask the patient for what the payer paid to the patient",
        PlayPath.DECIDE: "decide by the reason",
    }
)
CLOCK_WORDS: Final[Mapping[PlayClock, str]] = MappingProxyType(
    {
        PlayClock.CORRECTED_CLAIM: "the payer's limit for corrected claims",
        PlayClock.APPEAL: "the payer's limit for appeals",
        PlayClock.FILING: "the filing limit of the payer that is billed next",
        PlayClock.RECORDS: "the payer's limit for records",
        PlayClock.NONE: "no limit of a payer",
    }
)
UNKNOWN_ROOT: Final = Root("denials", "denial specialist", "decide by the reason")


def root_of(category: str) -> Root:
    """Say where denials of a category begin; a practice's own category is decided by reason.

    Source:
        The playbook's categories, and the step of the revenue cycle each belongs to.
    """
    return ROOTS.get(category, UNKNOWN_ROOT)


def root_of_play(play: Play) -> Root:
    """Say where such a denial begins, who mends it and by which path, as the play has it.

    Source:
        The playbook: a play's own stage and owner go before those of its category.
    """
    root = root_of(play.category)
    return Root(play.stage or root.stage, play.owner or root.owner, PATH_WORDS[play.path])


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
        f"procedures {', '.join(sorted(play.procedures))}" if play.procedures else "",
    ]
    named = ", ".join(part for part in parts if part)
    if not named:
        return "nothing more special fits"
    whose = "the practice's own playbook" if play.is_own else "the playbook"
    return f"first of {whose} that fits {named}"
