"""Checks of what surrounds the application: packs, folders, disk, mail, Redis."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from quiz.packs.check import check
from quiz.services import mail as mails
from quiz.services.doctor.finding import Finding, Patient, ok, problem, warning

SCARCE, LITTLE = 200 * 2**20, 2**30
"""Bytes of free disk below which it is a problem, and below which a warning."""


def packs(patient: Patient) -> list[Finding]:
    """Each pack that is run, and each that should be."""
    settings, editions = patient.settings, patient.library.editions.values()
    found = []
    for edition in editions:
        problems = check(edition.content.folder)
        what = f"pack {edition.pack.id} {edition.pack.full_version}"
        if problems:
            do = f"flask pack check {edition.content.folder}"
            found.append(problem(what, f"{len(problems)} problems, the first: {problems[0]}", do))
        else:
            found.append(ok(what, "in order"))
    run = {edition.content.folder.resolve() for edition in editions}
    for folder in settings.pack_folders:
        held = [file.parent for file in (folder / "pack.toml", *folder.glob("*/pack.toml")) if file.is_file()]
        if not held:
            found.append(problem("ROLEFIT_PACKS", f"{folder} holds no pack", "Correct the folder, or take it out."))
        for place in held:
            if place.resolve() not in run:
                found.append(problem("ROLEFIT_PACKS", f"{place} is not run", f"flask pack check {place}"))
    return found


def static_folder(patient: Patient) -> list[Finding]:
    """Whether hashed copies of the static files can be written."""
    folder = Path(patient.settings.static_folder)
    try:
        with NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        do = "Let the user that runs the server write there, or set STATIC_FOLDER."
        return [problem("STATIC_FOLDER", f"{folder}: {error.strerror}", do)]
    return [ok("STATIC_FOLDER", f"{folder} can be written")]


def disk(patient: Patient) -> list[Finding]:
    """Free space where things are kept."""
    places = {"static files": Path(patient.settings.static_folder)}
    if patient.database.is_sqlite:
        places["database"] = Path(patient.database.url.database or ".").absolute().parent
    found = []
    for name, folder in places.items():
        if not folder.is_dir():
            do = "Make it, or correct the setting."
            found.append(problem(f"disk of the {name}", f"there is no folder {folder}", do))
            continue
        free = shutil.disk_usage(folder).free
        room = f"{free / 2**30:.1f} GB free"
        what = f"disk of the {name}"
        if free < SCARCE:
            found.append(problem(what, room, "Make room: with a full disk no answer can be kept."))
        elif free < LITTLE:
            found.append(warning(what, room, "Make room before it is full; old backups and logs are the usual guests."))
        else:
            found.append(ok(what, room))
    return found


def mail(patient: Patient) -> list[Finding]:
    """Whether the mail server lets us in; nothing is sent."""
    settings = patient.settings
    if not settings.smtp_url:
        return [ok("mail", "not set up: links are shown to copy")]
    try:
        with mails.post(settings):
            pass
    except mails.MailFailed as error:
        return [problem("mail", str(error), "Check SMTP_URL; invitations and new passwords wait until it works.")]
    return [ok("mail", f"{mails.Server.read(settings.smtp_url).host} lets us in")]


def redis(patient: Patient) -> list[Finding]:
    """Whether Redis answers, where it is used."""
    url = getattr(patient.settings, "redis_url", "")
    if not url:
        return []
    from redis import Redis, RedisError

    try:
        with Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as opened:
            opened.ping()
    except (RedisError, OSError) as error:
        do = "Check REDIS_URL and the server. Meanwhile each process counts limits alone, and mail may wait a minute."
        return [problem("REDIS_URL", f"no answer ({type(error).__name__})", do)]
    return [ok("REDIS_URL", "answers")]
