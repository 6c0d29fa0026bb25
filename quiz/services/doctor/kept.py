"""Checks of the database: how it is set, its revision, writing, its clock, secrets, retention."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter, time

from quiz.services import retention as retaining
from quiz.services.doctor.finding import Finding, Patient, ok, problem, warning
from quiz.store import removal as removing
from quiz.store import revision
from quiz.store import secrets as kept_secrets
from quiz.store.expired import DAY_MS

SLOW = 0.25
"""Seconds that a write may take before it is worth a word."""
APART = 2.0
"""Seconds that the database's clock may differ from ours."""
AHEAD_MS = 60_000
LATE_DAYS = 2
WAITING_MS = 3_600_000
"""How long what was deleted may wait to be removed; it takes seconds, with very many people minutes."""
OLDEST_SQLITE = (3, 35)

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
"""What has to be on, for an acknowledged answer to survive a loss of power on PostgreSQL."""


def settings(patient: Patient) -> list[Finding]:
    """Whether what is acknowledged is on the disk, and who may read it."""
    return _sqlite(patient) if patient.database.is_sqlite else _postgresql(patient)


def migrations(patient: Patient) -> list[Finding]:
    """Whether the tables are those that this code needs."""
    needed = revision.newest()
    try:
        at = revision.current(patient.database.reader())
    except Exception:
        at = None
    if at == needed:
        return [ok("migrations", f"at {at}")]
    if at is not None and at > needed:
        do = "Fine during an upgrade; otherwise bring this code to the version that has migrated the database."
        return [warning("migrations", f"at {at}, this code knows {needed}", do)]
    return [problem("migrations", f"at {at}, this code needs {needed}", "flask db upgrade")]


def writing(patient: Patient) -> list[Finding]:
    """Whether a row can be written durably, and how long that takes."""
    begun = perf_counter()
    with patient.database.writing() as store:
        kept_secrets.keep(store, "doctor", "a row to see whether one can be written")
        kept_secrets.drop(store, "doctor")
    took = perf_counter() - begun
    if took > SLOW:
        do = "A slow or busy disk: each answer waits so long. Look at what else writes to it."
        return [warning("writing", f"{took * 1000:.0f} ms", do)]
    return [ok("writing", f"{took * 1000:.1f} ms")]


def clock(patient: Patient) -> list[Finding]:
    """Whether our clock agrees with the database's, and with what was written last."""
    cursor = patient.database.reader().cursor
    found = []
    if not patient.database.is_sqlite:
        begun = time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        row = cursor.fetchone()
        apart = float(row[0]) - (begun + time()) / 2 if row else 0.0
        if abs(apart) > APART:
            do = "Let both machines keep time by NTP (timedatectl set-ntp true)."
            found.append(problem("clock", f"the database's is {apart:+.1f} s from ours", do))
    cursor.execute("SELECT started_ms FROM attempts ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    if row and row[0] > patient.now_ms + AHEAD_MS:
        do = "The clock went back, or was ahead: let it be kept by NTP. Retention and links go by it."
        found.append(problem("clock", f"the last attempt began {(row[0] - patient.now_ms) / 1000:.0f} s from now", do))
    return found or [ok("clock", "agrees with the database")]


def secrets(patient: Patient) -> list[Finding]:
    """Whether this installation's own keys are there and long enough."""
    short = [
        name
        for name in ("session", "reset")
        if (value := kept_secrets.find(patient.database.reader(), name)) is not None and len(value.split()[0]) < 32
    ]
    if short:
        return [problem("secrets", f"too short: {', '.join(short)}", "flask secrets rotate --at-once")]
    if not patient.settings.secret_keys and patient.settings.public_url.startswith("https://"):
        do = "Set SECRET_KEY: whoever has a copy of the database, such as a backup, can sign in as anybody without it."
        return [warning("secrets", "kept in the database alone", do)]
    return [ok("secrets", "made here, kept in the database")]


def retention(patient: Patient) -> list[Finding]:
    """Whether what is past its time is removed every day."""
    counts = retaining.retain(
        patient.database,
        unfinished_days=patient.settings.retain_unfinished_days,
        finished_days=patient.settings.retain_finished_days,
        now_ms=patient.now_ms - LATE_DAYS * DAY_MS,
    )
    late = counts.unfinished + counts.finished + counts.invitations
    if late:
        do = "Run `flask retain --delete` every day; people were told that their answers go after that time."
        return [problem("retention", f"{late} attempts and invitations are {LATE_DAYS} days or more past it", do)]
    return [ok("retention", "nothing is past its time")]


def removal(patient: Patient) -> list[Finding]:
    """Whether a job comes to what belongs to deleted campaigns."""
    oldest = removing.marked(patient.database.reader())
    if oldest and patient.now_ms - oldest[1] > WAITING_MS:
        hours = (patient.now_ms - oldest[1]) / 3_600_000
        do = "Let jobs run (`flask jobs work`, or rolefit-jobs.service); `flask jobs` tells what became of them."
        return [problem("removal", f"a campaign that was deleted {hours:.0f} hours ago is still kept", do)]
    return [ok("removal", "nothing that was deleted waits")]


def _sqlite(patient: Patient) -> list[Finding]:
    cursor = patient.database.reader().cursor
    found = []
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        do = "Use a Python with SQLite 3.35 or newer."
        found.append(problem("database", f"SQLite {sqlite3.sqlite_version}", do))
    cursor.execute("PRAGMA journal_mode")
    if (row := cursor.fetchone()) and row[0] != "wal":
        do = "Put the file on a local disk; a network's file system cannot do what is needed."
        found.append(problem("database", f"SQLite without its log (journal_mode {row[0]})", do))
    file = Path(patient.database.url.database or "")
    if file.is_file() and file.stat().st_mode & 0o007:
        found.append(warning("database", f"{file} can be read by every user of this machine", f"chmod o= {file}"))
    return found or [ok("database", f"SQLite {sqlite3.sqlite_version}, {file.stat().st_size / 2**20:.1f} MB")]


def _postgresql(patient: Patient) -> list[Finding]:
    cursor = patient.database.reader().cursor
    found = []
    told = {}
    for name in ("server_version", "fsync", "synchronous_commit", "full_page_writes", "server_encoding"):
        cursor.execute(f"SHOW {name}")
        row = cursor.fetchone()
        told[name] = str(row[0]) if row else ""
    for name in DURABLE:
        if told[name] == "off":
            do = f"Set {name} = on in postgresql.conf: answers that people were told are kept can be lost otherwise."
            found.append(problem("database", f"{name} is off", do))
    if told["server_encoding"] != "UTF8":
        do = "Make the database anew with ENCODING 'UTF8'; names and notes need it."
        found.append(problem("database", f"encoding {told['server_encoding']}", do))
    return found or [ok("database", f"PostgreSQL {told['server_version']}")]
