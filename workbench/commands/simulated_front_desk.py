"""What simulated patients pay at the front desk."""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from models.documents.act import Act
from models.values.money import Money
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.settings import settings
from revcycle.store import ledger, patients
from revcycle.store.ledger import AlreadyBookedError
from revcycle.store.session import transaction
from workbench.commands.simulated_lookups import chance

FRONT_DESK = "demo.front_desk"
PAYS_ALL, PAYS_HALF = 0.2, 0.35  # of the patients who owe; the others get a statement
CENT = Money(1)


def take_payments(act: Act, *, but: Collection[UUID] = ()) -> Counter[str]:
    """Let some patients pay what they owe, or half of it; return what was done how often.

    A patient pays once a day: the key of the payment says patient and day, and the books refuse
    it a second time, however often the day is run again.

    Args:
        act: When, at which practice.
        but: Patients who came when the desk was closed.
    """
    act = Act(act.client_id, FRONT_DESK, act.at, act.today)
    with transaction(settings().database, act.client_id) as session:
        owing = ledger.patient_balances(session, act.client_id, minimum=CENT)
        rows = patients.find_patients(session, act.client_id, [one.patient_id for one in owing])
    done: Counter[str] = Counter()
    for balance in owing:
        if balance.patient_id in but:
            continue
        row = rows[balance.patient_id]
        # Who pays depends on the person and not on ids, so that a seed makes the same day.
        drawn = chance(f"{row.last_name} {row.first_name} {row.birth_date}")
        if drawn < PAYS_HALF:
            amount = balance.owed if drawn < PAYS_ALL else balance.owed.allocate((1, 1))[0]
            done["front desk: took a patient's payment"] += _pay(act, balance, amount)
    return +done


def _pay(act: Act, balance: ledger.PatientBalance, amount: Money) -> bool:
    key = f"front_desk:{act.today}:{balance.patient_id}"
    with (
        suppress(AlreadyBookedError),
        transaction(settings().database, act.client_id) as session,
    ):
        record_patient_payment(session, act, balance.patient_id, amount=amount, payment_key=key)
        return True
    return False
