"""What `tools/scan` needs around the scanner: people on the site that is scanned, a way in, and what was found.

python -m tools.scanned                      fills an empty site and prints what the shell is to know of it
python -m tools.scanned sign-in SITE LINK    signs in by the set-up link and prints the cookie
python -m tools.scanned findings FILE...     prints what is in the reports and is not explained; 1 if there is any
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterable
from http.cookiejar import CookieJar
from pathlib import Path

PASSWORD = "a tide that turns twice"
EXPLAINED = (
    ("X-Frame-Options is not set", r"/(hr/)?", "obsolete; frame-ancestors says it, differently for each page"),
    ("Lack of anti CSRF token", r"/(start|packs/[^/]+/start|c/\w+/start|a/.+)", "no cookie there to be misused"),
    ("The server responded with a 500", r"/oembed", "501, as oEmbed has it for a format that is not served"),
    ("LDAP Injection", r"/hr/.+", "no LDAP here: with another filter, the page is another"),
    ("Secure flag is not set", r"/.*", "the scan goes without TLS; by https the cookie has it"),
)
"""What docs/security.md explains: how a finding begins, the addresses where it is no news, and why."""


def fill() -> None:
    """A campaign that asks for a name, somebody under way, somebody who has finished, and the console's first link."""
    from quiz import create_app
    from quiz.services import admission, campaigns, take
    from quiz.services.campaigns import Wanted

    app = create_app()
    house = app.extensions["rolefit"]
    edition, now_ms = house.library.main, time.time_ns() // 1_000_000
    wanted = Wanted(
        "Spring fair", "Tidewell", "A talk about two jobs", "Alice", "alice@tidewell.example", identification="named"
    )
    campaign = campaigns.create(house.database, edition.pack, wanted, now_ms)
    tokens = [take.start(house.database, edition.pack, "en", now_ms) for _ in range(2)]
    attempt = take.find(house.database, tokens[1])
    for item in edition.pack.item_ids:
        take.answer(house.database, edition, attempt, item, 4, now_ms)
    print(f"campaign={campaign.public_id} attempt={tokens[0]} result={tokens[1]}")
    print(f"setup={admission.set_up_token(house.database, now_ms)}")


def sign_in(site: str, link: str) -> None:
    """Set the console up, which signs in, and print the cookie as a browser would send it."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"{site}/hr/setup/{link}"
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    fields = {"team": "Tidewell", "name": "Alice", "email": "alice@tidewell.example", "password": PASSWORD}
    form = urllib.parse.urlencode(fields | {"csrf_token": token[1] if token else ""}).encode()
    if "/hr/sign-out" not in browser.open(address, form).read().decode():
        sys.exit("the console could not be set up for the scan")
    print("; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))


def findings(files: Iterable[str]) -> int:
    """Print what the reports hold; how many findings are not explained."""
    news = 0
    for file in files:
        lines: Counter[str] = Counter()
        report = json.loads(Path(file).read_text(encoding="utf-8"))
        infos = report["infos"]
        print(f"{Path(file).stem}: {infos.get('crawled_pages_nbr', '?')} pages, {infos['version']}, {infos['date']}")
        for category in ("vulnerabilities", "anomalies"):
            for kind, found in report[category].items():
                for each in found:
                    why = explained(each["info"], each["path"])
                    lines[f"{kind}: {each['info'][:90]}: {why or each['method'] + ' ' + each['path']}"] += 1
                    news += not why
        for line, times in lines.items():
            print(f"  {times} × {line}")
    return news


def explained(finding: str, path: str) -> str:
    """Why a finding is none, or nothing."""
    for begins, where, why in EXPLAINED:
        if begins in finding and re.fullmatch(where, path):
            return why
    return ""


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            fill()
        case ["sign-in", site, link]:
            sign_in(site, link)
        case ["findings", *files]:
            sys.exit(1 if findings(files) else 0)
        case _:
            sys.exit(__doc__)
