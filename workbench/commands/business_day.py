"""One business day of several practices: cycles, and staff at work between them."""

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
from revcycle.sandbox.record import delivered_files, pending_work
from revcycle.settings import settings
from revcycle.store.session import transaction
from revcycle.store.state_changes import count_moves
from revcycle.synthetic.answers import Answer
from workbench.commands.cycle import run_cycle
from workbench.commands.practices import chosen_practices
from workbench.commands.simulated_coders import Coders, usual_service
from workbench.commands.simulated_desk import Desk
from workbench.commands.simulated_front_desk import take_payments

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
        sandbox_home: Where the payer keeps its record; the day waits until it is quiet.
        say: Tells the person who watches how far the day is.
    """

    configs: Sequence[ClientConfig]
    answers: Mapping[str, Mapping[str, Answer]]
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
        """Send what the afternoon made ready, post the answers, let patients pay, ask the rest."""
        for config in self.configs:
            self.say(f"evening: {config.practice.name} sends its last claims")
            self._cycle(config, (Stage.VERIFICATION, Stage.SUBMISSION))
        self._wait_for_payer("evening")
        for config in self.configs:
            self.say(f"evening: {config.practice.name} posts and asks patients to pay")
            self._cycle(config, (Stage.POSTING, Stage.DENIALS))
            self._count(config, take_payments(self._act(config)))
            self._cycle(config, (Stage.STATEMENTS,))

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

    def _staff_work(self, config: ClientConfig) -> None:
        answers = self.answers.get(config.key, {})
        act = self._act(config)
        self._count(config, Desk(config, act, answers).work())
        self._count(config, Coders(act, answers, usual_service(config.fees)).work())

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
