"""A Coordinator of a test's own: a dictionary of routes over real HTTP."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Coordinator:
    """`routes` maps (method, path below /api/v1/) to a function of the request's handler and body. It answers (status,
    JSON or bytes), or writes to the handler itself and answers None. `tasks/*` is any task."""

    def __init__(self, test):
        self.routes, self.seen = {}, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = self.path.split("/api/v1/")[-1]
                outer.seen.append((self.command, path, {name.lower(): value for name, value in self.headers.items()}))
                plain = path.split("?")[0]
                route = outer.routes.get((self.command, plain)) or outer.routes.get((self.command, plain.split("/")[0] + "/*"))
                problem = {"code": "not-found", "detail": "There is no such thing.", "title": "", "type": "", "status": 404}
                answer = route(self, body) if route else (404, problem)
                if answer is not None:
                    self.answer(*answer)

            def answer(self, status, content, headers=()):
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                if not isinstance(content, bytes):
                    self.send_header("Content-Type", "application/problem+json" if status >= 400 else "application/json")
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_PUT = do_POST = serve

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        test.addCleanup(self.server.server_close)
        test.addCleanup(self.server.shutdown)

    def on(self, method, path, answer):
        self.routes[method, path] = answer if callable(answer) else lambda *_: answer
