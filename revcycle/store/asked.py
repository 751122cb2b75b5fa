"""Names in place of what is asked, for statements that are built once and asked often.

To build a statement takes this program longer than the database takes to answer it. What a page
needs at every request is therefore built once for each shape of question, with these names, and
asked with ``{NAME.key: value}``. No name is one of a column: an UPDATE would set it.
"""

from collections.abc import Collection
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import BindParameter, String, Uuid, bindparam
from sqlmodel.sql.sqltypes import UTCDateTime

Id: TypeAlias = UUID | BindParameter[UUID]
Ids: TypeAlias = Collection[Id] | BindParameter[UUID]
Login: TypeAlias = str | BindParameter[str]

CLIENT_ID: Final[BindParameter[UUID]] = bindparam("asked_client_id", type_=Uuid())
CLIENT_IDS: Final[BindParameter[UUID]] = bindparam("asked_client_ids", type_=Uuid(), expanding=True)
QUEUE: Final[BindParameter[str]] = bindparam("asked_queue", type_=String())
ITEM_ID: Final[BindParameter[UUID]] = bindparam("asked_item_id", type_=Uuid())
STAFF_MEMBER_ID: Final[BindParameter[UUID]] = bindparam("asked_member_id", type_=Uuid())
LOGIN: Final[BindParameter[str]] = bindparam("asked_login", type_=String())
AT: Final = bindparam("asked_at", type_=UTCDateTime())
UNTIL: Final = bindparam("asked_until", type_=UTCDateTime())
