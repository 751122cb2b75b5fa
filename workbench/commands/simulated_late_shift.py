"""What the last people do before they go home: one question, one letter, one request."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.states.cause_party import CauseParty
from models.states.denial import DenialState
from models.tables import Denial, Encounter
from revcycle.formats.letters.appeal_wording import write_appeal
from revcycle.operations.coding.ask_provider import ask_provider
from revcycle.operations.coding.queue_encounters import coding_cause
from revcycle.operations.denials.load_appeal_facts import load_appeal_facts
from revcycle.operations.denials.prepare_appeal import prepare_appeal
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.rules.denials.choose_wording import choose_wording
from revcycle.settings import settings
from revcycle.store import appeals, claims, denials, encounters, work_items, work_leases
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.session import transaction
from revcycle.synthetic.evening import Trouble
from workbench.commands.simulated_coders import CODERS, QUERY_ANSWERED
from workbench.commands.simulated_desk import DENIALS_CLERK

QUESTION: Final = "Please say which side it was, and whether the complaint is new."
SIGNER: Final = "Dan Brook"
ANSWER_DAYS: Final = 60


@dataclass(slots=True)
class LateShift:
    """The late shift of one practice. Whatever it did already, it does not do again.

    Attributes:
        source_keys: The practice's numbers of the encounters that came in the evening.
    """

    config: ClientConfig
    act: Act
    source_keys: Mapping[Trouble, str]
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Ask about a note, write a letter, ask to give one denial up; return what was done."""
        with transaction(settings().database, self.act.client_id) as session:
            found = self._find(session)
            if Trouble.UNCLEAR in found:
                self._ask(session, found[Trouble.UNCLEAR].id)
            if Trouble.APPEALED in found:
                self._appeal(session, found[Trouble.APPEALED].id)
            if Trouble.GIVEN_UP in found:
                self._give_up(session, found[Trouble.GIVEN_UP].id)
        return self.done

    def late_patients(self) -> frozenset[UUID]:
        """Name the patients who came when nobody was at the front desk any more."""
        with transaction(settings().database, self.act.client_id) as session:
            rows = self._find(session).values()
            return frozenset(row.patient_id for row in rows if row.patient_id)

    def _find(self, session: Session) -> dict[Trouble, Encounter]:
        keys = set(self.source_keys.values())
        rows = encounters.find_encounters_by_source_key(session, self.act.client_id, keys)
        return {trouble: rows[key] for trouble, key in self.source_keys.items() if key in rows}

    def _ask(self, session: Session, encounter_id: UUID) -> None:
        act = replace(self.act, actor=CODERS[0])
        item_id = work_items.find_open_cause(session, act.client_id, coding_cause(encounter_id))
        if item_id is None or self._was_asked(session, item_id):
            return
        item = work_leases.lease_work_item(
            session, act.client_id, item_id, holder=act.actor, at=act.at
        )
        if item is None:
            return  # a person took it first
        ask_provider(
            session,
            act,
            encounter_id,
            question=QUESTION,
            work_item_id=item.id,
            token=item.lease_token,
        )
        self.done["coding: asked the provider"] += 1

    def _was_asked(self, session: Session, item_id: UUID) -> bool:
        item = work_items.get_work_item(session, self.act.client_id, item_id)
        return item is not None and item.reason == QUERY_ANSWERED

    def _appeal(self, session: Session, encounter_id: UUID) -> None:
        act = replace(self.act, actor=DENIALS_CLERK)
        for denial in _denials(session, act, encounter_id):
            written = appeals.list_appeals(session, act.client_id, denial.id)
            if denial.state == DenialState.OPEN and not written:
                self._write(session, act, denial)
                self.done["denial: wrote an appeal"] += 1

    def _give_up(self, session: Session, encounter_id: UUID) -> None:
        act = replace(self.act, actor=DENIALS_CLERK)
        for denial in _denials(session, act, encounter_id):
            if denial.state == DenialState.OPEN:
                reason, cause = "not_documented", CauseParty.CLIENT
                request_write_off(session, act, denial.id, reason=reason, cause=cause)
                self.done["denial: asked to write a denial off"] += 1

    def _write(self, session: Session, act: Act, denial: Denial) -> None:
        wording = choose_wording(denial.category, sent_before=0)
        practice = self.config.practice
        facts = load_appeal_facts(
            session,
            act,
            get_denial_picture(session, act.client_id, denial.id),
            practice=practice.to_document(),
            time_zone=practice.time_zone,
            signer=SIGNER,
        )
        prepare_appeal(
            session,
            act,
            denial.id,
            wording=wording,
            letter=write_appeal(wording, facts),
            answer_by=act.today + timedelta(days=ANSWER_DAYS),
        )


def _denials(session: Session, act: Act, encounter_id: UUID) -> list[Denial]:
    rows = claims.list_claims_of_encounters(session, act.client_id, [encounter_id])
    return denials.denials_of_claims(session, act.client_id, [row.id for row in rows])
