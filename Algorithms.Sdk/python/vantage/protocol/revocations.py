"""Section 18: which of an organization's certified keys count no more."""

from datetime import timedelta

from . import jws, names, tables
from .exact_json import length
from .refusal import require

TYPE = "vantage-key-revocations+jws"
LONGEST, MOST_ENTRIES, LONGEST_REASON = timedelta(hours=24), 10_000, 200


class Revocations:
    """A verified list."""

    def __init__(self, document, compact):
        content = document.content
        self.content, self.signer, self.digest, self.compact = content, document.signer, document.digest, compact
        self.issuer, self.serial, self.not_after = content["issuer"], content["serial"], names.time(content["notAfter"])
        self.keys = {k["key"]: k for k in content["keys"]}
        self.principals = {p["principal"]: p for p in content["principals"]}

    def against(self, certificate, at):
        """The entry that holds against a certificate at an instant, or None."""
        entries = (self.keys.get(certificate.key_id), self.principals.get(certificate.principal))
        return next((e for e in entries if e and at >= names.time(e["since"])), None)


def verify(compact, pinned, at, before=None):
    """`before` is the newest list of the same organization that was seen."""
    document = jws.verify(compact, TYPE, tables.KEY_REVOCATIONS, pinned, at, ("root", "revocations"))
    _well_formed(document.content)
    require(document.content["issuer"] == document.signer.organization, "wrong-signer")
    found = Revocations(document, compact)
    if before is not None:
        _follows(before, found)
    return found


def _well_formed(content):
    keys, principals = content["keys"], content["principals"]
    life = names.time(content["notAfter"]) - names.time(content["issuedAt"])
    require(timedelta(0) < life <= LONGEST and len(keys) + len(principals) <= MOST_ENTRIES
            and len({k["key"] for k in keys}) == len(keys)
            and len({p["principal"] for p in principals}) == len(principals)
            and all(1 <= length(e["reason"]) <= LONGEST_REASON for e in keys + principals), "content-invalid", "rules")


def _follows(before, found):
    require(found.signer.key_id not in before.keys, "wrong-signer", "a revoked signer")
    overrules = (found.signer.purpose == "root" and before.signer.purpose != "root"
                 and before.signer.key_id in found.keys)
    require(overrules or found.serial > before.serial
            or (found.serial == before.serial and found.compact == before.compact), "superseded")


class Trust(list):
    """Roots that are believed, less the keys that their organizations revoked: step 5 of section 3. `lists` maps an
    organization to its newest list, or to None where one was here and can't be read any more."""

    def __init__(self, roots, lists, new_work):
        super().__init__(roots)
        self.lists, self.new_work = lists, new_work

    def check(self, certificate, at):
        if certificate.organization not in self.lists:
            return
        newest = self.lists[certificate.organization]
        require(newest is not None, "revocations-outdated", "the list that was here can't be read")
        entry = newest.against(certificate, at)
        require(entry is None, "certificate-revoked", entry and entry["reason"])
        require(not self.new_work or at < newest.not_after, "revocations-outdated")
