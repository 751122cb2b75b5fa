"""What the pages of prevention say of an edit in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.learned_edit import EditKind, EditPicture, EditRule
from models.states.learned_edit import EditEvent, EditState
from revcycle.reference.adjustment_codes import adjustment_label

STATE_WORDS: Final[Mapping[EditState, str]] = MappingProxyType(
    {
        EditState.PROPOSED: "to decide",
        EditState.ON: "on",
        EditState.OFF: "off",
        EditState.REJECTED: "rejected",
    }
)
SAID_OF_EDITS: Final[Mapping[EditEvent, str]] = MappingProxyType(
    {
        EditEvent.SWITCH_ON: "Switched on: claims are judged by it from the next check.",
        EditEvent.SWITCH_OFF: "Switched off: claims are not judged by it any more.",
        EditEvent.REJECT: "Rejected: it is not proposed again, and can still be switched on.",
    }
)


def say_edit(rule: EditRule) -> str:
    """Say what an edit asks of a claim."""
    code, wanted = rule.procedure_code, ", ".join(rule.wanted)
    match rule.kind:
        case EditKind.REQUIRES_MODIFIER:
            return f"{code} needs a modifier: {wanted}"
        case EditKind.REQUIRES_DIAGNOSIS:
            return f"{code} needs a diagnosis that begins with {wanted}"
        case EditKind.REQUIRES_AUTHORIZATION:
            return f"{code} needs an authorization"
        case EditKind.REQUIRES_COVERAGE:
            return "Coverage must be found in force before the claim leaves"
        case EditKind.CODE_NOT_ACCEPTED:
            return f"{code} is not paid"
        case EditKind.PROVIDER_NOT_ENROLLED:
            return f"Provider {wanted} is not enrolled"


def say_reason(edit: EditPicture) -> str:
    """Say for what most of the claims were denied."""
    remark = f", remark {edit.remark}" if edit.remark else ""
    return f"{edit.group}-{edit.reason} {adjustment_label(edit.reason)}{remark}"
