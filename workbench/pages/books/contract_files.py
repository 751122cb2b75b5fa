"""The contract files of practices, as pages need them."""

from dataclasses import dataclass

from models.documents.client_config import ClientConfig
from models.documents.contract import ContractBook
from models.documents.finding import Finding
from revcycle.client_config.contracts import CONTRACT_FILE, examine_contracts, read_proposed
from revcycle.operations.contracts.policies import ContractPolicy, contract_policy
from revcycle.settings import settings
from workbench.pages.client_files import find_client_file
from workbench.pages.practices import Practice


@dataclass(frozen=True, slots=True)
class KeptContracts:
    """What a practice agreed to with its payers, as its files say it.

    Attributes:
        text: ``contracts.csv`` as it is; empty where the practice keeps none.
        findings: What is wrong with the files.
    """

    config: ClientConfig
    book: ContractBook
    text: str
    findings: tuple[Finding, ...]

    @property
    def policy(self) -> ContractPolicy:
        """What operations on contracts are told."""
        return contract_policy(self.config, self.book)

    @property
    def payer_names(self) -> dict[str, str]:
        """Payers by their key in the files."""
        return {payer.key: payer.name for payer in self.config.payers}


def find_contracts(practice: Practice) -> KeptContracts | None:
    """Read the contracts of a practice; None where its client file is not on this machine."""
    config = find_client_file(practice.key)
    if config is None:
        return None
    folder = settings().client_configs / practice.key
    payers = [payer.key for payer in config.payers]
    book, findings = examine_contracts(folder, payers, home=settings().home)
    file = folder / CONTRACT_FILE
    text = file.read_text(encoding="utf-8-sig") if file.is_file() and book.version else ""
    return KeptContracts(config, book, text, findings)


def read_proposed_terms(
    practice: Practice, kept: KeptContracts, text: str
) -> tuple[ContractBook, tuple[Finding, ...]]:
    """Read terms that somebody typed; nothing is kept of them."""
    folder = settings().client_configs / practice.key
    payers = list(kept.payer_names)
    return read_proposed(text, "proposed", folder, payers, home=settings().home)
