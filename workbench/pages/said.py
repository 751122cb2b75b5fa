"""What a page says of the step before. An address names only the word; the text is fixed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import Query

SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "next": "This is the next one.",
        "nothing_left": "Nothing is left here that you may take.",
        "taken": "It is yours now.",
        "given_back": "It is free for others again.",
        "put_off": "Put off. It comes back by itself.",
        "woken": "It waits again.",
        "escalated": "A team lead will look at it.",
        "noted": "Your note is kept.",
        "handed_over": "Handed over.",
        "finished": "Finished.",
        "changed": "Done. Items in somebody else's hands were left alone.",
        "corrected": "Corrected. The visit goes on.",
        "corrected_in_part": "Kept. Something else is still wrong: see below.",
        "asked_practice": "The practice is asked. The item comes back with the answer.",
        "refused_to_practice": "Refused. The practice is told what to send.",
        "voided": "Voided. The visit is never billed.",
        "read_again": "The next run reads it again.",
        "settled": "Closed, with the reason.",
        "same_patient": "Joined: everything of the new record is the known patient's now.",
        "other_patient": "Kept apart: they are two people.",
        "coverage_confirmed": "Confirmed. The visits of the day may be billed.",
        "coverage_ended": "Ended. The visits of the day are judged anew without it.",
        "coverage_added": "Written down. The visits of the day are verified anew.",
        "asked_again": "The payer is asked again with the next batch.",
        "guarantor_corrected": "Kept. The account gets its statement.",
        "guarantor_in_part": "Kept. Something still holds the statement: see below.",
        "statements_stopped": "Stopped. The account gets no statement.",
        "statement_released": "The statement leaves with the next mails.",
        "arrived": "It arrived. Nothing is sent again.",
        "not_arrived": "It did not arrive. The same bytes leave again with the next run.",
        "partner_refused": "Refused. What it carried waits among the rejections.",
        "mail_left": "The mail left. It is not sent again.",
        "mail_again": "The mail is sent again, under the same Message-ID.",
        "handed_on": "Handed on. The other practice reads it with its next run.",
        "returned_to_sender": "Returned. Nothing of it is posted.",
        "claim_corrected": "Corrected. The next run checks the claim and sends it again.",
        "billed_patient": "Moved to the patient. The next statement asks for it.",
        "billed_next_payer": "Moved to the patient's next payer, who is asked first.",
        "write_off_requested": "A second person decides about the write-off.",
        "written_off": "Written off.",
        "write_off_refused": "Refused. It waits in its queue again.",
        "denial_closed": "Closed. The payer owes it again.",
        "appeal_prepared": "The letter is kept. Print it, send it, then say how and when.",
        "appeal_sent": "Sent. It comes back when the answer is due.",
        "appeal_won": "Won. It comes back when the money is due.",
        "appeal_lost": "Lost. The denial waits in its queue again, with the next step.",
        "appeal_withdrawn": "Withdrawn. The denial waits in its queue again.",
        "denial_resumed": "The denial waits in its queue again.",
        "claim_released": "Clean. The next batch sends it.",
        "claim_redirected": "The claim goes to the patient's other coverage.",
        "self_pay": "Billed to the patient, and to no payer.",
        "draft_kept": "Your codes are kept as a draft.",
        "coded": "Coded. The next run builds the claim.",
        "asked": "The provider is asked. The chart comes back with the answer.",
        "answered": "The answer is kept as an addendum to the note. The chart waits for a coder.",
        "withdrawn": "The question is taken back. The chart waits for a coder.",
        "variance_disputed": "Noted. It comes back when the payer's answer is due.",
        "variance_accepted": "Accepted. Correct the terms, or the next claim comes here again.",
        "variance_let_be": "Closed. Nobody asks the payer for it any more.",
        "matched": "Matched. The money is on the claim, as if it had found it by itself.",
        "unmatched": "Taken off the claim. The money waits as unapplied, in a new item.",
        "credits_used": "Used. What the patient owed is paid from the credit.",
        "stage_paused": "Paused. No run begins it until somebody lets it go on.",
        "stage_was_paused": "It was paused already; the first reason stands.",
        "stage_resumed": "It goes on with the next run.",
        "run_started": "Prefect was asked to run it. It begins when a worker is free.",
        "answered_portal": "Thank you. Your answer is with the people who asked.",
        "view_kept": "The view is kept.",
        "view_dropped": "The view is forgotten.",
    }
)
Said = Annotated[str, Query(max_length=40)]


def to_said(word: str) -> str:
    """Say it; a word that nobody gave says nothing."""
    return SAID.get(word, "")
