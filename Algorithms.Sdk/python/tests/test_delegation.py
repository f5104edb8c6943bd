import json
import unittest
from copy import deepcopy
from unittest import mock

from vantage import VantageError
from vantage.asking.delegation import beyond
from vantage.asking.manifest import instant
from vantage.connection import Connection
from vantage.protocol import jws, keys, names

from .coordinators import Coordinator
from .worlds import World, answered, now

CHANGES = {
    "another parent": lambda s: s["parent"].update(task=names.new_id("tsk")),
    "delegates further": lambda s: s.update(delegation={}),
    "leaves the collaboration": lambda s: s.update(collaboration=names.new_id("col")),
    "another job": lambda s: s.update(job=names.new_id("job")),
    "another algorithm": lambda s: s.update(algorithm="bundle:" + names.digest(b"mine")),
    "which is not delegated": lambda s: s.update(function="rows"),
    "asks a node": lambda s: s["targets"][0].update(encryptionKey="0" * 64),
    "seals to a key": lambda s: s["targets"][0].update(alternates=[{"node": names.new_id("nod"), "encryptionKey": "1" * 64}]),
    "other data": lambda s: s["data"][0].update(id="salaries"),
    "another session": lambda s: s.update(session="mine"),
    "another purpose": lambda s: s.update(purpose="mine"),
    "more resources": lambda s: s["resources"].update(memoryMiB=1 << 20),
    "lost nodes otherwise": lambda s: s.update(lostNode="fail"),
    "begins before": lambda s: s.update(notBefore="2020-01-01T00:00:00Z"),
    "outlives": lambda s: s.update(notAfter=instant(now(days=3))),
}


def view(content, at):
    """As a Coordinator shows a task whose runs have all succeeded."""
    runs = [{"id": target["run"], "organization": target["organization"], "node": target["node"], "phase": "Ended",
             "outcome": "Succeeded", "payloads": [{"kind": "result", "available": True}]} for target in content["targets"]]
    return {"id": content["task"], "job": content["job"], "collaboration": content["collaboration"], "outcome": "Succeeded",
            "runs": runs, "createdAt": at}


