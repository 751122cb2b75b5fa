"""Posting, step by step."""

from datetime import date
from uuid import UUID

from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.policies import remittance_policy
from revcycle.operations.posting.post_remittance_file import PostingCount, post_remittance_file
from tasks.runtime import act_of, client_transaction, config_of, received_file_ids, step

STAGE = "posting"


@step("list-remittance-files")
def list_remittance_files_task(client_key: str) -> list[UUID]:
    """List 835 files that nothing was made of yet."""
    return received_file_ids(client_key, ["835"])


@step("post-remittance-file")
def post_remittance_file_task(client_key: str, inbound_file_id: UUID, today: date) -> PostingCount:
    """Post a file as a whole, or refuse it as a whole with the reason."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        policy = remittance_policy(config_of(client_key))
        return post_remittance_file(session, act, inbound_file_id, policy=policy)


@step("close-settled-claims")
def close_settled_claims_task(client_key: str, today: date) -> int:
    """Close claims that nothing is expected of any more; return how many."""
    with client_transaction(client_key) as session:
        return close_settled_claims(session, act_of(client_key, STAGE, today))
