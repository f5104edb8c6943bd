"""Section 23: dictionaries that people publish."""

import json

from vantage.protocol import dictionaries, names
from vantage.protocol.jws import sign

from .world import NOW, instant

PLAIN = {"name": "sepsis", "version": "1.0", "fields": [{"name": "age", "type": "integer", "unit": "a"}]}
FULL = {
    "name": "sepsis", "version": "2026-06+1", "title": "Größe 😀", "missingValues": ["", {"value": "-9", "label": "unknown"}],
    "fields": [
        {"name": "age", "type": "integer", "unit": "a", "constraints": {"required": True, "minimum": 18, "maximum": "120"}},
        {"name": "sex", "categories": [{"value": "f", "label": "female"}, "m"], "constraints": {"enum": ["m", "f"]}},
        {"name": "case", "type": "string", "constraints": {"pattern": "[A-Z]{2}[0-9]+"}, "missingValues": ["?"]},
        {"name": "admitted", "type": "date", "constraints": {"minimum": "2020-01-01"}},
        {"name": "died", "type": "boolean", "categories": [True, False]},
        {"name": "glucose", "type": "number", "unit": "mmol/L", "constraints": {"maximum": 1e-7}}],
    "primaryKey": ["case"], "license": {"\ufb33": 1, "😀": 2, "\r": 333333333.33333329, "€": 1e21}}

# The same words as PLAIN, laid out otherwise.
SPREAD = '{\r\n\t"fields" : [ { "unit":"\\u0061", "type":"integer",\r\n "name":"age" } ],  "version":"1.0", "name":"sepsis" }\r\n'


def dictionary_cases(world):
    a, cases = world.a, []

    def published(text, hospital=a, ref=None, typ=dictionaries.TYPE, key=None, chain=None, **other):
        content = {"v": 1, "collaboration": world.collaboration, "dictionary": ref or reference(text), "text": text,
                   "issuedAt": instant(NOW)} | other
        return sign(content, typ, key or hospital.user_key, chain or hospital.user_chain)

    def case(name, statement, reason=None, text=None):
        made = {"name": name, "statement": statement, "at": instant(NOW), "pinned": world.pinned}
        cases.append(made | ({"reason": reason} if reason else
                             {"expect": {"signer": a.identity(f"{a.user}/signing"), **reference(text)}}))

    def valid(name, text):
        case(name, published(text), text=text)

    def invalid(name, text):
        ref = {"name": "sepsis", "version": "1.0", "digest": names.digest(text.encode())}
        case("text: " + name, published(text, ref=ref), "content-invalid")

    plain = json.dumps(PLAIN)
    valid("one variable", plain)
    valid("laid out otherwise", SPREAD)
    valid("with all that is read, and more", json.dumps(FULL))
    valid("written in its own letters", json.dumps(FULL, ensure_ascii=False))
    valid("behind a byte order mark", "\ufeff" + plain)
    valid("a number that is written longer", plain.replace('"unit": "a"', '"constraints": {"minimum": 1.50e0}'))
    valid("names that differ in more than case", edited(fields=[{"name": "maß"}, {"name": "MASS"}]))

    case("by a node", published(plain, key=a.node_key, chain=a.node_chain), "wrong-signer")
    case("by the root", published(plain, key=a.root_key, chain=[a.root]), "wrong-signer")
    case("by a stranger", published(plain, world.stranger), "organization-not-pinned")
    case("of another type", published(plain, typ="vantage-review+jws"), "wrong-type")
    case("signed over something else", published(plain).rsplit(".", 1)[0] + "." + published(SPREAD).rsplit(".", 1)[1], "signature-invalid")
    for name, other in (
            ("version 2", {"v": 2}), ("another name", {"ref": reference(plain) | {"name": "stroke"}}),
            ("another version", {"ref": reference(plain) | {"version": "1.1"}}),
            ("the digest of the bytes as they stand", {"ref": reference(plain) | {"digest": names.digest(plain.encode())}}),
            ("a member too much", {"comment": "x"}), ("an organization for a collaboration", {"collaboration": a.id})):
        case("content: " + name, published(plain, **other), "content-invalid")

    for name, text in (
            ("no JSON", "name: sepsis"), ("a list", "[]"), ("a member twice", plain[:-1] + ', "name": "sepsis"}'),
            ("a number that no double holds", plain[:-1] + ', "x": 1e999}'), ("half a face", plain[:-1] + ', "x": "\\ud83d"}'),
            ("33 levels", plain[:-1] + ', "x": ' + "[" * 32 + "]" * 32 + "}"), ("a comma too much", plain[:-1] + ",}"),
            ("no name", edited(name=None)), ("a name of two words", edited(name="two words")), ("no version", edited(version=None)),
            ("no variables", edited(fields=[])), ("foreign keys", edited(foreignKeys=[])), ("a code that is no text", edited(missingValues=[-9])),
            ("a variable twice", edited(fields=[{"name": "age"}, {"name": "AGE"}])), ("a variable without a name", with_field(name="")),
            ("another type", with_field(type="geopoint")), ("a type that is no text", with_field(type=5)), ("a format", with_field(format="email")),
            ("a unit of texts", with_field(unit="cm")), ("a unit with a blank", with_field(type="number", unit="mg per dL")),
            ("a constraint that is not read", with_field(constraints={"minLength": 1})), ("constraints in a list", with_field(constraints=[])),
            ("required in quotes", with_field(constraints={"required": "true"})), ("a text's minimum", with_field(constraints={"minimum": 1})),
            ("a maximum below the minimum", with_field(type="number", constraints={"minimum": 2, "maximum": 1})),
            ("a number's bound in words", with_field(type="number", constraints={"minimum": "much"})),
            ("a level twice", with_field(constraints={"enum": ["a", "a"]})), ("no levels", with_field(categories=[])),
            ("a level of another type", with_field(type="integer", categories=["low"])),
            ("a back reference", with_field(constraints={"pattern": "(a)\\1"})), ("a look ahead", with_field(constraints={"pattern": "a(?=b)"})),
            ("a number's pattern", with_field(type="number", constraints={"pattern": "[0-9]"}))):
        invalid(name, text)
    return cases


def reference(text):
    return dictionaries.read(text.encode("utf-8"))


def edited(**members):
    return json.dumps({name: value for name, value in (PLAIN | members).items() if value is not None})


def with_field(**members):
    return edited(fields=[{"name": "x"} | members])
