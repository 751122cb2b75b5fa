"""What a person attests who imports a licensed list, in our own words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.values.reference import Licence

LICENCE_NOTICES: Final[Mapping[Licence, str]] = MappingProxyType(
    {
        Licence.AMA: (
            "This file holds CPT codes. CPT is the property and a trademark of the American "
            "Medical Association; whoever uses it needs its licence, and the files of CMS that "
            "name CPT codes are given out under its terms. It does not set or recommend fees, and "
            "answers for nothing that is done with the file. Government use is restricted "
            "(FARS/DFARS)."
        ),
        Licence.X12: (
            "This list is the property of X12, which licenses its use. Codes are kept in the "
            "wording of your licensed copy and shown to your own people only."
        ),
        Licence.NUCC: (
            "This list is kept by the National Uniform Claim Committee, whose terms are those of "
            "the American Medical Association: free to download, licensed when sold."
        ),
    }
)
