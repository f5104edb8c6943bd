"""Section 2: P-256 keys and signatures with the smaller s."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from .names import key_id

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


def from_pem(pem):
    return serialization.load_pem_private_key(pem.encode(), None)


def to_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def point(public):
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def spki(public):
    return SPKI_PREFIX + point(public)


def id_of(key):
    """The key id of a private or public key."""
    return key_id(spki(key if isinstance(key, ec.EllipticCurvePublicKey) else key.public_key()))


def public_from_point(data):
    """ValueError for anything but 04, X and Y of a point on the curve."""
    if len(data) != 65 or data[0] != 4:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)


def public_from_spki(data):
    if len(data) != 91 or not data.startswith(SPKI_PREFIX):
        raise ValueError("not a P-256 SubjectPublicKeyInfo")
    return public_from_point(data[26:])


def sign(key, data):
    r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")


def verify(public, data, signature):
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if s > ORDER // 2:
        return False
    try:
        public.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False
