"""`dictionary=` of a question: binds its data to a dictionary, by the digest that the task then names."""

import os
import pathlib
from dataclasses import replace

from ..errors import VantageError, believing
from ..protocol import dictionaries

SEE = "See: vantage dictionary list"


def words(dictionary):
    """As options of the command. `dictionary` is a file or NAME@VERSION, or such by the data's labels."""
    return [word for label, named in _by_label(dictionary) for word in ("--dictionary", f"{label}={named}" if label else named)]


def bind(request, channel, collaboration, pins, at):
    """The request with its data, and what it delegates, bound to the dictionaries that it names."""
    data = request.data if request.delegated is None else request.delegated["data"]
    for label, named in _by_label(request.dictionary):
        about = [ref for ref in data if label in (None, ref["label"])]
        if not about:
            raise VantageError("request-invalid", f"The dictionary {named} is about no data of this question.",
                               "Name the data: data='…', or data={'label': 'id'}.")
        found = _find(named, channel, collaboration, pins, at)
        data = [dict(ref, dictionary=found) if ref in about else ref for ref in data]
    return replace(request, data=data) if request.delegated is None else replace(request, delegated=dict(request.delegated, data=data))


def fetch(named, channel, collaboration, roots, at):
    """What a person published under NAME@VERSION in this collaboration: the verified document."""
    name, _, version = named.partition("@")
    if not name or not version or "/" in named or "?" in named:
        raise VantageError("request-invalid", f"'{named}' is neither a file that is here nor NAME@VERSION.", SEE)
    told = channel.get(f"collaborations/{collaboration}/dictionaries/{name}/{version.replace('+', '%2B')}")
    with believing(f"The dictionary {named}"):
        document = dictionaries.verify(told.get("statement") or "", roots, at)
    found = document.content["dictionary"]
    if (document.content["collaboration"], found["name"], found["version"]) != (collaboration, name, version):
        raise VantageError("statement-untrusted", f"The Coordinator gave {found['name']}@{found['version']} of "
                           f"{document.content['collaboration']} in place of {named} of {collaboration}.",
                           "Nothing was used of it. Take the file from its author.")
    return document


def _find(named, channel, collaboration, pins, at):
    if os.path.exists(named) or "@" not in named:
        try:
            return dictionaries.read(pathlib.Path(named).read_bytes())
        except (OSError, ValueError) as e:
            raise VantageError("request-invalid", f"{named} is no dictionary: {e}", "docs/dictionary.md says what one looks like.") from e
    return fetch(named, channel, collaboration, pins.roots, at).content["dictionary"]


def _by_label(dictionary):
    named = {} if dictionary is None else dictionary if isinstance(dictionary, dict) else {None: dictionary}
    return [(label, os.fspath(one)) for label, one in named.items()]
