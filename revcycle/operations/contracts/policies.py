"""What operations on contracts are told: the terms, and what of the practice stands in them."""

from dataclasses import dataclass, field

from models.documents.client_config import ClientConfig
from models.documents.contract import ContractBook
from models.states.work_item import Queue
from revcycle.operations.submission.policies import WorkTerms, work_terms
from revcycle.store.contracts import PracticeTerms


@dataclass(frozen=True, slots=True)
class ContractPolicy:
    """The contracts of a practice, and how urgent differences from them are."""

    book: ContractBook
    practice: PracticeTerms
    terms: WorkTerms = field(default_factory=WorkTerms)


def contract_policy(config: ClientConfig, book: ContractBook) -> ContractPolicy:
    """Read what is needed of a client file beside its contracts."""
    practice = PracticeTerms(
        group_npi=config.practice.npi,
        taxonomy=config.practice.taxonomy,
        place_of_service=config.practice.place_of_service,
    )
    return ContractPolicy(book, practice, work_terms(config, Queue.VARIANCE))
