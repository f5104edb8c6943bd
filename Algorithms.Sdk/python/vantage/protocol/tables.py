"""The tables of members: manifest (5), receipts (7), grants (8), pins (9), catalogue (10), sign-in (11)."""

import re

from .exact_json import (algorithm_ref, data, id_of, instant, list_of, number, one_of, random16, record, text, texts, whole)
from .names import is_digest, is_key_id

ONE = whole(1, 1)
WHOLE32 = whole(-2**31, 2**31 - 1)
KIND = one_of("input", "result", "error", "log", "dataset")


def name(value):
    return isinstance(value, str) and re.fullmatch("[A-Za-z][A-Za-z0-9_.-]{0,63}", value) is not None


PAYLOAD_REF = record({"digest": is_digest, "size": whole()})
DICTIONARY_REF = record({"name": text, "version": text, "digest": is_digest})
DATA_REF = record({
    "label": text, "kind": one_of("source", "frame", "dataset"), "id": text, "version?": text, "digest?": is_digest,
    "dictionary?": DICTIONARY_REF})
TARGET = record({
    "organization": id_of("org"), "run": id_of("run"), "node": id_of("nod"), "encryptionKey": is_key_id, "input": PAYLOAD_REF,
    "alternates?": list_of(record({"node": id_of("nod"), "encryptionKey": is_key_id, "input": PAYLOAD_REF}))})

MANIFEST = {
    "v": WHOLE32, "task": id_of("tsk"), "job": id_of("job"), "collaboration": id_of("col"), "study?": id_of("stu"),
    "type": one_of("analysis", "inference", "dataset", "workshop"), "algorithm": algorithm_ref, "function": text,
    "targets": list_of(TARGET), "data": list_of(DATA_REF), "session?": text,
    "resources": record({"cpu?": number, "memoryMiB?": WHOLE32, "diskMiB?": WHOLE32, "timeSeconds?": WHOLE32, "accelerators?": WHOLE32}),
    "recipients": list_of(record({"organization": id_of("org"), "principal": text, "key": is_key_id, "certificate": data})),
    "lostNode": one_of("wait", "retry", "fail"), "purpose?": text, "projectCode?": text,
    "delegation?": record({
        "delegateKey": is_key_id, "algorithm": algorithm_ref, "functions": list_of(text),
        "targets": list_of(record({"organization": id_of("org"), "node": id_of("nod"), "encryptionKey": is_key_id})),
        "data": list_of(DATA_REF), "maxTasks": WHOLE32, "notAfter": instant}),
    "parent?": record({"task": id_of("tsk"), "manifest": is_digest}),
    "notBefore": instant, "notAfter": instant, "nonce": text}

OUTER_RECEIPT = {
    "v": WHOLE32, "task": id_of("tsk"), "run": id_of("run"), "epoch": whole(), "node": id_of("nod"),
    "outcome": one_of("succeeded", "failed", "refused", "cancelled", "expired", "lost"), "code?": text,
    "manifest": is_digest, "algorithm": algorithm_ref,
    "payloads": list_of(record({"kind": KIND, "digest": is_digest, "size": whole()})), "inner?": is_digest}

INNER_RECEIPT = {
    "v": ONE, "salt": random16,
    "datasets": list_of(record({"label": text, "id": text, "version": text, "rows?": whole(), "mapping?": record({
        "dictionary": DICTIONARY_REF, "steps": is_digest, "content": is_digest})})),
    "policy": record({"version": text, "rule": text}), "suppressions": WHOLE32, "plaintext": is_digest,
    "approvals?": list_of(record({"gate": text, "word": text, "subject": is_digest, "at": instant, "by?": text})),
    "image?": record({"publisher": text, "how": text, "config": is_digest, "key?": is_key_id, "reviews?": list_of(
        record({"organization": id_of("org"), "reviewer": id_of("usr"), "statement": is_digest}))}),
    "sandbox?": record({"runtime": text, "enforced": texts}), "agent": text, "startedAt": instant, "finishedAt": instant}

GRANT = {
    "v": ONE, "collaboration": id_of("col"), "task": id_of("tsk"), "run": id_of("run"), "kind": KIND,
    "epoch?": whole(1), "nodeKey?": is_key_id, "payload": is_digest, "recipient": is_key_id,
    "enc": lambda v: data(v, 65), "wrapped": lambda v: data(v, 48), "issuedAt": instant}

PINS = {
    "v": ONE, "issuer": id_of("org"), "serial": whole(1), "issuedAt": instant,
    "roots": list_of(record({"organization": id_of("org"), "name": text, "certificate": data}))}

CATALOGUE = {
    "v": ONE, "issuer": id_of("org"), "serial": whole(1), "issuedAt": instant,
    "algorithms": list_of(record({"name": text, "version": text, "ref": algorithm_ref, "title": text, "functions": list_of(text)}))}

PERSON_OR_NODE = re.compile("(usr|nod)_[0-9a-f]{32}")

KEY_REVOCATIONS = {
    "v": ONE, "issuer": id_of("org"), "serial": whole(1), "issuedAt": instant, "notAfter": instant,
    "keys": list_of(record({"key": is_key_id, "since": instant, "reason": text})),
    "principals": list_of(record({"principal": lambda v: isinstance(v, str) and PERSON_OR_NODE.fullmatch(v) is not None,
                                  "since": instant, "reason": text}))}

SHARE = record({
    "organization": id_of("org"), "principal": text, "key": is_key_id, "x": WHOLE32, "enc": lambda v: data(v, 65),
    "wrapped": lambda v: data(v, 48)})

KEY_BACKUP = {
    "v": ONE, "organization": id_of("org"), "principal": text, "createdAt": instant, "threshold": WHOLE32,
    "nonce": data, "ciphertext": data, "shares": list_of(SHARE)}

CHARTER = {
    "v": WHOLE32, "id": id_of("cha"), "collaboration": id_of("col"), "serial": whole(), "previous?": is_digest, "purpose": text,
    "members": list_of(record({"organization": id_of("org"), "name": text, "root": data})), "threshold": WHOLE32,
    "purposes?": list_of(text), "projectCodes?": list_of(text), "start": instant, "end": instant, "issuedAt": instant}

CHARTER_CONSENT = {
    "v": WHOLE32, "organization": id_of("org"), "collaboration": id_of("col"), "serial": whole(), "charter": is_digest,
    "issuedAt": instant}

REVIEW = {
    "v": ONE, "algorithm": algorithm_ref, "verdict": one_of("approved", "rejected", "revoked"), "serial": whole(),
    "comment": text, "issuedAt": instant, "notAfter": instant}

DICTIONARY = {"v": ONE, "collaboration": id_of("col"), "dictionary": DICTIONARY_REF, "text": text, "issuedAt": instant}

SIGN_IN = {"v": ONE, "node": id_of("nod"), "challenge": text, "audience": text, "issuedAt": instant}
