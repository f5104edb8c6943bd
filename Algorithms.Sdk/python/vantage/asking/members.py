"""The collaboration that is asked in, and its members, by id or by name."""

from ..errors import VantageError
from ..protocol import names


def collaboration(channel, text):
    if names.is_id(text, "col"):
        return channel.get(f"collaborations/{text}")
    return channel.get(f"collaborations/{_one(channel.pages('collaborations'), text, 'collaboration')['id']}")


def study(channel, collaboration_id, text):
    return None if text is None else _one(channel.pages(f"collaborations/{collaboration_id}/studies"), text, "study")


def _one(found, text, kind):
    named = [item for item in found if text in (item["id"], item["name"])]
    if len(named) == 1:
        return named[0]
    if named:
        raise VantageError("conflict", f"More than one {kind} is called '{text}'.", "Name it by its id.")
    raise VantageError("not-found", f"There is no {kind} '{text}' that you can see.", f"See: vantage {kind} list")


def organizations(members, wanted):
    """Ids of the members that a person named; None stays None: all."""
    if wanted is None:
        return None
    found = []
    for text in [wanted] if isinstance(wanted, str) else wanted:
        named = [m for m in members if text in (m["organization"], m["name"])]
        if len(named) != 1:
            raise VantageError("no-targets", f"'{text}' is not one member of the collaboration.",
                               f"Its members: {', '.join(m['name'] for m in members)}.")
        found.append(named[0]["organization"])
    return list(dict.fromkeys(found))
