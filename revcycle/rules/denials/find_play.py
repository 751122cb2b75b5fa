"""What is to be done first about a denial?"""

from collections.abc import Iterable, Sequence

from models.documents.playbook import Play


def find_play(
    group: str,
    carc: str,
    rarcs: Iterable[str],
    payer_key: str,
    plays: Sequence[Play],
    *,
    procedure_code: str = "",
) -> Play:
    """Return the first play that fits; the last one of a playbook fits everything.

    Args:
        group: CO, PR, OA or PI.
        carc: The adjustment reason.
        rarcs: The remarks of line and claim.
        payer_key: The payer's name in the client file.
        plays: A practice's own first, then the product's.
        procedure_code: Of the line; empty where nobody knows it.

    Raises:
        ValueError: no play fits, so the playbook lacks its last line.

    Source:
        The playbook; remarks decide where a reason says only that something is missing.
    """
    remarks = frozenset(rarcs)
    for play in plays:
        if _fits(play, group, carc, remarks, payer_key) and _fits_code(play, procedure_code):
            return play
    msg = "the playbook has no play that fits everything"
    raise ValueError(msg)


def _fits(play: Play, group: str, carc: str, remarks: frozenset[str], payer_key: str) -> bool:
    return (
        (not play.groups or group in play.groups)
        and (not play.carcs or carc in play.carcs)
        and (not play.rarcs or bool(play.rarcs & remarks))
        and (not play.payer_keys or payer_key in play.payer_keys)
    )


def _fits_code(play: Play, procedure_code: str) -> bool:
    return not play.procedures or procedure_code.startswith(tuple(play.procedures))
