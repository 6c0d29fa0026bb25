"""Checks of the settings: what is risky, though it can be used. What cannot be used has stopped the start before."""

from __future__ import annotations

from urllib.parse import urlsplit

from quiz.services.doctor.finding import Finding, Patient, ok, problem, warning

LOCAL = {"127.0.0.1", "localhost", "::1"}
EXAMPLES = ("example.org", "example.com", "example.net")
LONGEST_DAYS = 730
MOST_PROXIES = 3


def addresses(patient: Patient) -> list[Finding]:
    """Where people reach the site, and what stands in front of it."""
    settings = patient.settings
    public = urlsplit(settings.public_url)
    found = []
    if not settings.public_url:
        do = "Set it to the address that people see, such as https://quiz.example.org; links are made of it."
        found.append(warning("PUBLIC_URL", "not set: links take the name that each request asks for", do))
    elif (public.hostname or "").endswith(EXAMPLES):
        found.append(problem("PUBLIC_URL", settings.public_url, "Set it to this site's own address."))
    elif public.scheme != "https" and public.hostname not in LOCAL:
        do = "Put a proxy with TLS in front and set it to https://…; without it, others can read along."
        found.append(problem("PUBLIC_URL", f"{settings.public_url} is not encrypted", do))
    else:
        found.append(ok("PUBLIC_URL", settings.public_url))
    hops = settings.trusted_proxies
    if hops == 0 and public.scheme == "https":
        do = "Set it to the number of proxies in front, mostly 1; all visitors share one start limit otherwise."
        found.append(warning("TRUSTED_PROXIES", "0, though the site is reached by https", do))
    elif hops > MOST_PROXIES:
        do = "Count them again: with a number too high, a visitor can pretend any address."
        found.append(warning("TRUSTED_PROXIES", f"{hops} proxies are believed", do))
    else:
        found.append(ok("TRUSTED_PROXIES", str(hops)))
    if settings.host not in LOCAL and not hops:
        do = "Listen at 127.0.0.1 and let a proxy with TLS pass requests on."
        found.append(warning("HOST", f"{settings.host}: reached from outside, without a proxy in front", do))
    return found


def limits(patient: Patient) -> list[Finding]:
    """Whom people can ask, and how long what they gave is kept."""
    settings = patient.settings
    found = []
    if settings.contact:
        found.append(ok("CONTACT", "set"))
    else:
        do = "Set an e-mail address; the privacy page has nobody to ask without it."
        found.append(warning("CONTACT", "not set", do))
    days = max(settings.retain_finished_days, settings.retain_unfinished_days)
    if days > LONGEST_DAYS:
        found.append(warning("retention", f"{days} days", "Keep people's answers no longer than they are needed."))
    return found


def figures(patient: Patient) -> list[Finding]:
    """Who reads the figures, and what is logged."""
    settings = patient.settings
    open_to = "whoever has the token" if settings.metrics_token else "this machine only"
    found = [ok("METRICS_TOKEN", f"/metrics is for {open_to}")]
    if settings.log_level == "DEBUG":
        do = "INFO is enough; libraries log more than they should below it."
        found.append(warning("LOG_LEVEL", "DEBUG", do))
    return found
