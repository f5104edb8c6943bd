"""Section 19: backups of keys, and what custodians release of them."""

import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vantage.protocol import backups, envelope, keys, names, sharing
from vantage.protocol.certificates import Certificate
from vantage.protocol.jws import sign

from .world import NOW, instant, new_id


def backup_cases(world):
    a, cases = world.a, []
    owner, stranger = keys.new_key(), keys.new_key()
    custodians = [(new_id("usr"), keys.new_key()) for _ in range(3)]
    content = json.dumps({"v": 1, "signing": keys.to_pem(a.user_key), "encryption": [keys.to_pem(a.user_encryption_key)]}).encode()

    def statement(threshold=2, principal=a.user, text=content, secret=None, **other):
        who = {"organization": a.id, "principal": principal}
        nonce = os.urandom(12)
        secret = secret or os.urandom(32)
        shares = []
        for (person, key), (x, y) in zip(custodians, sharing.split(secret, threshold, len(custodians))):
            wrapped = envelope.wrap(y, key.public_key(), backups.share_info(who | {"threshold": threshold}, x, keys.id_of(key)))
            shares.append({"organization": a.id, "principal": person, "key": keys.id_of(key), "x": x,
                           "enc": names.encode64(wrapped[:65]), "wrapped": names.encode64(wrapped[65:])})
        return {"v": 1, **who, "createdAt": instant(NOW), "threshold": threshold, "nonce": names.encode64(nonce),
                "ciphertext": names.encode64(AESGCM(secret).encrypt(nonce, text, backups.content_info(who))), "shares": shares} | other

    def signed(made, key=a.user_key, chain=None):
        return sign(made, backups.TYPE, key, chain or a.user_chain)

    def released(compact, places, to=owner):
        document = backups.verify(compact, [Certificate(a.root)])
        return [backups.release(document, x, custodians[x - 1][1], to.public_key()) for x in places]

    def case(name, compact, parts, reason=None, text=content, key=owner):
        made = {"name": name, "backup": compact, "pinned": world.pinned, "released": parts, "key": keys.to_pem(key)}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"content": names.digest(text)}}))

    good = signed(statement())
    for places in ([1, 2], [3, 1], [2, 3], [1, 2, 3]):
        case(f"opened with {' and '.join(map(str, places))}", good, released(good, places))
    all_three = signed(statement(3))
    case("all of three", all_three, released(all_three, [3, 2, 1]))
    root_text = json.dumps({"v": 1, "root": keys.to_pem(a.root_key)}).encode()
    of_root = signed(statement(principal="root", text=root_text), a.root_key, [a.root])
    case("the root's", of_root, released(of_root, [1, 3]), text=root_text)
    other = signed(statement())
    case("a share of another backup beside enough", good, [*released(other, [1]), *released(good, [2, 3])])
    case("a place that there is none beside enough", good, [released(good, [1])[0] | {"x": 9}, *released(good, [2, 3])])

    case("too few", good, released(good, [2]), "key-not-unwrapped")
    case("none", good, [], "key-not-unwrapped")
    case("one twice", good, released(good, [2, 2]), "key-not-unwrapped")
    case("two of three wanted", all_three, released(all_three, [1, 2]), "key-not-unwrapped")
    case("of another backup", good, released(other, [1, 2]), "key-not-unwrapped")
    case("released to somebody else", good, released(good, [1, 2], stranger), "key-not-unwrapped")
    case("opened by somebody else", good, released(good, [1, 2]), "key-not-unwrapped", key=stranger)
    one, two = released(good, [1, 2])
    case("under each other's places", good, [one | {"x": 2}, two | {"x": 1}], "key-not-unwrapped")
    wrong_share = envelope.wrap(os.urandom(32), owner.public_key(), backups.release_info(names.digest(good.encode()), 1, keys.id_of(owner)))
    case("a share that is none", good, [one | {"enc": names.encode64(wrong_share[:65]), "wrapped": names.encode64(wrong_share[65:])}, two],
         "key-not-unwrapped")
    altered = signed(statement() | {"ciphertext": statement()["ciphertext"]})
    case("content of another", altered, released(altered, [1, 2]), "key-not-unwrapped")

    def refused(name, made, reason="content-invalid", **how):
        case(name, signed(made, **how), [], reason)

    base = statement()
    refused("version 2", base | {"v": 2})
    refused("a threshold of 1", base | {"threshold": 1})
    refused("a threshold of 4 of 3", base | {"threshold": 4})
    refused("a short nonce", base | {"nonce": names.encode64(bytes(11))})
    refused("no ciphertext", base | {"ciphertext": names.encode64(bytes(16))})
    refused("two shares of one place", base | {"shares": [base["shares"][0], base["shares"][1] | {"x": 1}, base["shares"][2]]})
    refused("a place of 0", base | {"shares": [base["shares"][0] | {"x": 0}, *base["shares"][1:]]})
    refused("a place of 256", base | {"shares": [base["shares"][0] | {"x": 256}, *base["shares"][1:]]})
    refused("a share that is too short", base | {"shares": [base["shares"][0] | {"wrapped": names.encode64(bytes(47))}, *base["shares"][1:]]})
    refused("an unknown member", base | {"note": "x"})
    refused("of somebody else", base | {"principal": new_id("usr")}, "wrong-signer")
    refused("of another organization", base | {"organization": world.b.id}, "wrong-signer")
    refused("a node's", base | {"principal": a.node}, "wrong-signer", key=a.node_key, chain=a.node_chain)
    refused("a person's by a stranger", base, "organization-not-pinned", key=world.stranger.user_key, chain=world.stranger.user_chain)
    refused("made before its signer was certified", base | {"createdAt": "2025-06-01T12:00:00Z"}, "certificate-not-yet-valid")
    return cases
