"""Section 19: backups of keys, and what custodians release of them."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import envelope, jws, keys, names, sharing, tables
from .refusal import require

TYPE = "vantage-key-backup+jws"
MOST_SHARES = 255


def verify(compact, pinned):
    """At the instant that the backup names: its signer's certificate has to have been valid then."""
    made = jws.peek(compact, tables.KEY_BACKUP)["createdAt"]
    document = jws.verify(compact, TYPE, tables.KEY_BACKUP, pinned, names.time(made))
    content, shares = document.content, document.content["shares"]
    require(len(names.decode64(content["nonce"])) == 12 and len(names.decode64(content["ciphertext"])) > 16
            and 2 <= content["threshold"] <= len(shares) <= MOST_SHARES
            and all(1 <= share["x"] <= MOST_SHARES for share in shares)
            and len({share["x"] for share in shares}) == len(shares), "content-invalid", "rules")
    require(document.signer.organization == content["organization"] and document.signer.principal == content["principal"]
            and not content["principal"].startswith("nod_"), "wrong-signer")
    return document


def release(document, x, custodian, owner):
    """A custodian's part: the share, wrapped for the key with which its owner recovers."""
    share = next(s for s in document.content["shares"] if s["x"] == x)
    wrapped = names.decode64(share["enc"]) + names.decode64(share["wrapped"])
    y = envelope.unwrap(wrapped, custodian, share_info(document.content, x, share["key"]))
    made = envelope.wrap(y, owner, release_info(document.digest, x, keys.id_of(owner)))
    return {"v": 1, "backup": document.digest, "x": x, "key": keys.id_of(owner),
            "enc": names.encode64(made[:65]), "wrapped": names.encode64(made[65:])}


def open_backup(document, released, owner):
    """The keys' JSON, as bytes."""
    content, shares = document.content, {}
    known = {share["x"] for share in content["shares"]}
    for one in released:
        if one["backup"] == document.digest and one["x"] in known and one["x"] not in shares:
            wrapped = names.decode64(one["enc"]) + names.decode64(one["wrapped"])
            shares[one["x"]] = envelope.unwrap(wrapped, owner, release_info(document.digest, one["x"], one["key"]))
    require(len(shares) >= content["threshold"], "key-not-unwrapped", "too few shares")
    key = sharing.combine(list(shares.items()))
    try:
        return AESGCM(key).decrypt(names.decode64(content["nonce"]), names.decode64(content["ciphertext"]), content_info(content))
    except InvalidTag:
        require(False, "key-not-unwrapped")


def content_info(content):
    return f"vantage-key-backup-v1\norganization={content['organization']}\nprincipal={content['principal']}\n".encode()


def share_info(content, x, custodian):
    return (f"vantage-key-share-v1\norganization={content['organization']}\nprincipal={content['principal']}\n"
            f"threshold={content['threshold']}\nx={x}\nkey={custodian}\n").encode()


def release_info(backup, x, owner):
    return f"vantage-key-release-v1\nbackup={backup}\nx={x}\nkey={owner}\n".encode()