class CentralAtNode(unittest.TestCase):
    """A question put together at the node of the second hospital, by a Coordinator that plays that node as well."""

    def setUp(self):
        self.coordinator = Coordinator(self)
        self.world = world = World(self, url=self.coordinator.url)
        self.conn = Connection(world.home)
        said = world.said(world.member(world.a), world.member(world.b))
        self.coordinator.on("GET", f"collaborations/{world.collaboration}", (200, said))

    def ask(self, bend=lambda subtask: None):
        """`bend` changes the one subtask before the node signs it."""
        self.coordinator.on("PUT", "tasks/*", lambda _, body: self.taken(json.loads(body)["manifest"], bend))
        return self.conn.run("summary", {"columns": ["age"]}, "patients", collaboration=self.world.collaboration,
                             central_at=self.world.b.id, purpose="to learn")

    def taken(self, signed, bend):
        self.parent = json.loads(names.decode_url(signed.split(".")[1]))
        self.serve(self.parent, signed, self.parent["targets"][0], b'{"rows":5}', self.world.b)
        subtask = self.subtask(names.digest(signed.encode()))
        bend(subtask)
        compact = jws.sign(subtask, "vantage-manifest+jws", self.world.b.node_key, self.world.b.node_chain)
        for target, hospital in zip(subtask["targets"], (self.world.a, self.world.b)):
            self.serve(subtask, compact, target, b"{}", hospital, self.world.b.node_encryption_key)
        tasks = [view(subtask, "2026-11-21T02"), view(self.parent, "2026-11-21T01")]
        self.coordinator.on("GET", "tasks", (200, {"items": tasks}))
        self.coordinator.on("GET", "tasks/*", (200, tasks[1]))
        return 201, tasks[1]

    def serve(self, content, compact, target, body, hospital, reader=None):
        receipt, sealed = answered(self.world, content, compact, target, body, hospital, reader)
        evidence = {"run": target["run"], "manifest": compact, "receipt": receipt}
        self.coordinator.on("GET", f"runs/{target['run']}/evidence", (200, evidence))
        self.coordinator.on("GET", f"runs/{target['run']}/payloads/result", (200, sealed))

    def subtask(self, of_parent):
        """What the node signs: as wide as the delegation, and no wider."""
        parent, b = self.parent, self.world.b
        given = parent["delegation"]
        reference = {"digest": names.digest(b"input"), "size": 5}
        return {
            **{m: deepcopy(parent[m]) for m in ("v", "job", "collaboration", "type", "algorithm", "resources", "lostNode",
                                               "notBefore", "notAfter", "nonce", "purpose")},
            "task": "tsk_" + "7" * 32, "function": "partial", "data": deepcopy(given["data"]),
            "targets": [{**target, "run": "run_" + str(n) * 32, "input": reference} for n, target in enumerate(given["targets"])],
            "recipients": [{"organization": b.id, "principal": b.node, "key": keys.id_of(b.node_encryption_key),
                            "certificate": names.encode64(b.node_encryption)}],
            "parent": {"task": parent["task"], "manifest": of_parent}}

    def test_the_person_signs_which_functions_at_which_nodes_over_which_data(self):
        self.ask()

        given, b = self.parent["delegation"], self.world.b
        self.assertEqual((keys.id_of(b.node_key), ["partial"], "central"),
                         (given["delegateKey"], given["functions"], self.parent["function"]))
        self.assertEqual({self.world.a.node, b.node}, {target["node"] for target in given["targets"]})
        self.assertEqual([{"label": "table", "kind": "source", "id": "patients"}], given["data"])
        self.assertEqual([b.node], [target["node"] for target in self.parent["targets"]])
        self.assertEqual(given["notAfter"], self.parent["notAfter"])

    def test_the_answer_has_the_nodes_receipt_and_those_of_every_site(self):
        found = self.ask()

        self.assertEqual({"rows": 5}, found.value)
        self.assertEqual([(0, "south"), (1, "north"), (1, "south")], [(r["round"], r["site"]) for r in found.receipts])
        self.assertEqual((["north", "south"], True), (found.sites["answered"], found.holds))

    def test_a_round_that_goes_beyond_what_was_signed_is_told_not_counted(self):
        with self.assertRaises(VantageError) as caught:
            self.ask(bend=lambda subtask: subtask.update(function="rows"))
        self.assertEqual("receipt-untrusted", caught.exception.code)
        self.assertIn("which is not delegated", caught.exception.what)

    def test_a_central_function_that_fails_says_so_and_how_each_site_ended(self):
        real = view

        def failing(content, at):
            made = real(content, at)
            for run in made["runs"]:
                run.update(outcome="Expired" if "delegation" in content else "Failed", code=None)
            return made
        with mock.patch(__name__ + ".view", failing), self.assertRaises(VantageError) as caught:
            self.ask()
        self.assertIn("The central function at south gave no result.", caught.exception.what)
        self.assertEqual({"south": ["nothing answered in time", "its run ended as failed"], "north": ["its run ended as failed"]},
                         caught.exception.errors)

    def test_every_bound_is_held(self):
        self.ask()
        of_parent = names.digest(b"parent")
        delegate = self.parent["delegation"]["delegateKey"]
        self.assertEqual([], beyond(self.parent, of_parent, self.subtask(of_parent), delegate))
        self.assertIn("another key", beyond(self.parent, of_parent, self.subtask(of_parent), "0" * 64)[0])
        for sentence, change in CHANGES.items():
            subtask = self.subtask(of_parent)
            change(subtask)
            found = beyond(self.parent, of_parent, subtask, delegate)
            self.assertEqual(1, len(found), (sentence, found))
            self.assertIn(sentence, found[0])

    def test_a_program_at_a_node_takes_all_sites_or_none(self):
        with self.assertRaises(VantageError) as caught:
            self.conn.run("summary", central_at="south", accept_missing=True)
        self.assertEqual("request-invalid", caught.exception.code)
