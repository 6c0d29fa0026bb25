"""The bell: tells whoever works, by huey, that there is something to do; on Redis, or in a file beside the database.

What rings carries nothing: the work stands in the database. So a bell that nobody hears loses nothing, and whoever
works looks once a minute by themselves.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from quiz.services.jobs.working import Kind, Settings, work_off
from quiz.services.secrets import secret
from quiz.store.database import Database

log = logging.getLogger(__name__)

REDIS_SECONDS = 0.5
"""How long Redis may take for an answer before whoever rings goes on without it."""
LISTEN_SECONDS = 1
"""How long whoever works waits for the bell at a time."""
LOOK_SECONDS = 60
_VAR = Path(__file__).resolve().parents[3] / "var"

_ropes: dict[tuple[str, str], Callable[[], object]] = {}


def ring(database: Database, redis_url: str) -> None:
    """Wake whoever works. Never raises: if nobody hears, they look by themselves."""
    try:
        key = database.url.render_as_string(hide_password=False), redis_url
        rope = _ropes.get(key)
        if rope is None:
            rope = _ropes[key] = _rope(_bell(database, redis_url, REDIS_SECONDS), lambda: None)
        rope()
    except Exception as error:
        log.warning("the workers were not woken (%s); they look once a minute", type(error).__name__)


def listen(
    database: Database,
    settings: Settings,
    redis_url: str,
    kinds: Mapping[str, Kind],
    alive: Callable[[], bool],
) -> None:
    """Do jobs whenever the bell rings, and once a minute, until a signal to stop, or until nobody is `alive` for whom.

    SIGTERM and SIGINT let the mail under way go out.
    """
    from huey.consumer import Consumer, Scheduler

    bell = _bell(database, redis_url, LISTEN_SECONDS * 2.5)
    working = threading.Lock()  # one job at a time: what a process cannot do alone, another one does

    class Clock(Scheduler):  # type: ignore[misc]  # huey has no types
        """Looks by itself, without the bell: that may be broken."""

        def loop(self, now: object = None) -> None:
            look()
            self.stop_flag.wait(LOOK_SECONDS)

    class Listener(Consumer):  # type: ignore[misc]
        """Stops when nobody is there any more for whom it works."""

        scheduler_class = Clock

        def loop(self, health_check_ts: float | None = None) -> float | None:
            if not alive():
                self.stop(graceful=True)
            since: float | None = super().loop(health_check_ts)
            return since

    def look() -> None:
        with working:
            try:
                work_off(database, settings, kinds, stopping=consumer.stop_flag.is_set)
            except Exception:
                log.exception("the jobs could not be looked at")

    _rope(bell, look)
    for name in ("huey", "huey.consumer"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("Worker", "Scheduler"):
        logging.getLogger(f"huey.consumer.{name}").addFilter(_in_a_line)
    consumer = Listener(bell, workers=1, periodic=False, max_delay=LISTEN_SECONDS, graceful_signal="TERM")
    consumer._signal_actions[consumer._interrupt_sig] = (False, True)
    consumer.run()


def _rope(bell: Any, work: Callable[[], None]) -> Callable[[], object]:  # noqa: ANN401
    """What rings the bell; the work is done by whoever listens, and need not be known here."""
    task: Callable[[], object] = bell.task(name="look")(work)
    return task


def _bell(database: Database, redis_url: str, seconds: float) -> Any:  # noqa: ANN401
    # Whoever only answers people needs none of it.
    from huey.serializer import SignedSerializer

    key = secret(database, "jobs")
    # Named by what nobody else has: others may use the same Redis.
    name = f"rolefit{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    make = partial(_on_redis, redis_url, seconds) if redis_url else partial(_in_a_file, database)
    return make(name, serializer=SignedSerializer(key, salt="rolefit"), results=False)


def _in_a_file(database: Database, name: str, **options: Any) -> Any:  # noqa: ANN401
    from huey import SqliteHuey

    place = Path(database.url.database or "") if database.is_sqlite else _folder() / "rolefit"
    return SqliteHuey(name, filename=str(place.with_name(f"{place.name}.bell")), fsync=False, timeout=1, **options)


def _folder() -> Path:
    """Where the bell is when there is no file of a database to put it beside."""
    with suppress(OSError):
        _VAR.mkdir(parents=True, exist_ok=True)
        if os.access(_VAR, os.W_OK):
            return _VAR
    # A service may write nowhere else; then perhaps nobody else hears it, which costs a minute.
    folder = Path(tempfile.gettempdir()) / f"rolefit-{os.getuid()}-bell"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} is not ours")
    return folder


def _on_redis(url: str, seconds: float, name: str, **options: Any) -> Any:  # noqa: ANN401
    from huey import RedisHuey
    from redis import ConnectionPool
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    pool = ConnectionPool.from_url(
        url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0)
    )
    return RedisHuey(name, connection_pool=pool, read_timeout=LISTEN_SECONDS, **options)


def _in_a_line(record: logging.LogRecord) -> bool:
    """Say what is wrong with the bell without all the places that it went through; it is tried again and again."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[0].__name__})", ()
        record.exc_info = None
    return True
