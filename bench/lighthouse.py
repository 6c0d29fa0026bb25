"""Lighthouse on the pages that people see: scores, the largest paint beside a blank page's, layout shift.

python -m bench.lighthouse --lighthouse node_modules/.bin/lighthouse [--chromium /usr/bin/chromium] [--runs 3]

Lighthouse comes with `npm install lighthouse`; the phone that it plays and its slow network are its own default. The
pages come by TLS and HTTP/2, as from behind a proxy, with a certificate made for the occasion by openssl.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from statistics import median
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
CATEGORIES = {"performance": "speed", "accessibility": "access", "best-practices": "practices", "seo": "seo"}
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --ignore-certificate-errors"
)
LANGUAGES = ("en", "es")
PAINT_RATIO = 1.15
"""The largest paint may take so many times that of a blank page with our style sheet. Without the sheet a page is
painted a round trip sooner, and ours never are: styles within the page are forbidden (Content-Security-Policy)."""
TRIES = 3
"""A browser sometimes does not come up on a busy machine."""
HIDDEN_ON_PURPOSE = "is-crawlable"
"""Pages of an attempt and of a campaign ask not to be indexed: this audit takes points off for that."""
CAMPAIGN = (
    *("create", "Measured", "--asked-by", "Alice of Tidewell", "--purpose", "A talk about two jobs"),
    *("--readers", "Alice", "--contact", "alice@tidewell.example", "--allow", "https://jobs.tidewell.example"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What Lighthouse found on a page: scores of 0 to 100, milliseconds, shift, and the audits that took points off."""

    scores: dict[str, int]
    paint: float
    shift: float
    bytes: int
    short: set[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lighthouse", default="lighthouse", help="the command")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--runs", type=int, default=3, help="of each page; the median counts")
    parser.add_argument("--only", default="", help="pages whose names contain this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-lighthouse-") as folder:
        environment = {
            "DATABASE_URL": f"sqlite:///{folder}/quiz.db",
            "STATIC_FOLDER": f"{folder}/static",
            "LOG_LEVEL": "ERROR",
        }
        flask(environment, "db", "upgrade")
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
        make += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"]
        subprocess.run(make, check=True, capture_output=True)
        with served("app:app", environment, folder) as quiz, served("bench.blank:app", environment, folder) as blank:
            run(options, quiz, blank, environment, Path(folder))


@contextmanager
def served(app: str, environment: dict[str, str], folder: str) -> Iterator[int]:
    """Serve an application by TLS and HTTP/2; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-ws",
        "--blocking-threads",
        "1",
    ]
    command += ["--ssl-certificate", f"{folder}/certificate.pem", "--ssl-keyfile", f"{folder}/key.pem"]
    process = subprocess.Popen([*command, "--log-level", "warning", app], cwd=PROJECT, env=os.environ | environment)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if process.poll() is None and probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit("the server did not answer")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def run(options: argparse.Namespace, quiz: int, blank: int, environment: dict[str, str], folder: Path) -> None:
    """Look at the blank page and then at every page, and print the table."""

    def look(port: int, path: str) -> Seen:
        return middle([seen(options, f"https://127.0.0.1:{port}{path}", folder) for _ in range(options.runs)])

    head = ("largest paint", "of a bare page's", "of a styled blank page's", "shift", "KB")
    print("| page | " + " | ".join((*CATEGORIES.values(), *head)) + " |")
    print("| --- |" + " --- |" * (len(CATEGORIES) + len(head)))
    bare, reference = look(blank, "/"), look(blank, "/styled")
    told("bare blank page", bare, bare, reference)
    told("blank page with our style sheet", reference, bare, reference)
    failed = []
    for name, path in pages(quiz, environment):
        if options.only in name:
            found = look(quiz, path)
            told(name, found, bare, reference)
            failed += [f"{name}: {audit}" for audit in sorted(found.short - {HIDDEN_ON_PURPOSE})]
            if found.paint > PAINT_RATIO * reference.paint:
                failed.append(
                    f"{name}: the largest paint takes {found.paint / reference.paint:.2f} of a styled blank page's"
                )
            if found.shift:
                failed.append(f"{name}: the layout shifts by {found.shift}")
    print("\n" + ("\n".join(failed) or f"Nothing took points off but {HIDDEN_ON_PURPOSE}, where indexing is refused."))
    raise SystemExit(bool(failed))


def pages(port: int, environment: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Name and path of every page, in each language."""
    campaign = re.search(r"/c/([\w-]+)", flask(environment, "campaign", *CAMPAIGN))
    assert campaign
    for language in LANGUAGES:
        place = post(port, "/start", f"language={language}")
        question = place
        while not place.endswith("/result"):
            place = post(port, place, "choice=4")
        yield f"landing ({language})", f"/?lang={language}"
        yield f"question ({language})", question
        yield f"result ({language})", place
        yield f"roles ({language})", f"/roles?lang={language}"
        yield f"embed ({language})", f"/c/{campaign[1]}?lang={language}"


def post(port: int, path: str, form: str) -> str:
    """Where a form leads to."""
    ours = ssl._create_unverified_context()  # the certificate is a minute old, and nobody's
    connection = HTTPSConnection("127.0.0.1", port, timeout=30, context=ours)
    connection.request("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    connection.close()
    place: str = answer.headers["Location"]
    return place


def flask(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=os.environ | environment, check=True, capture_output=True, text=True
    ).stdout


def seen(options: argparse.Namespace, url: str, folder: Path) -> Seen:
    """Let Lighthouse look at a page once."""
    report = folder / "report.json"
    command = [options.lighthouse, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = os.environ | {"CHROME_PATH": options.chromium}
    for _ in range(TRIES):
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(report.read_text()) if ran.returncode == 0 else {}
        if found and "runtimeError" not in found:
            break
    else:
        raise SystemExit(f"{url}: {found.get('runtimeError', {}).get('message', ran.stderr)}")
    audits = found["audits"]
    counted = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    return Seen(
        {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES},
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        round(audits["total-byte-weight"]["numericValue"]),
        # A score of speed may be .99 and still give 100 in all; there the whole counts.
        {
            audit
            for audit in counted
            if audits[audit]["score"] is not None and audits[audit]["score"] < (0.9 if speed(found, audit) else 1)
        },
    )


def speed(found: dict[str, Any], audit: str) -> bool:
    return any(ref["id"] == audit for ref in found["categories"]["performance"]["auditRefs"])


def middle(runs: list[Seen]) -> Seen:
    """The median of each figure; an audit took points off when it did in most runs."""
    return Seen(
        {name: round(median(each.scores[name] for each in runs)) for name in CATEGORIES},
        median(each.paint for each in runs),
        median(each.shift for each in runs),
        round(median(each.bytes for each in runs)),
        {audit for each in runs for audit in each.short if sum(audit in other.short for other in runs) * 2 > len(runs)},
    )


def told(name: str, found: Seen, bare: Seen, reference: Seen) -> None:
    cells = [f"{found.scores[category]}" for category in CATEGORIES]
    cells += [f"{found.paint:.0f} ms", f"{found.paint / bare.paint:.2f}", f"{found.paint / reference.paint:.2f}"]
    cells.append(f"{found.shift:.3f}")
    print("| " + " | ".join([name, *cells, f"{found.bytes / 1000:.1f}"]) + " |", flush=True)


if __name__ == "__main__":
    main()
