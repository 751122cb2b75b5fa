"""Names of people, streets and towns that look invented."""

from typing import Final

from faker.providers import BaseProvider

_FIRST_STARTS: Final = (
    "Al", "Bri", "Cor", "Del", "Ela", "Fen", "Gwi", "Hol", "Iva", "Jor", "Kel", "Lum", "Mar",
    "Nel", "Ori", "Pen", "Qui", "Ros", "Syl", "Tam", "Ulm", "Vel", "Wil", "Xan", "Yar", "Zin",
)  # fmt: skip
_FIRST_ENDS: Final = {
    "F": ("abell", "elda", "ietta", "inda", "issa", "olyn", "ora", "owyn", "ulina", "yssia"),
    "M": ("ander", "bert", "corin", "dovan", "emund", "falk", "gorin", "merric", "thorn", "vin"),
}
_LAST_STARTS: Final = (
    "Amber", "Ash", "Bramble", "Brook", "Cedar", "Clover", "Dew", "Ember", "Fern", "Frost",
    "Hazel", "Heather", "Ivy", "Juniper", "Larch", "Maple", "Meadow", "Moss", "Nettle", "Pebble",
    "Quill", "Reed", "Rowan", "Sage", "Sorrel", "Thistle", "Violet", "Willow", "Wren", "Yarrow",
)  # fmt: skip
_LAST_ENDS: Final = (
    "barrow", "beck", "bough", "crest", "dell", "fall", "fen", "gate", "glow", "hollow", "knoll",
    "mere", "moor", "nook", "ridge", "shade", "spring", "thorpe", "vale", "wick",
)  # fmt: skip
_STREET_ENDS: Final = ("Lane", "Path", "Road", "Row", "Street", "Way")
_TOWNS: Final = (
    "Alderquay", "Birchmoor", "Coppercove", "Dunlily", "Eastfern", "Foxhollow", "Glimmerford",
    "Highbramble", "Ivorygate", "Juneberry", "Kestrelby", "Lowthistle",
)  # fmt: skip


class InventedProvider(BaseProvider):
    """A Faker provider whose people live nowhere."""

    def invented_first_name(self, sex: str) -> str:
        """Make a first name such as Brielda or Corbert."""
        ends = _FIRST_ENDS.get(sex, _FIRST_ENDS["F"])
        return str(self.random_element(_FIRST_STARTS)) + str(self.random_element(ends))

    def invented_last_name(self) -> str:
        """Make a last name such as Mosswick."""
        return str(self.random_element(_LAST_STARTS)) + str(self.random_element(_LAST_ENDS))

    def invented_street(self) -> str:
        """Make a street and number such as ``12 Fernnook Lane``."""
        name, end = self.invented_last_name(), self.random_element(_STREET_ENDS)
        return f"{self.random_int(1, 989)} {name} {end}"

    def invented_town(self) -> str:
        """Choose a town."""
        return str(self.random_element(_TOWNS))

    def fictional_phone(self) -> str:
        """Make a number from 555-0100 to 555-0199, which are kept free for fiction."""
        area = self.random_element(("216", "330", "419", "614"))
        return f"{area}55501{self.random_int(0, 99):02d}"
