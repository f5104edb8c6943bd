import json
import threading
import unittest
from unittest import mock

from vantage import Task, VantageError
from vantage.asking import manifest, planner
from vantage.asking.request import Request, data_refs
from vantage.home.statements import Pins
from vantage.home.user_keys import UserKeys
from vantage.protocol import keys, names
from vantage.wire import events
from vantage.wire.channel import Channel

from .coordinators import Coordinator
from .worlds import ALGORITHM, World, answered, now, revoking


class Tasks(unittest.TestCase):
    """A task at two sites, whose Coordinator may lie."""

    def setUp(self):
        self.coordinator = Coordinator(self)
        self.world = world = World(self, url=self.coordinator.url)
        self.channel, self.read = Channel(self.coordinator.url), threading.Event()
        self.signed = self.ask()
        self.content = self.signed.content
        self.runs = [target["run"] for target in self.content["targets"]]
        self.views = [self.view("Queued", None), self.view("Ended", "Succeeded")]
        self.coordinator.on("GET", f"tasks/{self.content['task']}", lambda *_: (self.read.set(), (200, self.views[0]))[1])
        self.coordinator.on("GET", "events", lambda handler, _: self.stream(handler))
        for target, hospital, body in zip(self.content["targets"], (world.a, world.b), (b'{"rows":2}', b'{"rows":3}')):
            self.answer(target, *answered(world, self.content, self.signed.jws, target, body, hospital))
        self.task = Task(world.home, self.channel, self.content["task"], names.digest(self.signed.jws.encode()))

    def ask(self):
        world, request = self.world, Request(ALGORITHM, "partial", b"{}", data_refs("patients"))
        said = world.said(world.member(world.a), world.member(world.b))
        targets, _ = planner.plan(said, None, None, "wait", Pins(world.home, now()), now())
        return manifest.sign(request, world.collaboration, None, targets, UserKeys(world.home), now())

    def answer(self, target, receipt, sealed, signed_jws=None):
        evidence = {"run": target["run"], "manifest": signed_jws or self.signed.jws, "receipt": receipt}
        self.coordinator.on("GET", f"runs/{target['run']}/evidence", (200, evidence))
        self.coordinator.on("GET", f"runs/{target['run']}/payloads/result", (200, sealed))

    def view(self, phase, outcome, count=2):
        runs = [{"id": run, "organization": hospital.id, "node": hospital.node, "phase": phase, "outcome": outcome,
                 "waiting": "None", "payloads": [{"kind": "result", "available": True}] if outcome else []}
                for run, hospital in zip(self.runs, (self.world.a, self.world.b))]
        view = {"id": self.content["task"], "job": self.content["job"], "outcome": outcome, "runs": runs[:count]}
        return {name: value for name, value in view.items() if value is not None}

    def stream(self, handler):
        """One event, once the open task was read; after it the task has settled."""
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        handler.wfile.write(b": hello\n\n")
        self.read.wait(30)
        self.views = self.views[-1:]
        handler.wfile.write(b"id: 7\nevent: task\ndata: {}\n\n")
        handler.close_connection = True

    def code_of(self, action):
        with self.assertRaises(VantageError) as caught:
            action()
        return caught.exception.code

    def test_results_are_verified_decrypted_and_named_as_pinned(self):
        said = []
        self.assertEqual({"north": {"rows": 2}, "south": {"rows": 3}}, self.task.watch(said.append).results())
        self.assertEqual(["north: queued", "south: queued", "north: succeeded", "south: succeeded"], sorted(said, key=said.index))
        self.assertEqual(["Succeeded", "Succeeded"], [receipt["outcome"] for receipt in self.task.verify()])

    def test_without_a_stream_it_is_asked_now_and_then(self):
        answers = iter([self.views[0], self.views[0]])
        self.coordinator.on("GET", "events", (403, b"a proxy's own words"))
        self.coordinator.on("GET", f"tasks/{self.content['task']}", lambda *_: (200, next(answers, self.views[1])))
        with mock.patch("time.sleep"):
            self.assertEqual("Succeeded", self.task.watch(None).outcome)

    def test_a_broken_stream_resumes_where_it_was(self):
        def broken(handler, _):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.wfile.write(b"id: 41\nevent: task\ndata: {}\n\n")
            if "Last-Event-ID" in handler.headers:
                self.views = self.views[-1:]
            handler.close_connection = True
        self.coordinator.on("GET", "events", broken)
        with mock.patch("time.sleep"):
            self.task.watch(None)
        listened = [headers.get("last-event-id") for _, path, headers in self.coordinator.seen if path.startswith("events")]
        self.assertEqual([None, "41"], listened[:2])

    def test_comments_alone_are_no_change_but_silence_is_not_trusted_for_long(self):
        class Lines:
            def __init__(self, *lines):
                self.lines = iter(lines)

            def readline(self, _):
                return next(self.lines, b"")
        self.assertEqual([], list(events._signals(Lines(b": warm\n", b"\n", b": warm\n", b"\n"))))
        self.assertEqual(["9"], list(events._signals(Lines(b"id: 9\r\n", b"data: x\r\n", b"\r\n"))))
        with mock.patch("time.monotonic", side_effect=[0, 21, 21]):
            self.assertEqual([None], list(events._signals(Lines(b": warm\n"))))

    def test_a_receipt_of_another_node_is_refused(self):
        target = self.content["targets"][0]
        self.answer(target, *answered(self.world, self.content, self.signed.jws, target, b"{}", self.world.b))
        self.views = self.views[-1:]
        self.assertEqual("receipt-untrusted", self.code_of(self.task.results))

    def test_a_receipt_of_a_stranger_is_refused(self):
        target = self.content["targets"][0]
        self.answer(target, *answered(self.world, self.content, self.signed.jws, target, b"{}", self.world.stranger))
        self.views = self.views[-1:]
        self.assertEqual("root-not-pinned", self.code_of(self.task.verify))

    def test_a_receipt_by_a_key_that_was_revoked_is_refused(self):
        b = self.world.b
        statement = revoking(b, revoked=[(keys.id_of(b.node_key), now(hours=-1))])
        self.coordinator.on("GET", "revocations", (200, {"items": [{"organization": b.id, "statement": statement}]}))
        self.views = self.views[-1:]
        for ask in (self.task.results, self.task.verify):
            self.assertEqual("key-revoked", self.code_of(ask))

    def test_another_question_of_ones_own_is_not_taken_for_this_one(self):
        other = self.ask()
        target = other.content["targets"][0]
        self.views = self.views[-1:]
        self.views[0]["runs"][0]["id"] = target["run"]
        self.answer(target, *answered(self.world, other.content, other.jws, target, b"{}"), other.jws)
        self.assertEqual("receipt-untrusted", self.code_of(self.task.results))
        later = Task(self.world.home, self.channel, self.content["task"])
        self.assertEqual("receipt-untrusted", self.code_of(later.results))

    def test_a_site_left_out_or_under_anothers_name_is_noticed(self):
        self.views = self.views[-1:]
        first, second = self.views[0]["runs"]
        for lie in ([first], [dict(first, organization=second["organization"]), dict(second, organization=first["organization"])]):
            self.views[0]["runs"] = lie
            for ask in (self.task.results, self.task.verify):
                self.assertEqual("receipt-untrusted", self.code_of(ask))

    def test_a_swapped_result_is_refused(self):
        first, second = self.content["targets"]
        _, sealed = answered(self.world, self.content, self.signed.jws, first, b'{"rows":99}')
        self.coordinator.on("GET", f"runs/{first['run']}/payloads/result", (200, sealed))
        self.views = self.views[-1:]
        self.assertIn(self.code_of(self.task.results), ("receipt-untrusted", "unreachable"))
        receipt, sealed = answered(self.world, self.content, self.signed.jws, first, b"{}", inner=names.digest(b"other"))
        self.answer(first, receipt, sealed)
        self.assertEqual("receipt-untrusted", self.code_of(self.task.results))

    def test_a_site_that_gave_nothing_is_an_error_unless_that_is_welcome(self):
        self.views = self.views[-1:]
        self.views[0]["runs"][1]["outcome"] = "Expired"
        with self.assertRaises(VantageError) as caught:
            self.task.results()
        self.assertEqual(("task-failed", ["south"]), (caught.exception.code, list(caught.exception.errors)))
        self.assertEqual({"north": {"rows": 2}}, self.task.results(accept_missing=True))
        self.assertEqual(["south"], list(self.task.errors()))

    def test_a_cancelled_task_says_so(self):
        cancelled = self.view("Ended", "Cancelled")
        self.coordinator.on("POST", f"tasks/{self.content['task']}/cancel", (200, cancelled))
        self.assertEqual("Cancelled", self.task.cancel().outcome)
        self.assertEqual([("POST", f"tasks/{self.content['task']}/cancel")], [seen[:2] for seen in self.coordinator.seen])
        self.assertIn("Cancelled", repr(self.task))
        self.assertTrue(json.dumps(cancelled))
