"""The letter that tells a payer where its payment is not as agreed."""

from revcycle.formats.pdf.letter import LetterDocument
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.payer_terms import letterhead_of
from workbench.pages.panes.variance import VariancePicture


def dispute_letter(opened: OpenedItem, picture: VariancePicture) -> LetterDocument:
    """Write the letter. The claim is named by its numbers; no patient is."""
    claim = picture.claim
    facts = [
        f"Our claim number: {claim.control_number}",
        f"Your claim number: {claim.payer_claim_control_number or 'not told'}",
        f"Expected: {picture.expected}",
        f"Allowed: {picture.allowed}",
        f"Difference: {picture.shortfall}",
    ]
    lines = [
        f"Line {one.number}, {one.service}: expected {one.expected}, allowed {one.allowed}. "
        f"{one.arithmetic}."
        for one in picture.lines
    ]
    wish = (
        "Our agreement says less than you allowed. Please review the claim and tell us how you "
        "will take the difference back."
        if picture.is_over
        else "Our agreement says more than you allowed. Please reprocess the claim and pay the "
        "difference, or tell us the term by which you priced it."
    )
    paragraphs = [
        f"To {claim.payer_name}, provider services",
        "Subject: Payment that differs from our agreement",
        "\n".join(facts),
        wish,
        *lines,
        "Please answer in writing to the address above.",
    ]
    return LetterDocument(
        practice=letterhead_of(opened.practice),
        day=opened.act.today,
        addressee=claim.payer_name,
        text="\n\n".join(paragraphs),
    )
