"""The newest list of revoked keys of each pinned organization: in `key-revocations/`, where the vantage command keeps
them too, and at the Coordinator. What is older than what is here, or not well signed, counts for nothing."""

import os
import time
import weakref

from ..errors import VantageError
from ..protocol import jws, names, revocations, tables
from ..protocol.refusal import Refused

FRESH = 30
_pulled = weakref.WeakKeyDictionary()


def trust(home, channel, roots, at, new_work):
    """The roots, less what the newest lists say. Asks the Coordinator at most every half a minute."""
    own = {root.organization for root in roots}
    lists = {organization: _kept(home, organization, roots) for organization in own if _path(home, organization).exists()}
    if time.monotonic() - _pulled.get(channel, -FRESH) >= FRESH:
        for published in _published(channel):
            organization, statement = published["organization"], published["statement"]
            if organization in own:
                _take(home, organization, statement, roots, at, lists)
        _pulled[channel] = time.monotonic()
    return revocations.Trust(roots, lists, new_work)


def _published(channel):
    try:
        return list(channel.pages("revocations"))
    except VantageError as e:
        # A Coordinator from before there were lists. One that hides them gains no more than their life.
        if e.code != "not-found":
            raise
        return []


def _take(home, organization, statement, roots, at, lists):
    before = lists.get(organization)
    try:
        found = revocations.verify(statement, roots, at, before)
    except Refused:
        return
    # What follows a list that was lost has to be fresh, or an old one would bring revoked keys back.
    lost = organization in lists and before is None
    if found.issuer != organization or (lost and found.not_after <= at):
        return
    if before is None or found.compact != before.compact:
        _keep(_path(home, organization), statement)
    lists[organization] = found


def _kept(home, organization, roots):
    """None for one that is damaged, or by a root that is pinned no longer."""
    try:
        compact = _path(home, organization).read_text(encoding="ascii").strip()
        content = jws.peek(compact, tables.KEY_REVOCATIONS)
        # The signer's certificate may have run out since; the list has then expired, too, and says so.
        return revocations.verify(compact, roots, names.time(content["issuedAt"]))
    except (OSError, ValueError, Refused):
        return None


def _keep(path, statement):
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(statement + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError as e:
        raise VantageError("home-invalid", f"{path} can't be written: {e}") from e


def _path(home, organization):
    return home.directory / "key-revocations" / f"{organization}.jws"
