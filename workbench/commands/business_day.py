"""One business day of several practices: cycles, and staff at work between them."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.errors import UnavailableError
from models.states.stage import Stage
from revcycle.connectors import clock
from revcycle.operations.audit.policies import audit_policy
from revcycle.operations.coding.policies import coding_policy
from revcycle.sandbox.record import delivered_files, pending_work
from revcycle.settings import settings
from revcycle.store.inbound_files import find_inbound_file_id
from revcycle.store.session import transaction
from revcycle.store.state_changes import count_moves
from revcycle.synthetic.answers import Answer
from revcycle.synthetic.evening import SyntheticEvening
from workbench.commands.cycle import run_cycle
from workbench.commands.evening_post import EveningPost
from workbench.commands.invented_input import drop_files
from workbench.commands.practices import chosen_practices
from workbench.commands.simulated_auditor import Auditor
from workbench.commands.simulated_authorizations import write_authorizations
from workbench.commands.simulated_bank import SimulatedBank
from workbench.commands.simulated_coders import Coders, usual_service
from workbench.commands.simulated_desk import Desk
from workbench.commands.simulated_front_desk import take_payments
from workbench.commands.simulated_late_shift import LateShift
from workbench.commands.simulated_register import LateRegister
from workbench.commands.simulated_third_person import ThirdPerson

ROUNDS = 3  # morning, noon, afternoon
QUIET_SECONDS = 90
POLL_SECONDS = 0.2
MORNING = tuple(stage for stage in Stage if stage is not Stage.STATEMENTS)
LATER = tuple(stage for stage in MORNING if stage is not Stage.INTAKE)  # all came in the morning


@dataclass(slots=True)
class BusinessDay:
    """The day of all practices on one machine.

    Attributes:
        answers: The generator's answer key of each practice.
        evenings: What comes in after staff went home, and waits for the next morning; nothing at
            a practice whose files somebody else gave.
        sandbox_home: Where the payer keeps its record; the day waits until it is quiet.
        say: Tells the person who watches how far the day is.
    """

    configs: Sequence[ClientConfig]
    answers: Mapping[str, Mapping[str, Answer]]
    evenings: Mapping[str, SyntheticEvening]
    sandbox_home: Path
    say: Callable[[str], None]
    staff: dict[str, Counter[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Run the rounds of the day, and payments, statements and reports at its end.

        A practice at which nothing moved in a round, and for which the payer left nothing since,
        rests until the evening.
        """
        busy = list(self.configs)
        for number in range(1, ROUNDS + 1):
            marks = {config.key: self._mark(config) for config in busy}
            for config in busy:
                self.say(f"round {number} of {ROUNDS}: {config.practice.name}")
                self._cycle(config, MORNING if number == 1 else LATER)
                self._staff_work(config)
            self._wait_for_payer(f"round {number} of {ROUNDS}")
            busy = [config for config in busy if self._mark(config) != marks[config.key]]
        self._end_the_day()

    def _end_the_day(self) -> None:
        """Send what the afternoon made ready, post the answers, let patients pay, ask the rest.

        What comes in now goes as far as it goes without people.
        """
        for config in self.configs:
            self.say(f"evening: {config.practice.name} sends its last claims")
            self._take_in_late(config)
        self._wait_for_payer("evening")
        for config in self.configs:
            if config.key in self.evenings:
                self.say(f"evening: {config.practice.name} sends what came late")
                self._cycle(config, (Stage.VERIFICATION, Stage.CODING, Stage.SUBMISSION))
        self._wait_for_payer("night")
        for config in self.configs:
            self.say(f"night: {config.practice.name} posts and asks patients to pay")
            self._take_in_money(config)
            self._cycle(config, (Stage.VERIFICATION, Stage.POSTING, Stage.DENIALS))
            self._close(config)
            self._cycle(config, (Stage.STATEMENTS,))

    def _take_in_late(self, config: ClientConfig) -> None:
        evening = self.evenings.get(config.key)
        if evening is None:
            self._cycle(config, (Stage.VERIFICATION, Stage.SUBMISSION))
            return
        home = settings().home
        drop_files(evening.files, {source.key: home / source.folder for source in config.intake})
        neighbour = next((one for one in self.configs if one.key != config.key), config)
        act = self._act(config)
        EveningPost(config, neighbour, act.today).leave(act)
        self._cycle(config, (Stage.INTAKE, Stage.VERIFICATION, Stage.SUBMISSION))

    def _take_in_money(self, config: ClientConfig) -> None:
        """Let the bank leave its statement, and the desk write down what patients paid before."""
        evening = self.evenings.get(config.key)
        if evening is None:
            return
        if config.bank is not None:
            SimulatedBank(config.bank, self._act(config)).leave_statement()
        register = LateRegister(config, self._act(config), evening.source_keys)
        self._count(config, register.work())

    def _close(self, config: ClientConfig) -> None:
        """Let the late shift do its work, and those pay who came while the desk was open."""
        self._count(config, Auditor(self._act(config), audit_policy(config)).work())
        self._count(config, ThirdPerson(self._act(config), audit_policy(config)).work())
        evening = self.evenings.get(config.key)
        shift = LateShift(config, self._act(config), evening.source_keys if evening else {})
        self._count(config, shift.work())
        self._count(config, take_payments(self._act(config), but=shift.late_patients()))

    def _mark(self, config: ClientConfig) -> tuple[int, int]:
        """Say how far a practice is: what moved here, and what the payer left for it."""
        ((_, client_id),) = chosen_practices(config.key)
        with transaction(settings().database, client_id) as session:
            moves = count_moves(session, client_id)
        return moves, delivered_files(self.sandbox_home, config.key)

    def _cycle(self, config: ClientConfig, stages: Sequence[Stage]) -> None:
        today = clock.today_in(config.zone())
        if not run_cycle(config.key, list(stages), today):
            self.failed.append(config.key)

    def _is_evening(self, config: ClientConfig) -> bool:
        """Tell whether the files of this day's evening came: then staff went home.

        A day that is run again finds nobody at work, and leaves the next morning its work.
        """
        evening = self.evenings.get(config.key)
        if evening is None:
            return False
        ((_, client_id),) = chosen_practices(config.key)
        names = [hashlib.sha256(file.content).hexdigest() for file in evening.files]
        with transaction(settings().database, client_id) as session:
            return any(find_inbound_file_id(session, client_id, one) for one in names)

    def _staff_work(self, config: ClientConfig) -> None:
        if self._is_evening(config):
            return
        answers = self.answers.get(config.key, {})
        act = self._act(config)
        self._count(config, Desk(config, act, answers).work())
        self._count(config, write_authorizations(act))
        coders = Coders(
            act,
            answers,
            usual_service(config.fees),
            coding_policy(config),
            are_suggested=config.coding.suggestions,
        )
        self._count(config, coders.work())

    def _act(self, config: ClientConfig) -> Act:
        ((_, client_id),) = chosen_practices(config.key)
        return Act(client_id, "demo.staff", clock.now(), clock.today_in(config.zone()))

    def _count(self, config: ClientConfig, done: Counter[str]) -> None:
        self.staff.setdefault(config.key, Counter()).update(done)

    def _wait_for_payer(self, moment: str) -> None:
        """Wait until the payer has judged and delivered everything, late answers included.

        Raises:
            UnavailableError: it did not become quiet in time.
        """
        self.say(f"{moment}: the payer answers")
        deadline = clock.now() + timedelta(seconds=QUIET_SECONDS)
        while pending_work(self.sandbox_home):
            if clock.now() > deadline:
                msg = "the sandbox payer did not answer in time; see logs/sandbox.log"
                raise UnavailableError(msg)
            time.sleep(POLL_SECONDS)
