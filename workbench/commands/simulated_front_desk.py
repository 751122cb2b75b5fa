"""What simulated patients pay at the front desk."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from models.documents.act import Act
from models.documents.patient_money import PaymentForm
from models.states.patient_payment import PaymentMethod
from models.values.money import Money
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.settings import settings
from revcycle.store import ledger, patients, payments
from revcycle.store.session import transaction
from workbench.commands.simulated_lookups import chance

FRONT_DESK = "demo.front_desk"
PAYS_ALL, PAYS_HALF = 0.2, 0.35  # of the patients who owe; the others get a statement
CENT = Money(1)


def take_payments(act: Act, *, but: Collection[UUID] = ()) -> Counter[str]:
    """Let some patients pay what they owe, or half of it; return what was done how often.

    A patient pays once a day: the key of its form says patient and day, so that running the
    day again takes nothing.

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
    key = f"{balance.patient_id.hex}-{act.today:%y%m%d}"
    with transaction(settings().database, act.client_id) as session:
        if payments.find_by_form_key(session, act.client_id, key) is not None:
            return False
        form = PaymentForm(PaymentMethod.CASH, amount, act.today, key)
        take_payment(session, act, balance.patient_id, form)
        return True
