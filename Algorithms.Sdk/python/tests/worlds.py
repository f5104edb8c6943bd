"""Two hospitals, a person of the first with a home, and a Coordinator that says what a test wants it to."""

import json
import os
import pathlib
import tempfile
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from making.world import Hospital, new_id

from vantage.home import Home
from vantage.protocol import documents, envelope, jws, keys, names

ALGORITHM = "builtin:summary@1.0.0+" + names.digest(b"code")


def now(**delta):
    return datetime.now(timezone.utc) + timedelta(**delta)


def instant(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def pem(der):
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM).decode()


class World:
    def __init__(self, test, pinned=("a", "b"), url="http://127.0.0.1:1/"):
        self.a, self.b, self.stranger = Hospital("north"), Hospital("south"), Hospital("nobody")
        self.collaboration = new_id("col")
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.home = Home(self.folder)
        self.write("profile.json", json.dumps({"url": url, "token": "vtg_t", "user": self.a.user, "name": "Ada"}), 0o600)
        self.write("keys/root.crt", pem(self.a.root))
        self.write("keys/signing.crt", pem(self.a.user_signing))
        self.write("keys/encryption.crt", pem(self.a.user_encryption))
        self.write("keys/signing.key", keys.to_pem(self.a.user_key), 0o600)
        self.write("keys/encryption.key", keys.to_pem(self.a.user_encryption_key), 0o600)
        self.pin([getattr(self, name) for name in pinned])
        content = {"v": 1, "issuer": self.a.id, "serial": 1, "issuedAt": instant(now()), "algorithms": [
            {"name": "summary", "version": version, "ref": ref, "title": "Sums", "functions": ["partial", "central"]}
            for version, ref in (("1.0.0", ALGORITHM), ("0.10.0", ALGORITHM.replace("1.0.0", "0.10.0")))]}
        self.write("catalogue.jws", jws.sign(content, "vantage-catalogue+jws", self.a.user_key, self.a.user_chain))

    def pin(self, hospitals, serial=1):
        content = {"v": 1, "issuer": self.a.id, "serial": serial, "issuedAt": instant(now()), "roots": [
            {"organization": h.id, "name": h.name, "certificate": names.encode64(h.root)} for h in hospitals]}
        self.write("pins.jws", jws.sign(content, "vantage-pins+jws", self.a.root_key, [self.a.root]))

    def write(self, name, text, mode=0o644):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.chmod(path, mode)

    def member(self, hospital, encryption=None, online=True):
        node = {"id": hospital.node, "name": hospital.name + " node", "online": online,
                "signingCertificate": names.encode64(hospital.node_signing),
                "encryptionCertificate": names.encode64(encryption or hospital.node_encryption)}
        return {"organization": hospital.id, "name": "as the Coordinator calls it", "nodes": [node]}

    def said(self, *members):
        return {"id": self.collaboration, "name": "study", "members": list(members)}


def revoking(hospital, serial=1, issued=None, revoked=(), principals=(), signer=None, **other):
    """A signed list of revoked keys: by the root, or by a key that it certifies for this."""
    issued = issued or now(minutes=-5)
    content = {"v": 1, "issuer": hospital.id, "serial": serial, "issuedAt": instant(issued),
               "notAfter": instant(issued + timedelta(hours=24)),
               "keys": [{"key": key, "since": instant(since), "reason": "Lost"} for key, since in revoked],
               "principals": [{"principal": who, "since": instant(since), "reason": "Left"} for who, since in principals]} | other
    chain = [hospital.certify("revocations", signer), hospital.root] if signer else [hospital.root]
    return jws.sign(content, "vantage-key-revocations+jws", signer or hospital.root_key, chain)


def answered(world, manifest, signed_jws, target, body, hospital=None, reader=None, **other):
    """What a node sends for its run: (receipt, sealed result)."""
    hospital, reader = hospital or world.a, reader or world.a.user_encryption_key
    run, epoch = target["run"], 1
    context = {"collaboration": manifest["collaboration"], "task": manifest["task"], "run": run, "kind": "result",
               "epoch": epoch, "node": keys.id_of(hospital.node_key)}
    at = instant(now())
    inner = json.dumps({
        "v": 1, "salt": names.encode_url(os.urandom(16)), "datasets": [], "policy": {"version": "1", "rule": "all"},
        "suppressions": 0, "plaintext": names.digest(body), "agent": "test", "startedAt": at, "finishedAt": at}).encode()
    sealed = envelope.seal(documents.frame(inner, body), context, [reader.public_key()])
    receipt = {
        "v": 1, "task": manifest["task"], "run": run, "epoch": epoch, "node": hospital.node, "outcome": "succeeded",
        "manifest": names.digest(signed_jws.encode()), "algorithm": manifest["algorithm"],
        "payloads": [{"kind": "result", "digest": names.digest(sealed), "size": len(sealed)}],
        "inner": names.digest(inner), **other}
    return jws.sign(receipt, "vantage-receipt+jws", hospital.node_key, hospital.node_chain), sealed
