"""Campaigns: who asks, for what, and where the quiz may be framed."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from sqlalchemy import bindparam, func, insert, select, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it is kept; `services.campaigns` says what each field means and checks it."""

    id: int
    public_id: str
    team_id: int | None
    name: str
    pack: str
    pack_version: str
    state: str
    asked_by: str
    purpose: str
    readers: str
    contact: str
    sites: str
    identification: str
    secret: str
    shows_result: bool
    redirect_url: str
    retain_days: int
    created_ms: int
    languages: str
    accent: str
    opens_ms: int | None
    closes_ms: int | None
    private: bool
    shares_outcome: bool
    hold: bool
    opened: int
    texts_version: int


_COLUMNS = [campaigns.c[field.name] for field in fields(Campaign)]
_ALL = select(*_COLUMNS).order_by(campaigns.c.id)
_FIND = select(*_COLUMNS).where(campaigns.c.public_id == bindparam("public_id"))
_FIND_BY_ID = select(*_COLUMNS).where(campaigns.c.id == bindparam("campaign_id"))
_CREATE = insert(campaigns).values({column.name: bindparam(column.name) for column in _COLUMNS if column.name != "id"})
_STATE = (
    update(campaigns)
    .where(campaigns.c.public_id == bindparam("public_id"))
    .values(state=bindparam("new_state"))
    .returning(campaigns.c.id)
)
_COUNT = select(func.count(), func.count(attempts.c.finished_ms)).where(attempts.c.campaign_id == bindparam("campaign"))


def create(store: Transaction, campaign: Campaign) -> None:
    """Keep a new campaign; its `id` is given by the database and not looked at."""
    values = dict(zip((field.name for field in fields(campaign)), astuple(campaign), strict=True))
    del values["id"]
    store.run(_CREATE, **values)


def find(store: Transaction, public_id: str) -> Campaign | None:
    """The campaign of an address, or None."""
    row = store.run(_FIND, public_id=public_id).fetchone()
    return _campaign(row) if row else None


def find_by_id(store: Transaction, campaign_id: int) -> Campaign | None:
    """The campaign that attempts refer to, or None."""
    row = store.run(_FIND_BY_ID, campaign_id=campaign_id).fetchone()
    return _campaign(row) if row else None


def everyone(store: Transaction) -> list[Campaign]:
    """All campaigns, the oldest first."""
    return [_campaign(row) for row in store.run(_ALL).fetchall()]


def set_state(store: Transaction, public_id: str, state: str) -> bool:
    """Open, pause or close a campaign; False if there is none."""
    return store.run(_STATE, public_id=public_id, new_state=state).fetchone() is not None


def count(store: Transaction, campaign_id: int) -> tuple[int, int]:
    """How many attempts were started, and how many of them are finished."""
    row = store.run(_COUNT, campaign=campaign_id).fetchone()
    assert row is not None  # counts always make a row
    return row[0], row[1]


def _campaign(row: tuple[object, ...]) -> Campaign:
    return Campaign(*row)  # type: ignore[arg-type]  # the columns are the fields, in their order
