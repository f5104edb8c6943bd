"""Section 20: charters, consents, and lines of versions."""

from datetime import timedelta

from . import certificates, jws, names, tables
from .exact_json import length
from .refusal import require

CONSENT = "vantage-charter-consent+jws"
LONGEST, SKEW, MOST_MEMBERS, MOST_CODES = timedelta(days=3660), timedelta(minutes=5), 1000, 200
MAX_LENGTH = 4 * 1024 * 1024


class Version:
    """One version as its exact text, believed by nobody yet."""

    def __init__(self, text):
        require(length(text) <= MAX_LENGTH, "charter-invalid", "length")
        self.content = jws.read(text.encode("utf-8"), tables.CHARTER, "charter-invalid")
        self.digest = names.digest(text.encode("utf-8"))
        _well_formed(self.content)
        self.roots = [certificates.pinned_root(m["organization"], certificates.Certificate(names.decode64(m["root"])))
                      for m in self.content["members"]]
        require(len({root.key_id for root in self.roots}) == len(self.roots), "charter-invalid", "one root key")
        self.start, self.end = names.time(self.content["start"]), names.time(self.content["end"])


def _well_formed(content):
    members, first = content["members"], content["serial"] == 1
    codes = [(content.get("purposes"), 500), (content.get("projectCodes"), 100)]
    life = names.time(content["end"]) - names.time(content["start"])
    require(content["v"] == 1 and content["serial"] >= 1 and first == ("previous" not in content)
            and 1 <= length(content["purpose"]) <= 2000
            and 1 <= len(members) <= MOST_MEMBERS and len({m["organization"] for m in members}) == len(members)
            and all(1 <= length(m["name"]) <= 200 for m in members) and 1 <= content["threshold"] <= len(members)
            and all(_codes(*one) for one in codes) and timedelta(0) < life <= LONGEST, "charter-invalid", "rules")


def _codes(codes, longest):
    return codes is None or (1 <= len(codes) <= MOST_CODES and len(set(codes)) == len(codes)
                             and all(1 <= length(code) <= longest for code in codes))


def agreed(compact, version, roots, at):
    """(organization, digest of the root, when)."""
    given = names.time(jws.peek(compact, tables.CHARTER_CONSENT)["issuedAt"])
    document = jws.verify(compact, CONSENT, tables.CHARTER_CONSENT, roots, given)
    content, signer = document.content, document.signer
    require(signer.purpose == "root" and signer.organization == content["organization"], "wrong-signer")
    about = {"charter": version.digest} | {m: version.content[m] for m in ("collaboration", "serial")}
    require(content["v"] == 1 and all(content[m] == value for m, value in about.items()), "charter-consent-foreign")
    require(given <= at + SKEW, "charter-consent-foreign", "in the future")
    return content["organization"], signer.hash, given


class Line:
    def __init__(self, versions):
        self.versions = versions

    @property
    def head(self):
        return self.versions[-1]

    def former(self):
        """By which root each organization was known last, also those that left."""
        return {root.organization: root for version in self.versions for root in version.roots}


def found(signed, at):
    first = Version(signed["text"])
    require(first.content["serial"] == 1, "charter-gap")
    return Line([_judged(first, signed["consents"], None, at)])


def follow(line, signed, at):
    version = Version(signed["text"])
    if version.digest == line.head.digest:
        return line
    content, head = version.content, line.head.content
    require(content["id"] == head["id"] and content["collaboration"] == head["collaboration"], "charter-foreign")
    require(content["serial"] >= head["serial"] or version.digest not in {v.digest for v in line.versions}, "charter-rolled-back")
    require(content["serial"] > head["serial"]
            and (content["serial"] != head["serial"] + 1 or content["previous"] == line.head.digest), "charter-forked")
    require(content["serial"] == head["serial"] + 1, "charter-gap")
    return Line([*line.versions, _judged(version, signed["consents"], line, at)])


def take(known, versions, collaboration, own_root, at):
    """What somebody of the organization with this root follows after having been handed these versions."""
    line = known
    for signed in versions:
        line = found(signed, at) if line is None or (line.head.end <= at and _is_another(line, signed)) else follow(line, signed, at)
    if line is None or (known is not None and line.head.content["id"] == known.head.content["id"]):
        return line
    require(line.head.content["collaboration"] == collaboration, "charter-foreign")
    require(own_root.hash in {root.hash for root in line.head.roots}, "charter-without-us")
    return line


def _is_another(line, signed):
    content = Version(signed["text"]).content
    return content["serial"] == 1 and content["id"] != line.head.content["id"]


def _judged(version, consents, line, at):
    former = line.former() if line else {}
    known = {root.hash: root for root in [*version.roots, *former.values()]}
    signers = [agreed(jws_text, version, list(known.values()), at) for jws_text in consents[:2 * MOST_MEMBERS]]
    said = {(organization, root) for organization, root, _ in signers}
    stayed = {root.hash for root in line.head.roots} if line else set()
    for root in version.roots:
        before = former.get(root.organization, root)
        require(root.hash in stayed or {(root.organization, root.hash), (root.organization, before.hash)} <= said,
                "charter-joins-unasked", root.organization)
    if line:
        in_time = {(organization, root) for organization, root, given in signers if given < line.head.end}
        count = sum((root.organization, root.hash) in in_time for root in line.head.roots)
        require(count >= line.head.content["threshold"], "charter-too-few-consents")
    return version
