"""What a person wants to ask. Everything else of the manifest follows from it."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Optional

from ..errors import VantageError


@dataclass(frozen=True)
class Request:
    algorithm: str
    """Exactly which code: an algorithm reference."""
    function: str
    arguments: bytes
    """One JSON value; sealed to each node."""
    data: list
    """Data references of the manifest."""
    organizations: Optional[list] = None
    """Ids; None is every member that has a certified node."""
    job: Optional[str] = None
    """The question that this task is a round of; None is a question of its own."""
    lost_node: str = "wait"
    resources: dict = field(default_factory=dict)
    purpose: Optional[str] = None
    project: Optional[str] = None
    lifetime: timedelta = timedelta(days=1)
    delegated: Optional[dict] = None
    """For a central function: `functions`, `data` and `organizations` (ids or None) that it may ask on."""
    dictionary: object = None
    """What the data are read as: a file or NAME@VERSION, or such by the data's labels."""


def data_refs(data):
    """From an id, a list of ids, or a dictionary from labels to ids; in a list an id may be LABEL=ID. Without a label
    the first is what algorithms call `table`."""
    if data is None:
        return []
    if isinstance(data, dict):
        labelled = list(data.items())
    else:
        ids = [data] if isinstance(data, str) else list(data)
        labelled = [_labelled(one, "table" if i == 0 else f"table{i + 1}") for i, one in enumerate(ids)]
    if any(not isinstance(text, str) or not text for pair in labelled for text in pair):
        raise VantageError("request-invalid", f"{data!r} names no data.",
                           "Give an id such as 'patients', or {'label': 'id'}.")
    return [{"label": label, "kind": "source", "id": identifier} for label, identifier in labelled]


def _labelled(text, otherwise):
    label, equals, identifier = text.partition("=") if isinstance(text, str) else (None, "", text)
    return (label, identifier) if equals else (otherwise, text)


def arguments_bytes(arguments):
    try:
        text = json.dumps({} if arguments is None else arguments, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError) as e:
        raise VantageError("request-invalid", f"The arguments are not JSON: {e}") from e
    if not text.startswith("{"):
        raise VantageError("request-invalid", "The arguments are no JSON object.", 'Such as: {"columns": ["age"]}')
    return text.encode("utf-8")
