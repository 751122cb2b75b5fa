"""Which diagnostics belong to which transaction of a file, while it goes by."""

from collections.abc import Callable, Iterable
from itertools import chain

from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Interchange, Passage, Transaction

# Asked once for each transaction, end of a group and end of an interchange, in their order.
Judge = Callable[[Passage], Iterable[Diagnostic]]


def nothing_wrong(_: Passage) -> Iterable[Diagnostic]:
    """Judge that everything is right."""
    return ()


def judge_of(diagnostics: Iterable[Diagnostic]) -> Judge:
    """Hand out what is already known of a file, each diagnostic once.

    They are matched by ISA13 and ST02. Where a file uses a number twice, the first transaction
    that has the segment concerned takes the diagnostic. What names no transaction of the
    interchange comes at its end.
    """
    waiting: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in diagnostics:
        waiting.setdefault((one.interchange, one.transaction), []).append(one)

    def judge(passage: Passage) -> Iterable[Diagnostic]:
        if passage.transaction is not None:
            return _taken(waiting, passage.interchange, passage.transaction)
        return _rest(waiting, passage.interchange) if passage.group is None else ()

    return judge


def _taken(
    waiting: dict[tuple[str, str], list[Diagnostic]],
    interchange: Interchange,
    transaction: Transaction,
) -> list[Diagnostic]:
    key = (interchange.control_number, transaction.control_number)
    if not transaction.control_number or key not in waiting:
        return []
    every = waiting.pop(key)
    taken = [one for one in every if _is_of(one, transaction)]
    if len(taken) < len(every):
        waiting[key] = [one for one in every if not _is_of(one, transaction)]
    return taken


def _is_of(diagnostic: Diagnostic, transaction: Transaction) -> bool:
    """Tell whether the segment it names can be one of the transaction."""
    count = len(transaction.pieces)
    return diagnostic.segment <= count + 1 and diagnostic.kind in {"", transaction.kind}


def _rest(
    waiting: dict[tuple[str, str], list[Diagnostic]], interchange: Interchange
) -> list[Diagnostic]:
    numbers = {"", interchange.control_number}
    keys = [key for key in waiting if key[0] in numbers]
    return list(chain.from_iterable(waiting.pop(key) for key in keys))
