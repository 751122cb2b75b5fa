"""A practice with a payer in the database, for tests of operations."""

from uuid import UUID

from sqlmodel import Session

from models.tables import Payer, PayerConnection, Provider
from revcycle.rules.intake.match_payer import KnownPayer

PROVIDER_NPI = "1999900115"
BLUE_HERON = KnownPayer("blue_heron", "Blue Heron Health Plan", "BHHP1")
COMMONWEAL = KnownPayer("commonweal", "Commonweal Mutual", "CMWL2")


def add_partners(session: Session, client_id: UUID) -> None:
    """Add a connection, two payers and a provider."""
    connection = PayerConnection(
        client_id=client_id, key="sandbox", sender_id="DEMO01", receiver_id="SANDBOXCH"
    )
    session.add(connection)
    for payer in (BLUE_HERON, COMMONWEAL):
        session.add(
            Payer(
                client_id=client_id,
                key=payer.key,
                name=payer.name,
                payer_id=payer.payer_id,
                connection_id=connection.id,
            )
        )
    session.add(
        Provider(
            client_id=client_id,
            npi=PROVIDER_NPI,
            last_name="Quillfeather",
            first_name="Odette",
            taxonomy="207Q00000X",
        )
    )
