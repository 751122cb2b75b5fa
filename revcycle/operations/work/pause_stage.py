"""Pause a stage of a practice, and let it go on."""

from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.stage import Stage
from revcycle.store import stage_pauses
from revcycle.store.audit import record_act

REASON_LENGTH_MAX: Final = 200


def pause_stage(session: Session, act: Act, stage: Stage, *, reason: str) -> bool:
    """Let no flow begin this stage of the practice until somebody resumes it.

    What a flow is doing at this moment is finished first. Whoever pauses what is paused changes
    nothing, and is told so by False.

    Raises:
        RejectedError: no reason is given, or a very long one.
    """
    why = " ".join(reason.split())
    if not 0 < len(why) <= REASON_LENGTH_MAX:
        msg = f"say why in at most {REASON_LENGTH_MAX} characters, without names of patients"
        raise RejectedError(msg)
    is_new = stage_pauses.add_pause(session, act.client_id, act, stage, why)
    if is_new:
        _record(session, act, "pause_stage", stage)
    return is_new


def resume_stage(session: Session, act: Act, stage: Stage) -> bool:
    """Let flows run a stage again; False when it was not paused."""
    was_paused = stage_pauses.drop_pause(session, act.client_id, stage)
    if was_paused:
        _record(session, act, "resume_stage", stage)
    return was_paused


def _record(session: Session, act: Act, action: str, stage: Stage) -> None:
    record_act(session, act.client_id, act, action, "stage", None, outcome=str(stage))
