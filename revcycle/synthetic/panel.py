"""The people of a practice: patients with their families and coverages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from faker import Faker

from models.documents.encounter import SourceCoverage
from models.documents.party import Address, Person
from revcycle.synthetic.member_ids import make_member_id
from revcycle.synthetic.names import InventedProvider
from revcycle.synthetic.practice import PracticeKind, SyntheticPractice

REFERENCE_DAY: Final = date(2026, 1, 1)  # ages are drawn for this day, so that people stay the same
MAJORITY_YEARS: Final = 18
MEDICARE_YEARS: Final = 65
_DAYS_A_YEAR: Final = 365.25

SPOUSE_POLICY_RATE: Final = 0.15  # adults below 65 insured through a spouse
SECOND_COVERAGE_RATE: Final = 0.08  # people below 65 with two policies
SUPPLEMENT_RATE: Final = 0.40  # people on Medicare with a supplement
UNKNOWN_SEX_RATE: Final = 0.005
NO_EMAIL_RATE: Final = 0.04
# Age bands with their weight, for each kind of practice.
_AGES: Final = {
    PracticeKind.FAMILY: ((1, 17, 22), (18, 39, 28), (40, 64, 30), (65, 92, 20)),
    PracticeKind.CARDIOLOGY: ((22, 39, 8), (40, 64, 37), (65, 94, 55)),
    PracticeKind.HOSPITAL_OUTPATIENT: ((12, 17, 5), (18, 39, 25), (40, 64, 40), (65, 92, 30)),
}


@dataclass(frozen=True, slots=True, repr=False)
class PanelPatient:
    """A patient as the practice knows them.

    Attributes:
        number: The practice's own number.
        guarantor: A parent, for a minor.
    """

    number: str
    person: Person
    coverages: tuple[SourceCoverage, ...]
    guarantor: Person | None = None


class Panel:
    """All patients of a practice: the same number is the same person, on every day."""

    def __init__(self, practice: SyntheticPractice, seed: int) -> None:
        self._practice = practice
        self._seed = seed
        self._fake = Faker("en_US")
        self._fake.add_provider(InventedProvider)

    def patient(self, index: int) -> PanelPatient:
        """Return the patient with this index, from 0."""
        self._fake.seed_instance(f"{self._practice.npi}:{self._seed}:{index}")
        person = self._person(self._age_band())
        age = (REFERENCE_DAY - (person.birth_date or REFERENCE_DAY)).days / _DAYS_A_YEAR
        if age < MAJORITY_YEARS:
            return self._child(index, person)
        holder = person
        if age < MEDICARE_YEARS and self._happens(SPOUSE_POLICY_RATE):
            holder = self._relative(person, (28, 60))
        coverages = self._coverages(person, holder, age, "01")
        return PanelPatient(_number(index), person, coverages)

    def _child(self, index: int, child: Person) -> PanelPatient:
        """Insure a minor through a parent, who is the guarantor, and sometimes through both."""
        parent = self._relative(child, (38, 58))
        child = replace(child, email="")
        coverages = self._coverages(child, parent, 0, "19")
        return PanelPatient(_number(index), child, coverages, parent)

    def _coverages(
        self, person: Person, holder: Person, age: float, relationship: str
    ) -> tuple[SourceCoverage, ...]:
        on_medicare = age >= MEDICARE_YEARS and any(map(_is_medicare, self._practice.payers))
        primary = (
            self._payer([one for one in self._practice.payers if _is_medicare(one)])
            if (on_medicare)
            else self._payer(self._others())
        )
        coverages = [self._coverage(1, primary, person, holder, relationship)]
        rate = SUPPLEMENT_RATE if on_medicare else SECOND_COVERAGE_RATE
        rest = [payer for payer in self._others() if payer != primary]
        if rest and self._happens(rate):
            second = self._relative(person, (38, 58)) if relationship == "19" else person
            coverages.append(self._coverage(2, self._payer(rest), person, second, relationship))
        return tuple(coverages)

    def _coverage(
        self, rank: int, payer: tuple[str, str, int], person: Person, holder: Person, related: str
    ) -> SourceCoverage:
        draw = self._fake.random.random()
        is_own = holder is person
        name, payer_id, _ = payer
        return SourceCoverage(
            rank=rank,
            payer_name=name,
            member_id=make_member_id(self._fake.random_int(0, 9_999_999), payer_id, draw, rank),
            payer_id=payer_id,
            group_number="" if _is_medicare(payer) else f"G{self._fake.random_int(1000, 9999)}",
            relationship="18" if is_own else related,
            subscriber=None if is_own else holder,
            valid_from=date(2026, 1, 1),
        )

    def _person(self, ages: tuple[int, int]) -> Person:
        sex = "F" if self._happens(0.53) else "M"
        first_name = self._fake.invented_first_name(sex)
        last_name = self._fake.invented_last_name()
        return Person(
            last_name=last_name,
            first_name=first_name,
            middle_name=self._fake.random_element(("", "", "A", "E", "J", "R")),
            birth_date=self._birth_date(ages),
            sex="U" if self._happens(UNKNOWN_SEX_RATE) else sex,
            address=self._address(),
            phone=self._fake.fictional_phone(),
            email=self._email(first_name, last_name),
        )

    def _relative(self, person: Person, ages: tuple[int, int]) -> Person:
        """Make someone of the same name and address."""
        relative = self._person(ages)
        email = self._email(relative.first_name, person.last_name)
        return replace(
            relative,
            last_name=person.last_name,
            address=person.address,
            phone=person.phone,
            email=email,
        )

    def _address(self) -> Address:
        zip_code = f"{self._practice.zip_prefix}{self._fake.random_int(1, 99):02d}"
        street, town = self._fake.invented_street(), self._fake.invented_town()
        return Address(street, town, self._practice.state, zip_code)

    def _email(self, first_name: str, last_name: str) -> str:
        if self._happens(NO_EMAIL_RATE):
            return ""
        return f"{first_name}.{last_name}@example.org".lower()

    def _birth_date(self, ages: tuple[int, int]) -> date:
        youngest, oldest = ages
        days = self._fake.random_int(int(youngest * _DAYS_A_YEAR) + 1, int(oldest * _DAYS_A_YEAR))
        return REFERENCE_DAY - timedelta(days=days)

    def _age_band(self) -> tuple[int, int]:
        bands = _AGES[self._practice.kind]
        weights = [weight for _, _, weight in bands]
        youngest, oldest, _ = self._fake.random.choices(bands, weights)[0]
        return youngest, oldest + 1

    def _others(self) -> list[tuple[str, str, int]]:
        """List the payers other than Medicare, or all if there is no other."""
        others = [payer for payer in self._practice.payers if not _is_medicare(payer)]
        return others or list(self._practice.payers)

    def _payer(self, payers: Sequence[tuple[str, str, int]]) -> tuple[str, str, int]:
        weights = [weight for _, _, weight in payers]
        chosen: tuple[str, str, int] = self._fake.random.choices(payers, weights)[0]
        return chosen

    def _happens(self, rate: float) -> bool:
        return bool(self._fake.random.random() < rate)


def _number(index: int) -> str:
    return f"P{100_000 + index}"


def _is_medicare(payer: tuple[str, str, int]) -> bool:
    return "medicare" in payer[0].casefold()
