"""A simulated auditor at the end of the day: codes charts again, now and then otherwise."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_audit import AuditPolicy
from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from models.tables import WorkItem
from revcycle.operations.audit.complete_second_coding import CaseInHand, complete_second_coding
from revcycle.settings import settings
from revcycle.store import audited_cases, work_items, work_leases
from revcycle.store.frozen_codings import thaw_coding
from revcycle.store.session import transaction

AUDITOR: Final = "ada.moss"  # of the invented staff, so that somebody sees these figures as own
CHARTS_MAX: Final = 200
LEFT: Final = 1  # charts for the next morning
OTHERWISE_EVERY: Final = 6  # one chart in so many
LOWER_LEVELS: Final = {"99213": "99212", "99214": "99213", "99215": "99214"}
OTHERWISE_FIRST: Final = 2  # and the first ones, so that a short day has a dispute as well


@dataclass(slots=True)
class Auditor:
    """The auditor of one practice, who leaves a chart to the next morning."""

    act: Act
    policy: AuditPolicy
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Code the charts that were drawn a second time; return what was done."""
        act = replace(self.act, actor=AUDITOR)
        with transaction(settings().database, act.client_id) as session:
            waiting = work_items.list_open_work_items(
                session, act.client_id, Queue.CODING_AUDIT, limit=CHARTS_MAX
            )
        for number, item in enumerate(waiting[:-LEFT]):
            is_otherwise = number < OTHERWISE_FIRST or number % OTHERWISE_EVERY == 0
            self._audit(act, item, is_otherwise=is_otherwise)
        return self.done

    def _audit(self, act: Act, item: WorkItem, *, is_otherwise: bool) -> None:
        with transaction(settings().database, act.client_id) as session:
            held = work_leases.lease_work_item(
                session, act.client_id, item.id, holder=act.actor, at=act.at
            )
            if held is None:
                return  # a person took it first
            case = audited_cases.see_case(session, act.client_id, item.subject_id)
            coding = thaw_coding(case.coder_coding)
            in_hand = CaseInHand(case.id, item.id, held.lease_token)
            coding = _otherwise(coding) if is_otherwise else coding
            state = complete_second_coding(session, act, in_hand, coding, self.policy)
        said = "agreed" if state is AuditedCaseState.AGREED else "coded a chart otherwise"
        self.done[f"coding audit: {said}"] += 1


def _otherwise(coding: CodingDocument) -> CodingDocument:
    """Read the first service otherwise: a lower level of a visit, or a unit more."""
    if not coding.services:
        return replace(coding, diagnoses=coding.diagnoses[:-1])
    first: CodedService = coding.services[0]
    lower = LOWER_LEVELS.get(first.procedure_code)
    read = replace(first, procedure_code=lower) if lower else replace(first, units=first.units + 1)
    return replace(coding, services=(read, *coding.services[1:]))
