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
from revcycle.sandbox.record import pending_work
from revcycle.synthetic.answers import Answer
from workbench.commands.cycle import run_cycle
from workbench.commands.practices import chosen_practices
from workbench.commands.simulated_coders import Coders
from workbench.commands.simulated_desk import Desk

ROUNDS = 4  # morning to evening; the last pays what was corrected after the third
QUIET_SECONDS = 90
POLL_SECONDS = 0.2
WORKING_STAGES = tuple(stage for stage in Stage if stage is not Stage.STATEMENTS)


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
        """Run the rounds of the day, and statements and reports at its end."""
        for number in range(1, ROUNDS + 1):
            for config in self.configs:
                self.say(f"round {number} of {ROUNDS}: {config.practice.name}")
                self._cycle(config, WORKING_STAGES)
                self._staff_work(config)
            self.say(f"round {number} of {ROUNDS}: the payer answers")
            self._wait_for_payer()
        for config in self.configs:
            self.say(f"statements: {config.practice.name}")
            self._cycle(config, tuple(Stage))

    def _cycle(self, config: ClientConfig, stages: Sequence[Stage]) -> None:
        today = clock.today_in(config.zone())
        if not run_cycle(config.key, list(stages), today):
            self.failed.append(config.key)

    def _staff_work(self, config: ClientConfig) -> None:
        ((_, client_id),) = chosen_practices(config.key)
        answers = self.answers.get(config.key, {})
        act = Act(client_id, "demo.staff", clock.now(), clock.today_in(config.zone()))
        done = self.staff.setdefault(config.key, Counter())
        done.update(Desk(config, act, answers).work())
        done.update(Coders(act, answers).work())

    def _wait_for_payer(self) -> None:
        """Wait until the payer has judged and delivered everything, late answers included.

        Raises:
            UnavailableError: it did not become quiet in time.
        """
        deadline = clock.now() + timedelta(seconds=QUIET_SECONDS)
        while pending_work(self.sandbox_home):
            if clock.now() > deadline:
                msg = "the sandbox payer did not answer in time; see logs/sandbox.log"
                raise UnavailableError(msg)
            time.sleep(POLL_SECONDS)
