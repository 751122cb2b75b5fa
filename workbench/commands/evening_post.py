"""What a payer leaves in the evening that fits nothing of the practice's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from models.documents.acknowledgement import (
    FunctionalAcknowledgement,
    TransactionAcknowledgement,
)
from models.documents.act import Act
from models.documents.claim import Adjustment, ClaimPayer
from models.documents.client_config import ClientConfig
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.formats.x12.t999 import write_functional_acknowledgement
from revcycle.operations.files.file_kind import file_kind
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.sandbox.remittances import Payee, payment
from revcycle.settings import settings
from revcycle.store.session import transaction

TRACE_PREFIX: Final = "LATE"  # begins the trace numbers; the sandbox payer's own begin with SBX
CONTROL_NUMBER: Final = 990_000_000  # far above every number that we gave out
CHARGE, PAID = Money(12_000), Money(8_000)
STATED = Money(9_500)  # what the payment that does not add up says it is
HOUR: Final = time(18, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EveningPost:
    """The mail of one practice on one day; the same day brings the same bytes.

    Attributes:
        neighbour: Another practice of ours, whose payment is put into the wrong box.
    """

    config: ClientConfig
    neighbour: ClientConfig
    day: date

    def leave(self, act: Act) -> int:
        """Store the files as if they had been collected; return how many were new."""
        new = 0
        for name, content in self._files():
            with transaction(settings().database, act.client_id) as session:
                stored = store_inbound_file(
                    session,
                    act,
                    source=self.config.connections[0].key,
                    kind=file_kind(content),
                    name=f"{name}_{self.day:%Y%m%d}.x12",
                    content=content,
                )
            new += stored.is_new
        return new

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield "835_unknown_claim", self._remittance(1, self.config)
        stated, summed = (f"BPR*I*{cents // 100}*".encode() for cents in (STATED.cents, PAID.cents))
        yield "835_out_of_balance", self._remittance(2, self.config).replace(summed, stated)
        yield "835_other_practice", self._remittance(3, self.neighbour)
        yield "999_unknown_file", self._acknowledgement(4)

    def _remittance(self, number: int, payee: ClientConfig) -> bytes:
        """Write a payment for a claim that the practice sent before it was ours."""
        payer = payee.payers[0]
        named = ClaimPayer(payer.name, payer.payer_id, "P")
        document = payment(
            Payee(named, payee.practice.to_document()),
            [self._old_claim(number)],
            (),
            trace_number=f"{TRACE_PREFIX}{self.day:%y%m%d}{self.config.practice.npi[-4:]}{number}",
            paid_on=self.day,
        )
        return write_remittances([document], self._envelope(number))

    def _old_claim(self, number: int) -> RemittanceClaim:
        line = RemittanceLine(
            charge=CHARGE,
            paid=PAID,
            procedure_code="99213",
            service_date=self.day.replace(day=1),
            adjustments=(Adjustment("CO", "45", CHARGE - PAID),),
        )
        return RemittanceClaim(
            claim_control_number=f"FORMER{self.day:%y%m%d}{number}",
            status="1",
            charge=CHARGE,
            paid=PAID,
            filing_indicator="12",
            payer_claim_control_number=f"OLD{self.day:%y%m%d}{number}",
            patient_last_name="QUILLFEATHER",
            patient_first_name="ODALYS",
            lines=(line,),
        )

    def _acknowledgement(self, number: int) -> bytes:
        """Write the receipt of a file that nobody here sent."""
        accepted = TransactionAcknowledgement("837", "0001", "A")
        receipt = FunctionalAcknowledgement(
            functional_code="HC",
            group_control_number=str(CONTROL_NUMBER),
            version="005010X222A1",
            code="A",
            included=1,
            received=1,
            accepted=1,
            transactions=(accepted,),
        )
        return write_functional_acknowledgement(receipt, self._envelope(number))

    def _envelope(self, number: int) -> Envelope:
        connection = self.config.connections[0]
        return Envelope(
            sender_qualifier=connection.receiver_qualifier,
            sender_id=connection.receiver_id,
            receiver_qualifier=connection.sender_qualifier,
            receiver_id=connection.sender_id,
            control_number=CONTROL_NUMBER + number,
            created_at=datetime.combine(self.day, HOUR),
        )
