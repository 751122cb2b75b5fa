"""Find or add the providers that intake records name."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.encounter import EncounterDocument
from models.tables import Provider
from models.values.identifiers import is_npi
from revcycle.store import encounters


def place_providers(
    session: Session, act: Act, documents: Sequence[EncounterDocument]
) -> dict[str, UUID]:
    """Map each well-formed NPI of the records to a provider; unknown ones are added.

    A malformed NPI is no provider: the intake rules report it on the record.
    """
    named = {
        document.rendering_provider.npi: document.rendering_provider
        for document in documents
        if document.rendering_provider is not None and is_npi(document.rendering_provider.npi)
    }
    known = encounters.find_providers(session, act.client_id, named)
    placed = {npi: row.id for npi, row in known.items()}
    for npi, provider in named.items():
        if npi not in placed:
            row = Provider(
                client_id=act.client_id,
                npi=npi,
                last_name=provider.last_name,
                first_name=provider.first_name,
                taxonomy=provider.taxonomy,
            )
            session.add(row)
            placed[npi] = row.id
    return placed
