"""Section 15: how vectors describe bytes, and edits to them."""

from vantage.protocol import envelope


def plaintext_of(description):
    """Hexadecimal, or {"repeat": hex, "length": n}."""
    if isinstance(description, str):
        return bytes.fromhex(description)
    pattern, length = bytes.fromhex(description["repeat"]), description["length"]
    return (pattern * (length // len(pattern) + 1))[:length]


def build(description):
    """An envelope: {"hex": …}, or its header, file key, body header and plaintext, sealed now."""
    if "hex" in description:
        return bytes.fromhex(description["hex"])
    context = envelope.context_bytes(description["context"])
    file_key, body_header = bytes.fromhex(description["fileKey"]), bytes.fromhex(description["bodyHeader"])
    plaintext = plaintext_of(description["plaintext"])
    if "segments" in description:
        body = cut_otherwise(file_key, context, plaintext, body_header, description["segments"])
    else:
        body = envelope.body(file_key, context, plaintext, body_header)
    return bytes.fromhex(description["header"]) + body


def cut_otherwise(file_key, context, plaintext, body_header, segments):
    """Segments of the given plaintext sizes, which no sealer would make."""
    cipher, parts = envelope.stream_cipher(file_key, body_header, context), [body_header]
    for number, size in enumerate(segments):
        nonce = envelope.nonce(body_header, number, number == len(segments) - 1)
        parts.append(cipher.encrypt(nonce, plaintext[:size], None))
        plaintext = plaintext[size:]
    return b"".join(parts)


def apply(data, edits):
    data = bytearray(data)
    for edit in edits:
        (verb, how), = edit.items()
        if verb == "flip":
            data[how // 8] ^= 1 << how % 8
        elif verb == "truncate":
            del data[how:]
        elif verb == "append":
            data += bytes.fromhex(how)
        elif verb == "remove":
            del data[how[0]:how[0] + how[1]]
        elif verb == "put":
            data[how[0]:how[0] + len(how[1]) // 2] = bytes.fromhex(how[1])
        elif verb == "swap":
            a, b, length = how
            data[a:a + length], data[b:b + length] = data[b:b + length], data[a:a + length]
        else:
            raise ValueError(verb)
    return bytes(data)
