"""Section 22: reviews, and what they come to."""

from datetime import timedelta

from vantage.protocol import names, reviews
from vantage.protocol.jws import sign

from .world import NOW, instant, later, new_id

CODE = "oci:registry.example/lab/summary@" + names.digest(b"code")
MIRROR = "oci:mirror.example/summary@" + names.digest(b"code")
OTHER = "oci:registry.example/lab/summary@" + names.digest(b"other")


def review_cases(world):
    a, b, cases = world.a, world.b, []

    def word(hospital=a, verdict="approved", serial=1, comment="Read line by line", algorithm=CODE, typ=reviews.TYPE, key=None, chain=None, **other):
        content = {"v": 1, "algorithm": algorithm, "verdict": verdict, "serial": serial, "comment": comment,
                   "issuedAt": instant(NOW), "notAfter": instant(later(days=365))} | other
        return sign(content, typ, key or hospital.user_key, chain or hospital.user_chain)

    def case(name, review, reason=None, **more):
        made = {"name": name, "review": review, "at": instant(NOW), "pinned": world.pinned} | more
        cases.append(made | ({"reason": reason} if reason else {"expect": {"reviewer": a.user, "organization": a.id, "digest": names.digest(review.encode())}}))

    def tally(name, words, outcome, by=(), at=NOW, **rule):
        cases.append({
            "name": "tally: " + name, "reviews": words, "at": instant(NOW), "pinned": world.pinned, "algorithm": CODE, "judgedAt": instant(at),
            "rule": {"organizations": [a.id, b.id], "atLeast": 1, "fromOrganizations": 1} | rule,
            "expect": {"outcome": outcome, "by": sorted(names.digest(one.encode()) for one in by)}})

    case("an approval", word())
    case("an approval without a comment", word(comment=""))
    case("a rejection", word(verdict="rejected"))
    case("a revocation", word(verdict="revoked", comment="Größer 😀"))
    case("for 731 days", word(notAfter=instant(NOW + timedelta(days=731))))
    case("4000 characters", word(comment="x" * 4000))
    case("by a node", word(key=a.node_key, chain=a.node_chain), "wrong-signer")
    case("by the root", word(key=a.root_key, chain=[a.root]), "wrong-signer")
    case("by a stranger", word(world.stranger), "organization-not-pinned")
    case("of another type", word(typ="vantage-submission+jws"), "wrong-type")
    case("signed over something else", word().rsplit(".", 1)[0] + "." + word(serial=2).rsplit(".", 1)[1], "signature-invalid")
    for name, other in (
            ("version 2", {"v": 2}), ("a serial of 0", {"serial": 0}), ("no time", {"notAfter": instant(NOW)}),
            ("732 days", {"notAfter": instant(NOW + timedelta(days=732))}), ("a no without a comment", {"verdict": "rejected", "comment": " "}),
            ("4001 characters", {"comment": "x" * 4001}), ("2001 faces", {"comment": "😀" * 2001}), ("another verdict", {"verdict": "perhaps"}),
            ("a tag in place of a digest", {"algorithm": "oci:registry.example/lab/summary:latest"}), ("a member too much", {"reviewer": a.user})):
        case("content: " + name, word(**other), "content-invalid")

    colleague, key = new_id("usr"), world.b.user_encryption_key
    yes, theirs = word(), word(b)
    no, withdrawn = word(verdict="rejected", serial=2), word(b, "revoked", 3)
    second = word(key=key, chain=[a.certify(f"{colleague}/signing", key), a.root])
    tally("nobody", [], "waiting")
    tally("one", [yes], "approved", [yes])
    tally("one of two", [yes], "waiting", [yes], atLeast=2)
    tally("two of one organization", [yes, second], "waiting", [yes, second], atLeast=2, fromOrganizations=2)
    tally("two of two organizations", [theirs, yes], "approved", [yes, theirs], atLeast=2, fromOrganizations=2)
    tally("one no among others", [yes, no, theirs], "rejected", [no])
    tally("taken back", [theirs, withdrawn], "rejected", [withdrawn])
    mended = word(serial=3)
    tally("a no that was mended", [no, mended, yes], "approved", [mended])
    tie = word(verdict="rejected", comment="On second thoughts")
    tally("two words with one number", [yes, tie], "rejected", [tie])
    tally("an approval that ended", [yes], "waiting", at=later(days=365))
    ended_no = word(verdict="rejected", serial=2, notAfter=instant(later(days=1)))
    tally("a no never ends", [ended_no], "rejected", [ended_no], at=later(days=300))
    mirrored = word(algorithm=MIRROR)
    tally("the same code elsewhere", [mirrored], "approved", [mirrored])
    tally("other code", [word(algorithm=OTHER, verdict="rejected")], "waiting")
    tally("an organization that does not count", [theirs], "waiting", organizations=[a.id])
    tally("a reviewer who is not named", [theirs, yes], "waiting", [yes], atLeast=2, reviewers=[a.user, new_id("usr")])
    return cases
