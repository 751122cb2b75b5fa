"""A manager pauses a stage of a practice."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.errors import RejectedError
from models.states.stage import Stage
from models.tables import AuditEvent
from revcycle.operations.work.pause_stage import pause_stage, resume_stage
from revcycle.store import stage_pauses
from revcycle.store.session import transaction


def test_a_paused_stage_waits_with_its_reason_until_somebody_resumes_it(
    either_database_url: str, practice: UUID, office: Act
) -> None:
    with transaction(either_database_url, practice) as session:
        assert pause_stage(session, office, Stage.SUBMISSION, reason="  Payer  outage ")
    with transaction(either_database_url, practice) as session:
        assert stage_pauses.is_paused(session, practice, Stage.SUBMISSION)
        assert not stage_pauses.is_paused(session, practice, Stage.POSTING)
        (pause,) = stage_pauses.list_pauses(session, [practice])
        assert (pause.stage, pause.paused_by, pause.reason) == (
            Stage.SUBMISSION,
            "tester",
            "Payer outage",
        )
        assert resume_stage(session, office, Stage.SUBMISSION)
        assert not stage_pauses.is_paused(session, practice, Stage.SUBMISSION)


def test_pausing_or_resuming_twice_is_once_also_in_the_trail(
    either_database_url: str, practice: UUID, office: Act
) -> None:
    with transaction(either_database_url, practice) as session:
        assert pause_stage(session, office, Stage.POSTING, reason="first")
        assert not pause_stage(session, office, Stage.POSTING, reason="second")
        assert stage_pauses.list_pauses(session, [practice])[0].reason == "first"
        assert resume_stage(session, office, Stage.POSTING)
        assert not resume_stage(session, office, Stage.POSTING)
        events = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
        assert [(event.action, event.outcome) for event in events] == [
            ("pause_stage", "posting"),
            ("resume_stage", "posting"),
        ]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_nobody_pauses_a_stage_without_a_reason_that_can_be_read(
    database_url: str, act: Act, client_id: UUID, reason: str
) -> None:
    with transaction(database_url, client_id) as session, pytest.raises(RejectedError, match="why"):
        pause_stage(session, act, Stage.POSTING, reason=reason)
