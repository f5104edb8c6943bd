"""Section 20: lines of charters, each as it is handed to somebody of the first hospital."""

import json
from datetime import timedelta

from vantage.protocol import charters, names
from vantage.protocol.jws import sign

from .world import NOW, Hospital, instant, later, new_id

END = later(days=100)


def charter_cases(world):
    a, b, c, d, cases = world.a, world.b, Hospital("West Clinic"), Hospital("South Clinic"), []

    def write(hospitals, serial=1, previous=None, **other):
        content = {"v": 1, "id": identifier, "collaboration": world.collaboration, "serial": serial}
        content |= {"previous": digest(previous)} if previous else {}
        content |= {"purpose": "Survival after a first diagnosis", "members": [
            {"organization": h.id, "name": h.name, "root": names.encode64(h.root)} for h in hospitals], "threshold": 2,
            "start": instant(later(days=-1)), "end": instant(END), "issuedAt": instant(NOW)} | other
        return json.dumps(content, ensure_ascii=False)

    def digest(text):
        return names.digest(text.encode())

    def consent(text, hospital, when=NOW, **other):
        said = json.loads(text)
        content = {"v": 1, "organization": hospital.id, "collaboration": said["collaboration"], "serial": said["serial"],
                   "charter": digest(text), "issuedAt": instant(when)} | other
        return sign(content, charters.CONSENT, hospital.root_key, [hospital.root])

    def by(text, *hospitals):
        return {"text": text, "consents": [consent(text, hospital) for hospital in hospitals]}

    def case(name, versions, reason=None, at=NOW, **more):
        made = {"name": name, "versions": versions, "at": instant(at), "collaboration": world.collaboration, "ownRoot": names.encode64(a.root)} | more
        cases.append(made | ({"reason": reason} if reason else {"expect": {"digest": digest(versions[-1]["text"])}}))

    identifier = "cha_" + new_id("col")[4:]
    first = write([a, b, c])
    start = by(first, a, b, c)
    joined = write([a, b, c, d], 2, first)
    left = write([a, b], 2, first)
    case("a first version", [start])
    case("the same once more", [start, start])
    case("with purposes and codes", [by(text, a) for text in [write([a], threshold=1, purposes=["Survival"], projectCodes=["P-7", "P-8"])]])
    case("somebody joins", [start, by(joined, b, c, d)])
    case("somebody leaves", [start, by(left, a, b)])
    back = write([a, b, c], 3, left)
    case("who left comes back", [start, by(left, a, b), by(back, a, b, c)])
    case("ten years", [by(text, a) for text in [write([a], threshold=1, end=instant(later(days=-1) + timedelta(days=3660)))]])
    other_id = identifier
    identifier = "cha_" + new_id("col")[4:]
    anew = by(write([a, b], start=instant(END), end=instant(later(days=200))), a, b)
    case("another charter after the end", [start, anew], at=END)
    case("another charter before the end", [start, anew], "charter-foreign")
    identifier = other_id

    case("a founder did not agree", [by(first, a, b)], "charter-joins-unasked")
    case("nobody agreed", [{"text": first, "consents": []}], "charter-joins-unasked")
    case("a newcomer did not agree", [start, by(joined, a, b, c)], "charter-joins-unasked")
    case("who left is brought back", [start, by(left, a, b), by(back, a, b)], "charter-joins-unasked")
    case("too few of those before", [start, by(joined, a, d)], "charter-too-few-consents")
    case("agreed after the end", [start, {"text": joined, "consents": [consent(joined, h, later(days=101)) for h in (a, b, c, d)]}],
         "charter-too-few-consents", at=later(days=102))
    case("a member's new root by the new root alone", *changed(world, write, by, consent, first, start, both=False))
    case("a member's new root by both", *changed(world, write, by, consent, first, start, both=True))
    case("an older version", [start, by(joined, a, b, d), start], "charter-rolled-back")
    case("a second of one serial", [start, by(joined, a, b, d), by(left, a, b)], "charter-forked")
    case("a second first", [start, by(write([a, b]), a, b)], "charter-forked")
    case("follows from another", [start, by(write([a, b], 2, joined), a, b)], "charter-forked")
    case("one is left out", [start, by(write([a, b], 3, left), a, b)], "charter-gap")
    case("begins in the middle", [by(joined, a, b, c, d)], "charter-gap")
    case("of another collaboration", [start], "charter-foreign", collaboration=new_id("col"))
    case("without us", [by(text, b, c) for text in [write([b, c])]], "charter-without-us")
    case("with another root of ours", *impostor(world, write, by))

    def consented(name, made, reason):
        case("consent: " + name, [{"text": first, "consents": [*start["consents"][:2], made]}], reason)

    consented("to another text", consent(joined, c), "charter-consent-foreign")
    consented("to another serial", consent(first, c, serial=2), "charter-consent-foreign")
    consented("in another collaboration", consent(first, c, collaboration=new_id("col")), "charter-consent-foreign")
    consented("given in six minutes", consent(first, c, later(minutes=6)), "charter-consent-foreign")
    consented("version 2", consent(first, c, v=2), "charter-consent-foreign")
    consented("in another's name", consent(first, c, organization=b.id), "wrong-signer")
    consented("by a person", sign(json.loads(payload(start["consents"][2])), charters.CONSENT, c.user_key, c.user_chain), "wrong-signer")
    consented("by a stranger", consent(first, world.stranger), "organization-not-pinned")
    consented("of another type", sign(json.loads(payload(start["consents"][2])), "vantage-pins+jws", c.root_key, [c.root]), "wrong-type")
    consented("before the root was valid", consent(first, c, later(days=-400)), "certificate-not-yet-valid")
    consented("with an unknown member", consent(first, c, note="x"), "content-invalid")

    def text_case(name, text, reason="charter-invalid"):
        case("text: " + name, [{"text": text, "consents": []}], reason)

    for name, other in (
            ("version 2", {"v": 2}), ("a serial of 0", {"serial": 0}), ("a first with a previous", {"previous": digest(joined)}),
            ("no purpose", {"purpose": ""}), ("2001 characters of purpose", {"purpose": "x" * 2001}), ("no members", {"members": []}),
            ("a threshold of 0", {"threshold": 0}), ("a threshold of 4", {"threshold": 4}), ("no purposes", {"purposes": []}),
            ("a purpose twice", {"purposes": ["x", "x"]}), ("an empty code", {"projectCodes": [""]}), ("ends before it starts", {"end": instant(later(days=-2))}),
            ("more than ten years", {"end": instant(later(days=3661))}), ("an unknown member", {"note": "x"})):
        text_case(name, write([a, b, c], **other))
    text_case("a later one without a previous", write([a, b, c], 2))
    text_case("a member twice", write([a, b, b]))
    text_case("a doubled member", first[:-1] + ',"v":1}')
    text_case("no JSON", "charter")
    text_case("a null", first.replace('"threshold": 2', '"threshold": null'))
    text_case("a root that is none", first.replace(names.encode64(c.root), names.encode64(c.user_signing)), "certificate-malformed")
    text_case("a root of another organization", first.replace(names.encode64(c.root), names.encode64(d.root)), "certificate-malformed")
    return cases


def payload(jws):
    return names.decode_url(jws.split(".")[1])


def changed(world, write, by, consent, first, start, both):
    """The second hospital changes its root."""
    new = Hospital(world.b.name, world.b.id)
    members = [m | {"root": names.encode64(new.root)} if m["organization"] == new.id else m for m in json.loads(first)["members"]]
    text = write([], 2, first, members=members)
    consents = [consent(text, world.a), consent(text, new)] + ([consent(text, world.b)] if both else [])
    return ([start, {"text": text, "consents": consents}],) + (() if both else ("charter-joins-unasked",))


def impostor(world, write, by):
    own = Hospital("Impostor", world.a.id)
    text = write([own, world.b])
    return [by(text, own, world.b)], "charter-without-us"
