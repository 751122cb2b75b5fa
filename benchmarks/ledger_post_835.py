"""ledger.post_835: a remittance file is read, matched and booked."""

from collections.abc import Callable
from time import perf_counter
from uuid import UUID

from benchmarks.bare_insert import added_rows, insert_bare
from benchmarks.cpu_time import cpu_seconds
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.practice_database import PracticeDatabase, practice_database
from benchmarks.practice_on_postgresql import on_postgresql
from benchmarks.ready_claims import batch, prepare_ready_claims
from benchmarks.remittance_files import CLAIMS_A_PAYMENT, payment_for, remittance_envelope
from benchmarks.sizes import Sizes
from models.documents.claim import Adjustment, ClaimDocument, ClaimDocumentLine
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.t835 import write_remittances
from revcycle.formats.x12.t837p import read_claims
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import post_remittance_file
from revcycle.store.session import transaction

TARGET = 3.0
DENIED_EVERY = 10  # the claims of the file, counted


def measure_post_835(sizes: Sizes) -> Measurement:
    """Measure the posting of one file against the insert of the rows it makes."""
    claims = sizes.posted_claims
    with practice_database() as practice:
        prepare_ready_claims(practice, claims)
        file_id = _receive(practice, _decide(_sent_claims(practice, claims)))
        before = practice.copy("before.sqlite3")
        seconds = cpu_seconds(lambda: _post(practice, practice.url, file_id, claims))
        added = added_rows(before, practice)
        with on_postgresql(before) as (url, bare_url):
            served = _wall_seconds(lambda: _post(practice, url, file_id, claims))
            bare_served = _wall_seconds(
                lambda: insert_bare(bare_url, added, practice.act.client_id)
            )
        bare_seconds = cpu_seconds(lambda: insert_bare(before.url, added))
    return Measurement(
        name="ledger.post_835",
        value=seconds / bare_seconds,
        unit="x bare insert",
        target=TARGET,
        floor=bare_seconds,
        peers={"postgresql, wall time": served / bare_served},
        note=(
            f"{claims} claims, one in ten denied; {sum(map(len, added.values()))} rows; "
            f"{claims / seconds:.0f} claims/s, on PostgreSQL {claims / served:.0f}; CPU time on "
            f"SQLite"
        ),
    )


def _sent_claims(practice: PracticeDatabase, count: int) -> tuple[ClaimDocument, ...]:
    file_id = batch(practice, count).outbound_file_id
    if file_id is None:
        msg = "the batch has no file"
        raise WrongResultError(msg)
    with transaction(practice.url) as session:
        return read_claims(take_outbound_file(session, practice.act, file_id).content)[0]


def _decide(claims: tuple[ClaimDocument, ...]) -> bytes:
    decisions = [
        _decision(claim, is_denied=number % DENIED_EVERY == 0)
        for number, claim in enumerate(claims, start=1)
    ]
    payments = [
        payment_for(f"EFT{start}", tuple(decisions[start : start + CLAIMS_A_PAYMENT]))
        for start in range(0, len(decisions), CLAIMS_A_PAYMENT)
    ]
    return write_remittances(payments, remittance_envelope())


def _decision(claim: ClaimDocument, *, is_denied: bool) -> RemittanceClaim:
    lines = tuple(_denied(line) if is_denied else _paid(line) for line in claim.lines)
    return RemittanceClaim(
        claim_control_number=claim.control_number,
        status="4" if is_denied else "1",
        charge=total(line.charge for line in lines),
        paid=total(line.paid for line in lines),
        filing_indicator="12",
        payer_claim_control_number=f"ICN{claim.control_number}",
        facility_code="11",
        frequency_code="1",
        patient_last_name="INVENTED",
        patient_first_name="OTTO",
        lines=lines,
    )


def _paid(line: ClaimDocumentLine) -> RemittanceLine:
    discount, share, paid = line.charge.allocate((3, 1, 6))
    adjustments = (Adjustment("CO", "45", discount), Adjustment("PR", "2", share))
    return _judged(line, paid, tuple(one for one in adjustments if one.amount))


def _denied(line: ClaimDocumentLine) -> RemittanceLine:
    return _judged(line, ZERO, (Adjustment("CO", "50", line.charge),))


def _judged(
    line: ClaimDocumentLine, paid: Money, adjustments: tuple[Adjustment, ...]
) -> RemittanceLine:
    return RemittanceLine(
        charge=line.charge,
        paid=paid,
        procedure_code=line.procedure_code,
        service_date=line.service_date,
        line_control_number=line.line_control_number,
        adjustments=adjustments,
    )


def _receive(practice: PracticeDatabase, content: bytes) -> UUID:
    with transaction(practice.url) as session:
        return store_inbound_file(
            session, practice.act, source="sandbox", kind="835", name="era", content=content
        ).id


def _wall_seconds(action: Callable[[], object]) -> float:
    """Time an action by the clock: a server's share of the work is in no CPU time of ours."""
    begin = perf_counter()
    action()
    return perf_counter() - begin


def _post(practice: PracticeDatabase, url: str, file_id: UUID, claims: int) -> None:
    policy = RemittancePolicy(
        frozenset({practice.config.practice.npi}), practice.config.practice.tin
    )
    with transaction(url, practice.act.client_id) as session:
        count = post_remittance_file(session, practice.act, file_id, policy=policy)
    if count.decided != claims:
        msg = f"{count.decided} of {claims} claims were posted; the file is {count.state}"
        raise WrongResultError(msg)
