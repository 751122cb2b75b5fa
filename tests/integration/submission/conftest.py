"""The practice that the tests of this folder share."""

import hashlib
from typing import Any
from uuid import UUID

import pytest

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.tables import InboundFile, Payer, PayerConnection, Provider
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.store.session import transaction
from revcycle.store.state_changes import record_creation
from tests.integration.submission.office import PARTNER, POLICY, PRACTICE, RENDERING_NPI, Office


@pytest.fixture
def office(database_url: str, client_id: UUID, act: Act) -> Office:
    """A practice with one partner, two payers and one provider."""
    connection = PayerConnection(
        client_id=client_id, key="exchange", sender_id="DEMO", receiver_id="PARTNER"
    )
    payers = {
        key: Payer(
            client_id=client_id,
            key=key,
            name=f"INVENTED {key.upper()}",
            payer_id=f"0{number}ABC",
            connection_id=connection.id,
        )
        for number, key in enumerate(("acme", "next"), start=1)
    }
    provider = Provider(
        client_id=client_id, npi=RENDERING_NPI, last_name="Sample", first_name="Dana"
    )
    file = InboundFile(
        client_id=client_id,
        source="drop",
        kind="CSV",
        name="day.csv",
        sha256=hashlib.sha256(b"").hexdigest(),
        content=b"",
        received_at=act.at,
    )
    with transaction(database_url) as session:
        session.add_all([connection, provider, *payers.values()])
        record_creation(session, client_id, act, file)
    ids = {key: payer.id for key, payer in payers.items()}
    return Office(database_url, act, provider.id, ids, file.id)


@pytest.fixture
def batch_arguments() -> dict[str, Any]:
    """What a batch is told besides who acts."""
    return {"partner": PARTNER, "form": ClaimForm.PROFESSIONAL, "practice": PRACTICE}


@pytest.fixture
def claim_policy() -> ClaimPolicy:
    """How the practice's claims are built."""
    return POLICY
