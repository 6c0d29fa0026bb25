"""Campaigns: who asks, for what, and where the quiz may be framed."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, insert, select, update

from quiz.store.database import Transaction
from quiz.store.tables import attempts, campaigns, invitations, notes


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


_campaign_id: BindParameter[Any] = bindparam("campaign")
_COLUMNS = [campaigns.c[field.name] for field in fields(Campaign)]
_there = campaigns.c.deleted_ms.is_(None)
"""What is deleted nobody finds any more, though a job may still be removing it: `store.removal`."""
_FIXED = ("id", "public_id", "team_id", "pack", "pack_version", "state", "secret", "created_ms", "hold", "opened")
"""What changing the settings leaves alone."""


def _number(*conditions: Any, of: Any = attempts) -> Any:  # noqa: ANN401 - SQLAlchemy's expressions
    return select(func.count()).select_from(of).where(*conditions).scalar_subquery()


_mine = attempts.c.campaign_id == campaigns.c.id
_WITH_COUNTS = select(*_COLUMNS, _number(_mine), _number(_mine, attempts.c.finished_ms.is_not(None))).where(_there)
_ALL = _WITH_COUNTS.order_by(campaigns.c.id)
_OF_TEAM = _WITH_COUNTS.where(campaigns.c.team_id == bindparam("team")).order_by(campaigns.c.id.desc())
_FIND = select(*_COLUMNS).where(campaigns.c.public_id == bindparam("public_id"), _there)
_FIND_BY_ID = select(*_COLUMNS).where(campaigns.c.id == _campaign_id, _there)
_OF_ATTEMPT = (
    select(*_COLUMNS, attempts.c.told_version)
    .select_from(attempts.join(campaigns))
    .where(attempts.c.id == bindparam("attempt"), _there)
)
_CREATE = insert(campaigns).values({column.name: bindparam(column.name) for column in _COLUMNS if column.name != "id"})
_CHANGE = (
    update(campaigns)
    .where(campaigns.c.id == _campaign_id)
    .values({column.name: bindparam(f"new_{column.name}") for column in _COLUMNS if column.name not in _FIXED})
)
_STATE = (
    update(campaigns)
    .where(campaigns.c.public_id == bindparam("public_id"), _there)
    .values(state=bindparam("new_state"))
    .returning(campaigns.c.id)
)
_OPENED = update(campaigns).where(campaigns.c.id == _campaign_id).values(opened=campaigns.c.opened + 1)
_HOLD = (
    update(campaigns)
    .where(campaigns.c.id == _campaign_id, _there)
    .values(hold=bindparam("new_hold"))
    .returning(campaigns.c.id)
)
_its_own = attempts.c.campaign_id == _campaign_id
_COUNT = select(_number(_its_own), _number(_its_own, attempts.c.finished_ms.is_not(None)))
_ids = select(attempts.c.id).where(_its_own)
_GOING = select(
    _number(_its_own),
    _number(_its_own, attempts.c.finished_ms.is_not(None)),
    _number(notes.c.attempt_id.in_(_ids), of=notes),
    _number(invitations.c.campaign_id == _campaign_id, of=invitations),
    _number(_its_own, attempts.c.hold),
)
_HELD = select(campaigns.c.id).where(
    campaigns.c.id == _campaign_id, campaigns.c.hold | select(attempts.c.id).where(_its_own, attempts.c.hold).exists()
)


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
    row = store.run(_FIND_BY_ID, campaign=campaign_id).fetchone()
    return _campaign(row) if row else None


def of_attempt(store: Transaction, attempt_id: int) -> tuple[Campaign, int | None] | None:
    """The campaign that an attempt belongs to, and which version of its texts the person read, if that is known."""
    row = store.run(_OF_ATTEMPT, attempt=attempt_id).fetchone()
    return (Campaign(*row[:-1]), row[-1]) if row else None


def everyone(store: Transaction) -> list[tuple[Campaign, int, int]]:
    """All campaigns, the oldest first, with how many attempts were started and finished."""
    return [_counted(row) for row in store.run(_ALL).fetchall()]


def of_team(store: Transaction, team_id: int) -> list[tuple[Campaign, int, int]]:
    """A team's campaigns, the newest first, with how many attempts were started and finished."""
    return [_counted(row) for row in store.run(_OF_TEAM, team=team_id).fetchall()]


def change(store: Transaction, campaign_id: int, **settings: object) -> None:
    """Give a campaign other settings: everything but what never changes or has a statement of its own."""
    store.run(_CHANGE, campaign=campaign_id, **{f"new_{name}": value for name, value in settings.items()})


def opened(store: Transaction, campaign_id: int) -> None:
    """Count one more person who was shown the first page."""
    store.run(_OPENED, campaign=campaign_id)


def set_state(store: Transaction, public_id: str, state: str) -> bool:
    """Open, pause or close a campaign; False if there is none."""
    return store.run(_STATE, public_id=public_id, new_state=state).fetchone() is not None


def set_hold(store: Transaction, campaign_id: int, hold: bool) -> bool:
    """Put a campaign under a legal hold, or lift it; False if it was deleted."""
    return store.run(_HOLD, campaign=campaign_id, new_hold=hold).fetchone() is not None


def is_held(store: Transaction, campaign_id: int) -> bool:
    """Whether the campaign or one of its attempts is under a hold."""
    return store.run(_HELD, campaign=campaign_id).fetchone() is not None


def count_going(store: Transaction, campaign_id: int) -> tuple[int, int, int, int, int]:
    """What belongs to a campaign: attempts started, finished; notes; invitations; attempts under a hold."""
    row = store.run(_GOING, campaign=campaign_id).fetchone()
    assert row is not None  # counts always make a row
    started, finished, written, invited, held = row
    return started, finished, written, invited, held


def count(store: Transaction, campaign_id: int) -> tuple[int, int]:
    """How many attempts were started, and how many of them are finished."""
    row = store.run(_COUNT, campaign=campaign_id).fetchone()
    assert row is not None  # counts always make a row
    return row[0], row[1]


def _campaign(row: tuple[object, ...]) -> Campaign:
    return Campaign(*row)  # type: ignore[arg-type]  # the columns are the fields, in their order


def _counted(row: tuple[Any, ...]) -> tuple[Campaign, int, int]:
    return Campaign(*row[:-2]), row[-2], row[-1]
