"""A simulated team lead at the end of the day: says which of two codings is right."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import AuditPolicy
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.coding_audit import CodeVerdict
from revcycle.operations.audit.complete_second_coding import CaseInHand
from revcycle.operations.audit.decide_case import decide_case
from revcycle.settings import settings
from revcycle.store import audited_cases, work_items, work_leases
from revcycle.store.session import transaction

THIRD_PERSON: Final = "tom.lake"
DISPUTES_MAX: Final = 200
LEFT: Final = 1  # disputes for the next morning
REMARK: Final = "Take the level and the units from what the note states, and from nothing else."


@dataclass(slots=True)
class ThirdPerson:
    """Who decides at one practice: for the auditor first, then for the coder, in turns."""

    act: Act
    policy: AuditPolicy
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Decide what the two codings differ in; return what was done."""
        act = replace(self.act, actor=THIRD_PERSON)
        with transaction(settings().database, act.client_id) as session:
            waiting = work_items.list_open_work_items(
                session, act.client_id, Queue.ADJUDICATION, limit=DISPUTES_MAX
            )
        for number, item in enumerate(waiting[:-LEFT]):
            with transaction(settings().database, act.client_id) as session:
                self._decide(session, act, item, is_coder_right=bool(number % 2))
        return self.done

    def _decide(self, session: Session, act: Act, item: WorkItem, *, is_coder_right: bool) -> None:
        held = work_leases.lease_work_item(
            session, act.client_id, item.id, holder=act.actor, at=act.at
        )
        if held is None:
            return  # a person took it first
        rows = audited_cases.list_codes(session, act.client_id, item.subject_id)
        right = {
            row.number: row.coder_code if is_coder_right else row.auditor_code
            for row in rows
            if row.verdict == CodeVerdict.OPEN
        }
        in_hand = CaseInHand(item.subject_id, item.id, held.lease_token)
        remark = "" if is_coder_right else REMARK
        wrong = decide_case(session, act, in_hand, right, remark=remark, policy=self.policy)
        said = "the coder was wrong" if wrong else "the coder was right"
        self.done[f"adjudication: {said}"] += 1
