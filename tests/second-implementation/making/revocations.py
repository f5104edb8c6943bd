"""Section 18: lists of revoked keys, and which list may follow which."""

from datetime import timedelta

from vantage.protocol import keys, names
from vantage.protocol.jws import sign

from .world import NOW, instant, later

TYPE = "vantage-key-revocations+jws"


def revocation_cases(world):
    a, b, cases = world.a, world.b, []
    revoker, second = keys.new_key(), keys.new_key()
    chains = {one: [a.certify("revocations", key), a.root] for one, key in (("first", revoker), ("second", second))}
    chains |= {"user": a.user_chain, "node": a.node_chain, "root": [a.root]}
    signers = {"first": revoker, "second": second, "user": a.user_key, "node": a.node_key, "root": a.root_key}

    def entry(key, since=NOW, reason="The laptop was stolen"):
        return {"key": key, "since": instant(since), "reason": reason}

    def a_list(serial=1, by="first", typ=TYPE, **other):
        content = {"v": 1, "issuer": a.id, "serial": serial, "issuedAt": instant(NOW),
                   "notAfter": instant(NOW + timedelta(hours=24)), "keys": [], "principals": []} | other
        return sign(content, typ, signers[by], chains[by])

    def case(name, statement, reason=None, before=None, signer="revocations", **more):
        made = {"name": name, "statement": statement, "at": instant(NOW), "pinned": world.pinned} | more
        made |= {"before": before} if before else {}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"signer": a.identity(signer)}}))

    lost = keys.id_of(a.user_key)
    both = a_list(keys=[entry(lost)], principals=[{"principal": a.node, "since": "2026-05-01T00:00:00.25Z", "reason": "Größer 😀"}])
    case("by the signer of revocations", both)
    case("by the root", a_list(by="root"), signer="root")
    case("a key that counted until then", both, certificate=names.encode64(a.user_signing), instant=instant(later(seconds=-1)), against=False)
    case("a key that counts no more", both, certificate=names.encode64(a.user_signing), instant=instant(NOW), against=True)
    case("another key of the same person", both, certificate=names.encode64(a.user_encryption), instant=instant(NOW), against=False)
    case("every key of a node", both, certificate=names.encode64(a.node_encryption), instant=instant(NOW), against=True)
    case("200 characters of a reason", a_list(keys=[entry(lost, reason="x" * 200)]))
    case("the same list again", both, before=both)
    case("the next list", a_list(2), before=both)
    case("the next but one", a_list(7, by="second"), before=both)
    stolen = a_list(2 ** 62)
    case("the root takes it back from a stolen signer", a_list(2, by="root", keys=[entry(keys.id_of(revoker))]), before=stolen, signer="root")
    case("the next by the root, which revokes nobody", a_list(2, by="root"), before=both, signer="root")

    case("by a person", a_list(by="user"), "wrong-purpose")
    case("by a node", a_list(by="node"), "wrong-purpose")
    case("of another organization", a_list(issuer=b.id), "wrong-signer")
    case("of another type", a_list(typ="vantage-revocations+jws"), "wrong-type")
    case("by nobody who is pinned", a_list(), "organization-not-pinned", pinned=world.pinned[1:])
    case("signed over something else", both.rsplit(".", 1)[0] + "." + a_list().rsplit(".", 1)[1], "signature-invalid")
    for name, other in (
            ("25 hours", {"notAfter": instant(NOW + timedelta(hours=25))}), ("no time", {"notAfter": instant(NOW)}),
            ("a serial of 0", {"serial": 0}), ("version 2", {"v": 2}), ("a member too much", {"note": "x"}),
            ("a key twice", {"keys": [entry(lost), entry(lost, later(hours=-1))]}),
            ("a person twice", {"principals": [{"principal": a.user, "since": instant(NOW), "reason": "x"}] * 2}),
            ("an organization as a principal", {"principals": [{"principal": a.id, "since": instant(NOW), "reason": "x"}]}),
            ("the root as a principal", {"principals": [{"principal": "root", "since": instant(NOW), "reason": "x"}]}),
            ("no reason", {"keys": [entry(lost, reason="")]}), ("201 characters of a reason", {"keys": [entry(lost, reason="x" * 201)]}),
            ("101 faces in a reason", {"keys": [entry(lost, reason="😀" * 101)]}),
            ("a key id in upper case", {"keys": [entry(lost.upper())]}), ("a since that is no instant", {"keys": [entry(lost) | {"since": "yesterday"}]})):
        case("content: " + name, a_list(**other), "content-invalid")
    case("an older list", a_list(1), "superseded", before=a_list(2))
    case("another list of the same serial", a_list(1, keys=[entry(lost)]), "superseded", before=a_list(1))
    case("an older one by the root that leaves the signer alone", a_list(2, by="root"), "superseded", before=stolen)
    case("an older one by another signer that revokes the first", a_list(2, by="second", keys=[entry(keys.id_of(revoker))]), "superseded", before=stolen)
    case("by a signer whom the list before revoked", a_list(3), "wrong-signer", before=a_list(2, by="root", keys=[entry(keys.id_of(revoker))]))
    return cases
