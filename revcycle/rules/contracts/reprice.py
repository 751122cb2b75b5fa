"""What the same services would bring under other terms: sums by payer and procedure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.documents.contract import ContractService, ExpectedPrice
from models.values.money import ZERO, Money
from revcycle.rules.contracts.price_claim import Pricer


@dataclass(frozen=True, slots=True)
class RepricedLine:
    """One service under the terms now and under the proposed ones."""

    service: ContractService
    now: ExpectedPrice
    then: ExpectedPrice

    @property
    def difference(self) -> Money:
        """How much more the proposed terms bring; zero where one of them says nothing."""
        if self.now.amount is None or self.then.amount is None:
            return ZERO
        return self.then.amount - self.now.amount


@dataclass(slots=True)
class RepricedGroup:
    """The services of one procedure at one payer.

    Attributes:
        now: What they bring by the terms as they are, of the lines that both terms price.
        lost: Lines that only the terms now price.
        gained: Lines that only the proposed terms price.
        unknown: Lines that neither prices.
    """

    payer_key: str
    payer_name: str
    code: str
    lines: int = 0
    now: Money = ZERO
    then: Money = ZERO
    lost: int = 0
    gained: int = 0
    unknown: int = 0

    @property
    def difference(self) -> Money:
        """How much more the proposed terms bring."""
        return self.then - self.now

    def add(self, line: RepricedLine) -> None:
        """Count a line."""
        now, then = line.now.amount, line.then.amount
        self.lines += 1
        if now is not None and then is not None:
            self.now, self.then = self.now + now, self.then + then
        elif now is None and then is None:
            self.unknown += 1
        elif now is None:
            self.gained += 1
        else:
            self.lost += 1


@dataclass(slots=True)
class Repricing:
    """All groups, and the lines of the one group that is looked into."""

    groups: dict[tuple[str, str], RepricedGroup] = field(default_factory=dict)
    shown: list[RepricedLine] = field(default_factory=list)
    shown_in_all: int = 0

    def ordered(self) -> list[RepricedGroup]:
        """List the groups, the largest change first."""
        return sorted(
            self.groups.values(),
            key=lambda one: (-abs(one.difference.cents), one.payer_name, one.code),
        )


def reprice_claims(
    claims: Iterable[Sequence[ContractService]],
    now: Pricer,
    then: Pricer,
    *,
    look_into: tuple[str, str] | None = None,
    shown_max: int = 200,
) -> Repricing:
    """Price claims by two contracts and add the differences up; nothing is kept of it.

    Args:
        claims: The services of each claim.
        now: The terms as they are.
        then: The proposed terms.
        look_into: Payer and procedure of which the lines are listed too.
        shown_max: How many of them at most.
    """
    found = Repricing()
    for services in claims:
        for line in reprice_claim(services, now, then):
            key = (line.service.payer_key, line.service.code)
            group = found.groups.setdefault(
                key, RepricedGroup(key[0], line.service.payer_name, key[1])
            )
            group.add(line)
            if key == look_into:
                found.shown_in_all += 1
                found.shown += [line] if len(found.shown) < shown_max else []
    return found


def reprice_claim(
    services: Sequence[ContractService], now: Pricer, then: Pricer
) -> Iterator[RepricedLine]:
    """Price the services of one claim by two contracts."""
    pairs = zip(services, now.price_claim(services), then.price_claim(services), strict=True)
    for service, before, after in pairs:
        yield RepricedLine(service, before, after)
