import unittest
from unittest import mock

from vantage import VantageError
from vantage.protocol import names
from vantage.reading.download import download
from vantage.wire import addresses, channel as channels, patience
from vantage.wire.channel import Channel
from vantage.wire.uploads import upload

from .coordinators import Coordinator


class Requests(unittest.TestCase):
    def setUp(self):
        self.coordinator = Coordinator(self)
        self.channel = Channel(self.coordinator.url, "vtg_secret")
        for pauses in (mock.patch.object(channels, "PAUSES", (0, 0, 0)), mock.patch("time.sleep")):
            pauses.start()
            self.addCleanup(pauses.stop)

    def code_of(self, action):
        with self.assertRaises(VantageError) as caught:
            action()
        return caught.exception.code

    def test_the_token_goes_along_and_pages_are_walked(self):
        def page(handler, _):
            return 200, {"items": [2], "nextCursor": None} if "cursor=a%2Fb" in handler.path else {"items": [1], "nextCursor": "a/b"}
        self.coordinator.on("GET", "tasks", page)

        self.assertEqual([1, 2], list(self.channel.pages("tasks")))
        self.assertEqual("Bearer vtg_secret", self.coordinator.seen[0][2]["authorization"])

    def test_a_refusal_keeps_its_code_its_words_and_its_particulars(self):
        problem = {"code": "token-expired", "detail": "It ended yesterday.", "errors": {"name": ["too long"]}}
        self.coordinator.on("GET", "me", (401, problem))

        with self.assertRaises(VantageError) as caught:
            self.channel.get("me")

        self.assertEqual(("token-expired", "It ended yesterday."), (caught.exception.code, caught.exception.what))
        self.assertEqual({"name": ["too long"]}, caught.exception.errors)
        self.assertIn("vantage token create", caught.exception.next)

    def test_a_redirect_is_not_followed_with_the_token(self):
        elsewhere = Coordinator(self)
        self.coordinator.on("GET", "me", lambda handler, _: handler.answer(302, {}, [("Location", elsewhere.url)]))

        self.assertEqual("not-a-coordinator", self.code_of(lambda: self.channel.get("me")))
        self.assertEqual([], elsewhere.seen)

    def test_something_else_that_answers_is_no_coordinator(self):
        for answer in ((200, b"<html>"), (404, b"<html>"), (418, b"")):
            self.coordinator.on("GET", "me", answer)
            self.assertEqual("not-a-coordinator", self.code_of(lambda: self.channel.get("me")))

    def test_what_may_be_repeated_is_and_what_may_not_is_not(self):
        answers = iter([(503, b""), (503, b""), (200, {"ok": True})])
        self.coordinator.on("GET", "me", lambda *_: next(answers))
        self.coordinator.on("POST", "tasks/x/cancel", (503, b""))

        self.assertEqual({"ok": True}, self.channel.get("me"))
        self.assertEqual("unreachable", self.code_of(lambda: self.channel.exchange("POST", "tasks/x/cancel")))
        self.assertEqual(1, sum(method == "POST" for method, _, _ in self.coordinator.seen))

    def test_nobody_there(self):
        self.coordinator.server.server_close()
        with self.assertRaisesRegex(VantageError, "Nobody answers") as caught:
            self.channel.get("me")
        self.assertEqual("unreachable", caught.exception.code)

    def test_patience_ends(self):
        seconds = iter(range(0, 100, 5))
        tired = patience.Patience(10, clock=lambda: next(seconds), sleep=lambda _: None)
        tried = []

        def fail():
            tried.append(1)
            raise VantageError("unreachable", "gone")
        self.assertEqual("unreachable", self.code_of(lambda: tired.keep_trying(fail)))
        self.assertEqual(2, len(tried))

    def test_a_large_input_goes_in_parts_and_only_those_that_are_not_there(self):
        data, parts = bytes(range(256)) * 3, {0: b""}

        def view(*_):
            return 200, {"partBytes": 300, "parts": sorted(parts), "complete": len(parts) == 3}

        def part(handler, body):
            number = int(handler.path.rsplit("/", 1)[1])
            self.assertEqual(names.digest(body), handler.headers["Vantage-Part-Digest"])
            parts[number] = body
            return view()

        with mock.patch.object(names, "new_id", return_value="upl_1"):
            self.coordinator.on("PUT", "uploads/upl_1", view)
            for number in range(3):
                self.coordinator.on("PUT", f"uploads/upl_1/parts/{number}", part)
            upload(self.channel, "col_1", names.digest(data), data)

        self.assertEqual([b"", data[300:600], data[600:]], [parts[i] for i in range(3)])


class Downloads(unittest.TestCase):
    DATA = bytes(range(256)) * 8

    def setUp(self):
        self.coordinator = Coordinator(self)
        self.channel = Channel(self.coordinator.url)
        sleeping = mock.patch("time.sleep")
        sleeping.start()
        self.addCleanup(sleeping.stop)

    def cut(self, ranges=True):
        """Breaks off after a third, each time."""
        def answer(handler, _):
            asked = handler.headers.get("Range") if ranges else None
            start = int(asked[6:-1]) if asked else 0
            rest = self.DATA[start:]
            handler.send_response(206 if asked else 200)
            if asked:
                handler.send_header("Content-Range", f"bytes {start}-{len(self.DATA) - 1}/{len(self.DATA)}")
            handler.send_header("Content-Length", str(len(rest)))
            handler.end_headers()
            handler.wfile.write(rest[:700] if ranges or len(self.coordinator.seen) < 3 else rest)
            handler.close_connection = True
        self.coordinator.on("GET", "p", answer)

    def test_what_was_cut_goes_on_where_it_was(self):
        self.cut()
        self.assertEqual(self.DATA, download(self.channel, "p", len(self.DATA)))
        self.assertEqual([None, "bytes=700-", "bytes=1400-"], [headers.get("range") for _, _, headers in self.coordinator.seen])

    def test_a_proxy_that_knows_no_ranges_sends_it_all_again(self):
        self.cut(ranges=False)
        self.assertEqual(self.DATA, download(self.channel, "p", len(self.DATA)))

    def test_more_than_was_signed_for_is_refused(self):
        self.coordinator.on("GET", "p", (200, self.DATA))
        with self.assertRaises(VantageError) as caught:
            download(self.channel, "p", 100)
        self.assertEqual("receipt-untrusted", caught.exception.code)


class Addresses(unittest.TestCase):
    def test_https_anywhere_and_http_on_this_machine(self):
        self.assertEqual("https://a.example/x/", addresses.check("https://a.example/x"))
        for url in ("http://127.0.0.1:8080", "http://[::1]/", "http://localhost:1/"):
            self.assertTrue(addresses.check(url).endswith("/"))

    def test_anything_else_is_refused(self):
        for url in ("http://a.example", "ftp://a", "a.example", "https://u:p@a.example", "https://a/?x=1", "http://127.0.0.1.a.example"):
            with self.assertRaises(VantageError, msg=url) as caught:
                addresses.check(url)
            self.assertEqual("insecure-url", caught.exception.code)
