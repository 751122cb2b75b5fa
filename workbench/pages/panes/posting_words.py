"""What posting asks people, in words: what it means, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# By the reason of the item. What to do; where there is a choice, the likeliest first.
ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "posting.unreadable": "Nothing of the file was posted, because a part could not be read."
        " Ask the sender for the file again; if our reading is at fault, escalate it.",
        "posting.unbalanced": "A payer must explain every cent, so nothing of the file was posted."
        " Tell the payer which equation fails, and ask for a corrected file.",
        "posting.duplicate_trace": "This payment was posted before and the file says the same, so"
        " there is nothing to post. Finish it.",
        "posting.interchange_reused": "Another file of this sender had the same interchange number."
        " Ask whether it was sent by mistake; to post it all the same, let it be read again.",
        "posting.recouped": "The payer takes money back by letter. What it paid is owed again:"
        " object, send a correction, or give it up.",
        "posting.trace_reused": "The trace number was posted before with other content. If the"
        " payer uses one number for several payments, ask for a file with a number of its own;"
        " if it corrects the first, ask for a reversal.",
        "posting.provider_adjustment": "The payer moved money outside claims for a reason that has"
        " no account of its own. Ask the payer what it is for; until then it stands as to be"
        " explained.",
        "posting.unannounced_recovery": "The payer took back more than any reversal or letter"
        " announced. Look for the letter or the reversal; without one, dispute it.",
        "posting.credit_balance": "More was paid than is owed for this service, so it is owed"
        " back.",
        "posting.left_at_payer": "The payer decided, and a part of the charge is neither paid nor"
        " explained. Ask the payer; it still stands as owed by it.",
        "posting.forwarded_to_unknown": "The payer sent the claim on to a payer that we do not"
        " know. Ask the patient for the second card and write the coverage down.",
        "posting.paid_beyond_balance": "The payer paid more than was owed. The rest stands as its"
        " credit, until it takes it back or asks for it.",
        "posting.adjustment_capped": "The payer's adjustments are more than the balance; only the"
        " balance was booked. See whether another payer paid the same before.",
        "posting.prior_payer_differs": "What the payer says of earlier payers is not what we"
        " booked of them. Compare both decisions; ask for a corrected one if they differ.",
        "posting.unmatched_line": "A line of the payer is none of ours for sure. Its money waits"
        " as unapplied: take the decision off the claim, and match it again with the line.",
    }
)
# The same reasons as a list names them.
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "posting.unreadable": "a part cannot be read",
        "posting.unbalanced": "it does not add up",
        "posting.wrong_payee": "paid to another practice",
        "posting.duplicate_trace": "posted before from another file",
        "posting.trace_reused": "trace number used before",
        "posting.interchange_reused": "interchange number used before",
        "posting.unmatched": "no claim of ours fits for sure",
        "posting.unmatched_line": "a line fits none of ours for sure",
        "posting.unmatched_lines": "lines fit none of ours for sure",
        "posting.adjustment_capped": "adjusted by more than the balance",
        "posting.credit_balance": "more was paid than is owed",
        "posting.paid_beyond_balance": "more was paid than was owed",
        "posting.left_at_payer": "a part is neither paid nor explained",
        "posting.forwarded_to_unknown": "sent on to a payer we do not know",
        "posting.prior_payer_differs": "says other of earlier payers than we booked",
        "posting.provider_adjustment": "money moved outside claims",
        "posting.recouped": "money taken back by letter",
        "posting.unannounced_recovery": "taken back unannounced",
        "posting.unexpected_decision": "the claim expected no decision",
        "posting.unknown_original": "takes back what we never had",
        "posting.second_decision": "decided a second time",
        "posting.earlier_payer_missing": "decided by a later payer first",
        "posting.no_decision": "holds no decision",
    }
)
# By the reason of a PLB: what it is, and what to do.
OUTSIDE_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "WO": "Money is taken back for a claim that was overpaid before.",
        "FB": "A balance moves to, or comes from, another payment.",
        "L6": "Interest for a late payment: income of the practice.",
        "72": "A refund that we sent has arrived at the payer.",
        "IR": "Withheld for the tax office: check the practice's tax number at the payer.",
        "LE": "A levy: an office takes the money. The practice must know of it.",
        "E3": "Withheld by contract, and settled at the end of the period.",
        "J1": "Not reimbursable: ask the payer for the rule.",
        "50": "A penalty for late filing: see whether it can be disputed.",
        "CS": "An adjustment without a reason: ask the payer.",
        "AP": "An advance that is settled with later payments.",
    }
)


def say_question(reason: str) -> str:
    """Say why a person is asked, in a few words; a reason without words is said by its name."""
    return QUESTIONS.get(reason, reason.rpartition(".")[2].replace("_", " "))
