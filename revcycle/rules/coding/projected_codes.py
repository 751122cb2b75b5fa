"""One list to search out of several editions: each answers for the days until the next begins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.documents.billing_code import BillingCodeDocument
from models.documents.code_list import ListedPeriod
from models.values.billing_codes import CATEGORY_LENGTH, CodeSystem, to_search_words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EditionPeriods:
    """What one edition lists.

    Attributes:
        effective_from: The first date of service that it answers for.
        periods: Its codes.
    """

    effective_from: date
    periods: Sequence[ListedPeriod]


def project_editions(
    system: CodeSystem, editions: Sequence[EditionPeriods]
) -> list[BillingCodeDocument]:
    """Join editions of one list, in the order in which codes are found.

    An edition answers from its first day to the day before the next one; the oldest answers for
    all days before, too. What an edition no longer lists ends there. Pieces that touch and say the
    same become one period; a title that one of them lacks is taken from the other.

    Short titles come first: they are the more general ones, and what one means most often. Codes
    of which no title is known come after all others.

    Args:
        system: Whose list.
        editions: Those in use, the oldest first; of two with the same day the later import last.
    """
    pieces: dict[str, list[ListedPeriod]] = {}
    for edition, first, last in _answering(editions):
        for period in edition.periods:
            piece = _cut(period, first, last)
            if piece is not None:
                pieces.setdefault(period.code, []).append(piece)
    joined = (one for many in pieces.values() for one in _joined(many))
    return sorted((_document(system, one) for one in joined), key=_place)


def words_by_code(
    codes: Iterable[str], terms: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[str, ...]]:
    """Map codes to further words by which they are found, each once; most codes have none.

    Args:
        codes: Diagnoses.
        terms: Other words for a code or a heading; those of a heading hold for all below it.
    """
    words = {code: to_search_words(" ".join(texts)) for code, texts in terms.items()}
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        ends = range(CATEGORY_LENGTH, len(code) + 1)
        held = dict.fromkeys(word for end in reversed(ends) for word in words.get(code[:end], ()))
        if held:
            found[code] = tuple(held)
    return found


def _answering(
    editions: Sequence[EditionPeriods],
) -> Iterator[tuple[EditionPeriods, date, date | None]]:
    """Yield each edition with the first and the last day that it answers for."""
    for place, edition in enumerate(editions):
        first = edition.effective_from if place else date.min
        following = editions[place + 1].effective_from if place + 1 < len(editions) else None
        if following is None or first < following:
            yield edition, first, following and following - ONE_DAY


def _cut(period: ListedPeriod, first: date, last: date | None) -> ListedPeriod | None:
    """Cut a period to some days; None if none of them lies in it."""
    begin = max(period.valid_from, first)
    end = min((day for day in (period.valid_to, last) if day is not None), default=None)
    if end is not None and end < begin:
        return None
    return replace(period, valid_from=begin, valid_to=end)


def _joined(pieces: Sequence[ListedPeriod]) -> Iterator[ListedPeriod]:
    current, *others = sorted(pieces, key=lambda piece: piece.valid_from)
    for piece in others:
        if _continues(current, piece):
            current = replace(current, valid_to=piece.valid_to, title=piece.title or current.title)
        else:
            yield current
            current = piece
    yield current


def _continues(one: ListedPeriod, following: ListedPeriod) -> bool:
    touches = one.valid_to is not None and one.valid_to + ONE_DAY == following.valid_from
    says_the_same = not one.title or not following.title or one.title == following.title
    return touches and says_the_same and one.is_billable == following.is_billable


def _document(system: CodeSystem, period: ListedPeriod) -> BillingCodeDocument:
    return BillingCodeDocument(
        system,
        period.code,
        period.title,
        period.valid_from,
        period.valid_to,
        period.is_billable,
    )


def _place(code: BillingCodeDocument) -> tuple[bool, int, str, int]:
    return (not code.title, len(code.title), code.code, -code.valid_from.toordinal())
