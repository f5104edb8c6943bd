"""Section 20: exported audit trails, whole and bent."""

import copy
import os

from vantage.protocol import keys, names, trails

CHAIN = "aud_" + "5a" * 16
ORDER = ("sequence", "at", "actor", "action", "subject", "collaboration", "organization", "details", "salt", "hash")


def entry(sequence):
    made = {"sequence": sequence, "at": f"2026-06-01T12:00:{sequence:02}.{sequence:06}Z".replace("0Z", "Z"), "actor": "psn_" + "ab" * 16,
            "action": "task.submit", "subject": f"tsk_{sequence:032x}", "salt": names.encode64(os.urandom(16))}
    if sequence % 2:
        made["organization"] = "org_" + "cd" * 16
    if sequence % 3 == 0:
        made |= {"collaboration": "col_" + "ef" * 16, "details": [{"name": "rule", "value": "größer \"als\" 5"}, {"name": "rule", "value": ""}]}
    return sealed(made)


def sealed(made):
    made = made | {"hash": "sha256:" + trails.leaf(trails.entry_bytes(made)).hex()}
    return {name: made[name] for name in ORDER if name in made}


class Trail:
    def __init__(self, entries):
        self.key, self.entries = keys.new_key(), entries

    def tree(self, first, end):
        tree = trails.Tree()
        for made in self.entries[first:end]:
            tree.append(0, bytes.fromhex(made["hash"][7:]))
        return tree

    def head(self, size, key=None, chain=CHAIN):
        key = key or self.key
        made = {"chain": chain, "size": size, "root": self.tree(0, size).root(), "at": "2026-06-02T00:00:00.5Z", "key": keys.id_of(key)}
        return made | {"signature": names.encode_url(keys.sign(key, trails.head_text(made)))}

    def lines(self, heads, shown=None):
        """`heads` are sizes; of what is not in `shown` only hashes."""
        made = [{"trail": {"v": 1, "chain": CHAIN, "key": names.encode64(keys.spki(self.key.public_key())),
                           "size": len(self.entries), "heads": len(heads)}}]
        at = 0
        while at < len(self.entries):
            if shown is None or at + 1 in shown:
                made.append({"entry": self.entries[at]})
                at += 1
            else:
                level = 0
                while at % (2 << level) == 0 and at + (2 << level) <= len(self.entries) and not any(
                        at < n <= at + (2 << level) for n in shown) and not any(at < h < at + (2 << level) for h in heads):
                    level += 1
                made.append({"hidden": {"first": at + 1, "level": level, "hash": self.tree(at, at + (1 << level)).root()}})
                at += 1 << level
            made += [{"head": self.head(at)}] if at in heads else []
        return made


