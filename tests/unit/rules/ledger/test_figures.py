"""figures_of."""

from hypothesis import given
from hypothesis import strategies as st

from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.figures import add_by_account, figures_of

postings = st.lists(
    st.tuples(st.sampled_from(list(Account)), st.integers(-(10**7), 10**7).map(Money))
)


@given(postings)
def test_what_is_owed_is_what_was_charged_less_what_happened_since(
    lines: list[tuple[Account, Money]],
) -> None:
    gap = total(amount for _, amount in lines)
    figures = figures_of(add_by_account([*lines, (Account.CHARGES, -gap)]))
    assert figures.is_level


def test_a_settled_charge_shows_where_its_money_went() -> None:
    figures = figures_of(
        {
            Account.CHARGES: Money(-15_000),
            Account.REMITTANCE_CLEARING: Money(9_000),
            Account.CONTRACTUAL: Money(4_000),
            Account.AR_PATIENT: Money(500),
            Account.BANK: Money(1_500),
        }
    )
    assert (figures.charged, figures.paid_by_payers) == (Money(15_000), Money(9_000))
    assert (figures.reduced, figures.paid_by_patient) == (Money(4_000), Money(1_500))
    assert figures.balance == figures.explained == Money(500)


def test_books_that_do_not_sum_to_zero_are_told() -> None:
    assert not figures_of({Account.AR_PATIENT: Money(1)}).is_level
    assert figures_of({}).balance == ZERO
