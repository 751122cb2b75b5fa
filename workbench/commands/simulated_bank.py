"""The statement that the simulated bank leaves at night: one check short, one payment unknown."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from models.documents.act import Act
from models.documents.client_config import BankSection
from models.documents.deposit import OpenRemittance
from models.values.money import ZERO, Money
from revcycle.operations.deposits.import_bank_file import BANK_FILE
from revcycle.rules.deposits.matching import payment_number
from revcycle.settings import settings
from revcycle.store.deposits import open_deposits, open_remittances
from revcycle.store.inbound_files import list_inbound_files
from revcycle.store.session import transaction

Cells = dict[str, str]
MISSING: Final = Money(1_000)  # the largest check of the day comes in short by so much
UNKNOWN: Final = Money(21_550)  # what a payer sent without saying what for
UNKNOWN_DAYS_AGO: Final = 9  # longer than a remittance may take to follow, holidays included
FEE: Final = Money(-1_200)


@dataclass(frozen=True, slots=True)
class SimulatedBank:
    """The bank of one practice on one day. A day that is run again brings no second statement."""

    bank: BankSection
    act: Act

    def leave_statement(self) -> bool:
        """Leave the day's statement in the practice's folder; tell whether it is new."""
        name = f"statement_{self.act.today:%Y%m%d}.csv"
        folder = settings().home / (self.bank.folder or "bank")
        if (folder / name).exists() or self._is_known(name):
            return False
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / name, self._statement(self._paid()))
        return True

    def _is_known(self, name: str) -> bool:
        with transaction(settings().database, self.act.client_id) as session:
            files = list_inbound_files(session, self.act.client_id, kinds=[BANK_FILE])
        return any(file.name == name for file in files)

    def _paid(self) -> list[OpenRemittance]:
        """List what was announced and has not come, the largest payment first."""
        with transaction(settings().database, self.act.client_id) as session:
            came = open_deposits(session, self.act.client_id)
            announced = open_remittances(session, self.act.client_id)
        numbers = {payment_number(one.check_number) for one in came if one.check_number}
        paid = [
            one
            for one in announced
            if one.amount > ZERO and payment_number(one.trace_number) not in numbers
        ]
        return sorted(paid, key=lambda one: (-one.amount.cents, one.trace_number))

    def _statement(self, paid: Sequence[OpenRemittance]) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.bank.delimiter)
        writer.writerow(self.bank.columns.values())
        for cells in (*self._checks(paid), self._unknown(), self._fee()):
            writer.writerow([cells.get(name, "") for name in self.bank.columns])
        return out.getvalue().encode()

    def _checks(self, paid: Sequence[OpenRemittance]) -> Iterator[Cells]:
        for place, one in enumerate(paid):
            amount = one.amount - MISSING if place == 0 and one.amount > MISSING else one.amount
            check = {"check_number": one.trace_number}
            yield self._cells(0, amount, f"Lockbox {one.payer_name}") | check

    def _unknown(self) -> Cells:
        trace = f"TRN*1*EFT{self.act.today:%y%m%d}*1900000001"
        return self._cells(UNKNOWN_DAYS_AGO, UNKNOWN, f"HCCLAIMPMT GULLWING BENEFIT {trace}")

    def _fee(self) -> Cells:
        return self._cells(0, FEE, "Account analysis fee")

    def _cells(self, days_ago: int, amount: Money, text: str) -> Cells:
        day = self.act.today - timedelta(days=days_ago)
        return {
            "date": day.strftime(self.bank.date_format),
            "amount": str(amount),
            "credit": str(amount) if amount > ZERO else "",
            "debit": str(-amount) if amount < ZERO else "",
            "description": text,
        }


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