def trail_cases():
    trail, other = Trail([entry(i) for i in range(1, 8)]), keys.new_key()
    cases = []

    def case(name, lines, reason=None, expect=None, kept=(), key=None):
        made = {"name": name, "lines": [line if isinstance(line, str) else trails.write(line) for line in lines]}
        made |= {"key": keys.id_of(key)} if key else {}
        made |= {"heads": list(kept)} if kept else {}
        cases.append(made | ({"reason": reason} if reason else {"expect": expect}))

    def bent(line, **changes):
        lines = copy.deepcopy(whole)
        kind = next(iter(lines[line]))
        made = {k: v for k, v in (lines[line][kind] | changes).items() if v is not None}
        lines[line][kind] = {k: made[k] for k in [*ORDER, *made] if k in made} if kind == "entry" else made
        return lines

    whole = trail.lines([3, 7])
    all_of_it = {"size": 7, "root": trail.head(7)["root"], "shown": 7, "hidden": 0}
    case("a whole trail", whole, expect=all_of_it)
    case("held against its key and heads kept elsewhere", whole, expect=all_of_it, key=trail.key, kept=[trail.head(1), trail.head(4), trail.head(7)])
    case("a tenant's view", trail.lines([7], {2, 5}), expect=all_of_it | {"shown": 2, "hidden": 5})
    case("a tenant's view with a head within", trail.lines([4, 7], {7}), expect=all_of_it | {"shown": 1, "hidden": 6}, kept=[trail.head(4)])
    case("nothing shown", trail.lines([7], set()), expect=all_of_it | {"shown": 0, "hidden": 7})
    case("no lines", [], "truncated")
    case("only the first line", whole[:1], "truncated")
    case("without its last entry and head", whole[:-2], "truncated")
    case("without its last head", whole[:-1], "truncated")
    case("without an earlier head", whole[:4] + whole[5:], "truncated")
    case("with fewer entries announced", bent(0, size=6), "truncated")
    case("of another version", bent(0, v=2), "line-malformed")
    case("with an unknown member", bent(1, mood="good"), "line-malformed")
    case("with a member missing", bent(1, subject=None), "line-malformed")
    case("with two things on a line", whole[:1] + [whole[1] | whole[4]] + whole[2:], "line-malformed")
    case("with its first line again", whole[:1] + whole, "line-malformed")
    case("with an entry first", whole[1:], "line-malformed")
    case("with a line cut short", [trails.write(line) for line in whole[:3]] + [trails.write(whole[3])[:-9]], "line-malformed")
    case("with a key off the curve", bent(0, key=names.encode64(keys.spki(trail.key.public_key())[:-1] + b"\x00")), "line-malformed")
    for member, value in (("actor", "psn_" + "ac" * 16), ("action", "task.cancel"), ("subject", "x"), ("at", "2026-06-01T12:00:01Z"),
                          ("salt", names.encode64(bytes(16))), ("salt", names.encode64(bytes(15))), ("organization", None),
                          ("collaboration", "col_" + "ef" * 16), ("details", [{"name": "a", "value": "b"}]), ("details", []),
                          ("hash", "sha256:" + "00" * 32)):
        case(f"with another {member}: {value}", bent(1, **{member: value}), "entry-altered")
    case("with an entry left out", whole[:2] + whole[3:], "sequence-broken")
    case("with an entry twice", whole[:2] + whole[1:], "sequence-broken")
    case("with entries in another order", whole[:1] + [whole[2], whole[1]] + whole[3:], "sequence-broken")
    case("with a head too early", whole[:3] + [whole[4], whole[3]] + whole[5:], "sequence-broken")
    case("with a hidden range that is not aligned", whole[:2] + [{"hidden": {"first": 2, "level": 1, "hash": trail.tree(1, 3).root()}}] + whole[4:], "sequence-broken")
    case("with an entry forged, hash and all", whole[:2] + [{"entry": sealed(whole[2]["entry"] | {"subject": "forged"})}] + whole[3:], "head-mismatch")
    case("with a hidden hash forged", trail.lines([7], {2})[:1] + [{"hidden": {"first": 1, "level": 0, "hash": "sha256:" + "11" * 32}}]
         + trail.lines([7], {2})[2:], "head-mismatch")
    case("with a head by another key", whole[:-1] + [{"head": trail.head(7, other)}], "head-signature-invalid")
    case("with a head of another trail", whole[:-1] + [{"head": trail.head(7, chain="aud_" + "5b" * 16)}], "head-signature-invalid")
    case("with a head's time changed", bent(len(whole) - 1, at="2026-06-02T00:00:01Z"), "head-signature-invalid")
    case("signed by another key than expected", whole, "other-key", key=other)
    case("held against a head of another trail", whole, "other-trail", kept=[trail.head(3, chain="aud_" + "5b" * 16)])
    case("held against a head by another key", whole, "head-signature-invalid", kept=[trail.head(3, other)])
    longer = Trail(trail.entries + [entry(8)])
    longer.key = trail.key
    case("rolled back", whole, "not-what-was-signed", kept=[longer.head(8)])
    rewritten = Trail(trail.entries[:4] + [sealed(e | {"subject": "rewritten"}) for e in trail.entries[4:]])
    rewritten.key = trail.key
    case("rolled back and written anew, with the key", rewritten.lines([3, 7]), "not-what-was-signed", kept=[trail.head(6)])
    case("with a head kept elsewhere within a hidden range", trail.lines([7], {7}), "not-what-was-signed", kept=[trail.head(3)])
    return cases
