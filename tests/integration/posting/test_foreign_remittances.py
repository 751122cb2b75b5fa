"""Remittances that others wrote, as far as they are there: each posts whole or not at all."""

from pathlib import Path

import pytest

from models.states.file import InboundFileState
from models.tables import InboundFile
from revcycle.formats.x12.t835 import read_remittances
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import (
    post_remittance_file,
)
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/data/x12_corpus/835"


def test_every_foreign_remittance_is_posted_or_kept_out(office: BillingOffice) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the folder shared/data/x12_corpus is not beside the checkout")
    for path in sorted(SAMPLES.iterdir()):
        content = path.read_bytes()
        documents, _ = read_remittances(content)
        file = InboundFile(
            client_id=office.act.client_id,
            source="sandbox",
            kind="835",
            name=path.name,
            sha256=path.name.rjust(64, "0")[-64:],
            content=content,
            received_at=office.act.at,
        )
        npis = frozenset(document.payee.npi for document in documents)
        tin = next((document.payee.tax_id for document in documents), "")
        with transaction(office.database_url) as session:
            session.add(file)
        with transaction(office.database_url) as session:
            count = post_remittance_file(
                session, office.act, file.id, policy=RemittancePolicy(npis, tin)
            )
        office.check()
        assert count.state is not InboundFileState.RECEIVED, path.name
        assert count.decided == 0, path.name
