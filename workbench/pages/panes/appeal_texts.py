"""What the pane of an appeal says in words."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from models.documents.denial import AppealPicture
from models.states.appeal import AppealState
from models.states.denial import DenialState
from revcycle.operations.denials.send_appeal import SendingWay
from workbench.pages.panes.denial_texts import DENIAL_WORDS
from workbench.pages.practices import Practice

MONEY_DAYS: Final = 30  # prompt payment laws of most states give a payer 30 days


class Answer(StrEnum):
    """What became of a letter. The value ends a word of ``SAID``."""

    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


SENT_BY: Final[Mapping[SendingWay, str]] = MappingProxyType(
    {
        SendingWay.PORTAL: "the payer's portal",
        SendingWay.FAX: "fax",
        SendingWay.CERTIFIED_MAIL: "certified mail",
        SendingWay.MAIL: "mail",
    }
)
ANSWERS: Final[Mapping[Answer, str]] = MappingProxyType(
    {
        Answer.WON: "Won: the payer will pay",
        Answer.LOST: "Lost: the payer keeps to its decision",
        Answer.WITHDRAWN: "Withdrawn: we take the letter back",
    }
)
APPEAL_WORDS: Final[Mapping[AppealState, str]] = MappingProxyType(
    {
        AppealState.PREPARED: "written, not sent",
        AppealState.SENT: "sent",
        AppealState.WON: "won",
        AppealState.LOST: "lost",
        AppealState.WITHDRAWN: "withdrawn",
    }
)


def appeal_values(appeal: AppealPicture, denial: DenialState) -> dict[str, str]:
    """Say what a form was filled in for; it brings the sum of it back."""
    return {
        "appeal": f"letter {appeal.level}, {APPEAL_WORDS[appeal.state]}",
        "denial": DENIAL_WORDS[denial],
    }


def written_on(appeal: AppealPicture, practice: Practice) -> date:
    """Tell the practice's day on which a letter was written: the date that it carries."""
    return appeal.prepared_at.astimezone(ZoneInfo(practice.time_zone)).date()
