"""RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-GCM: what section 6.2 asks for."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keys

KEM_SUITE = b"KEM" + bytes.fromhex("0010")
AES_128_GCM, AES_256_GCM = 1, 2


def extract(salt, ikm):
    return hmac.new(salt or bytes(32), ikm, hashlib.sha256).digest()


def expand(prk, info, length):
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.new(prk, block + info + bytes([counter]), hashlib.sha256).digest()
        output, counter = output + block, counter + 1
    return output[:length]


def hkdf(ikm, salt, info, length=32):
    return expand(extract(salt, ikm), info, length)


def labeled_extract(suite, salt, label, ikm):
    return extract(salt, b"HPKE-v1" + suite + label + ikm)


def labeled_expand(suite, prk, label, info, length):
    return expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def derive_key_pair(ikm):
    prk = labeled_extract(KEM_SUITE, b"", b"dkp_prk", ikm)
    for counter in range(256):
        secret = int.from_bytes(labeled_expand(KEM_SUITE, prk, b"candidate", bytes([counter]), 32), "big")
        if 0 < secret < keys.ORDER:
            return ec.derive_private_key(secret, ec.SECP256R1())
    raise ValueError("no candidate was a key")


class Context:
    def __init__(self, shared, info, aead):
        self.suite = b"HPKE" + bytes.fromhex("00100001") + aead.to_bytes(2, "big")
        context = (b"\x00" + labeled_extract(self.suite, b"", b"psk_id_hash", b"")
                   + labeled_extract(self.suite, b"", b"info_hash", info))
        secret = labeled_extract(self.suite, shared, b"secret", b"")
        self.aead = AESGCM(labeled_expand(self.suite, secret, b"key", context, 16 if aead == AES_128_GCM else 32))
        self.base_nonce = labeled_expand(self.suite, secret, b"base_nonce", context, 12)
        self.exporter = labeled_expand(self.suite, secret, b"exp", context, 32)
        self.sequence = 0

    def _nonce(self):
        nonce = int.from_bytes(self.base_nonce, "big") ^ self.sequence
        self.sequence += 1
        return nonce.to_bytes(12, "big")

    def seal(self, aad, plaintext):
        return self.aead.encrypt(self._nonce(), plaintext, aad)

    def open(self, aad, ciphertext):
        """ValueError if it is not the next message."""
        try:
            return self.aead.decrypt(self._nonce(), ciphertext, aad)
        except InvalidTag as e:
            raise ValueError("does not open") from e

    def export(self, context, length):
        return labeled_expand(self.suite, self.exporter, b"sec", context, length)


def _shared(agreed, enc, recipient):
    prk = labeled_extract(KEM_SUITE, b"", b"eae_prk", agreed)
    return labeled_expand(KEM_SUITE, prk, b"shared_secret", enc + recipient, 32)


def sender(recipient, info, aead=AES_256_GCM, ephemeral=None):
    """A context and enc. `ephemeral` is for official vectors only."""
    ephemeral = ephemeral or keys.new_key()
    enc = keys.point(ephemeral.public_key())
    return Context(_shared(ephemeral.exchange(ec.ECDH(), recipient), enc, keys.point(recipient)), info, aead), enc


def receiver(enc, key, info, aead=AES_256_GCM):
    agreed = key.exchange(ec.ECDH(), keys.public_from_point(enc))
    return Context(_shared(agreed, enc, keys.point(key.public_key())), info, aead)
