"""Section 19: Shamir's secret sharing over GF(256) by x^8+x^4+x^3+x^2+1, byte by byte."""

import os

REDUCTION = 0x11D


def multiply(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= REDUCTION
        b >>= 1
    return product


def invert(a):
    """a^254."""
    result, square = 1, a
    for _ in range(7):
        square = multiply(square, square)
        result = multiply(result, square)
    return result


def split(secret, threshold, count):
    """[(x, y)], x from 1 on."""
    polynomials = [[byte, *os.urandom(threshold - 1)] for byte in secret]
    return [(x, bytes(_value(polynomial, x) for polynomial in polynomials)) for x in range(1, count + 1)]


def combine(shares):
    """The value at 0 of the polynomial through these points, of different places."""
    secret = bytes(len(shares[0][1]))
    for x, y in shares:
        weight = 1
        for other, _ in shares:
            if other != x:
                weight = multiply(weight, multiply(other, invert(other ^ x)))
        secret = bytes(s ^ multiply(byte, weight) for s, byte in zip(secret, y))
    return secret


def _value(polynomial, x):
    found = 0
    for coefficient in reversed(polynomial):
        found = multiply(found, x) ^ coefficient
    return found
