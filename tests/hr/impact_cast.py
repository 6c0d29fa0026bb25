"""What the tests of the adverse-impact report share: how to hand in a file, and how to write one."""

from __future__ import annotations

import io

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

AE, AM = "account-executive", "account-manager"
OUTCOME = f"outcome {AE}"


def address(campaign) -> str:
    return f"/hr/campaigns/{campaign.public_id}/impact"


def hand_in(member, campaign, data, measure=OUTCOME, name="groups.csv"):
    """Choose a file on the page, and press its button."""
    content = data if isinstance(data, bytes) else data.encode()
    token = member.get(address(campaign)).page.main.one("input", name="csrf_token")["value"]
    fields = {"csrf_token": token, "measure": measure, "file": FileStorage(io.BytesIO(content), name)}
    boundary, body = encode_multipart(fields)  # in memory, unlike the client
    return member.post(address(campaign), data=body, content_type=f"multipart/form-data; boundary={boundary}")


def written(references, groups, header="reference,sex"):
    """A file that gives everybody a group, in turns."""
    rows = (f"{reference},{groups[place % len(groups)]}" for place, reference in enumerate(references))
    return "\n".join([header, *rows])
