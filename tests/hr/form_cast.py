"""What the form of a campaign holds, as a browser would send it."""

from __future__ import annotations


def typed(member, path, page=None):
    """Everything in the form of a page, by default of the one at an address."""
    main = (page or member.get(path).page).main
    form = next(each for each in main.all("form") if each.get("id") == "campaign")
    inputs = [
        each for each in form.all("input") if each.get("type") not in ("checkbox", "radio") or "checked" in each.attrs
    ]
    fields = {each["name"]: each.get("value") or "" for each in inputs}
    fields["languages"] = [each["value"] for each in inputs if each["name"] == "languages"]
    return fields | {each["name"]: "".join(each.children).lstrip("\r\n") for each in form.all("textarea")}
