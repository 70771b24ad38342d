"""A proxy before the database, so that it can go away and come back while a server runs on it."""

import socket
import threading

from psycopg.conninfo import conninfo_to_dict

from tests.databases import url


class Proxy:
    """Stands before the database; `mode` is "forward", "hang" (takes all, answers nothing) or "refuse"."""

    def __init__(self, database: str) -> None:
        parts = conninfo_to_dict(url(database))
        self.behind = (parts.get("host", "127.0.0.1"), int(parts.get("port", 5432)))
        self.mode = "forward"
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        user = ":".join(parts[key] for key in ("user", "password") if key in parts)
        port = self.listener.getsockname()[1]
        self.url = f"postgresql://{user}@127.0.0.1:{port}/{database}?sslmode=disable"
        threading.Thread(target=self._accept, daemon=True).start()

    def turn(self, mode: str) -> None:
        self.mode = mode
        if mode == "refuse":
            for each in self.open:
                each.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(near)
            if self.mode == "refuse":
                near.close()
            elif self.mode == "forward":
                far = self._connect()
                self.open.append(far)
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = self.behind
        if not host.startswith("/"):
            return socket.create_connection(self.behind)
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def _pump(self, here: socket.socket, there: socket.socket) -> None:
        try:
            while data := here.recv(65536):
                if self.mode == "forward":
                    there.sendall(data)
        except OSError:
            return
