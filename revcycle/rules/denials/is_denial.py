"""Does an adjustment deny a service?"""

from models.documents.claim import Adjustment
from models.values.money import Money
from revcycle.rules.ledger.treatment import Treatment, treatment_of


def is_denial(adjustment: Adjustment, *, line_charge: Money, line_paid: Money) -> bool:
    """Tell whether an adjustment is to be worked as a denial, whatever the claim's status says.

    Source:
        CARC group codes; claim status 4 (CLP02) means an unknown patient, not a denial.
    """
    treatment = treatment_of(adjustment, line_charge=line_charge, line_paid=line_paid)
    return treatment is Treatment.DENIED
