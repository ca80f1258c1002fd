"""Starts the real servers, each with its data in a folder of the run, and ends them again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-f;
  uwsgi_temp_path {folder}/nginx-u;
  scgi_temp_path {folder}/nginx-s;
  upstream workers {{
    {workers}
    keepalive 64;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://workers;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_connect_timeout 1s;
      proxy_read_timeout 60s;
      # A message has an id, so sending it to the other worker again cannot answer it twice.
      proxy_next_upstream error timeout http_502 http_503 non_idempotent;
    }}
  }}
}}
"""


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A process that is started, killed and started again."""

    def __init__(self, name: str, command: list[str], log: Path, **kwargs: object) -> None:
        self.name, self.command, self.log, self.kwargs = name, command, log, kwargs
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                **self.kwargs,  # type: ignore[call-overload]
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=40)
        self.process = None


class Postgres(Server):
    """PostgreSQL with a fresh cluster; runs as `postgres` where we are root, as it insists."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.data = folder / "pg"
        self.bin = postgres_bin()
        as_postgres = os.geteuid() == 0
        self.user = pwd.getpwnam("postgres").pw_uid if as_postgres else None
        self.data.mkdir(mode=0o700)
        if as_postgres:
            shutil.chown(self.data, "postgres")
        self.run("initdb", "-D", str(self.data), "-A", "trust", "-U", "afterword", "-E", "UTF8")
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        command += ["-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"]
        super().__init__("postgres", command, folder / "postgres.log", **self._as_user())
        self.url = f"postgresql://afterword@127.0.0.1:{self.port}/postgres"

    def run(self, tool: str, *arguments: str) -> bytes:
        done = subprocess.run(
            [str(self.bin / tool), *arguments], capture_output=True, check=True, **self._as_user()
        )
        return done.stdout

    def dump(self) -> bytes:
        return self.run("pg_dump", self.url)

    def wait(self) -> None:
        until(lambda: self._answers(), 30, "PostgreSQL")

    def _answers(self) -> bool:
        command = [str(self.bin / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, capture_output=True).returncode == 0

    def _as_user(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user, "extra_groups": [], "cwd": "/"}


def postgres_bin() -> Path:
    """Where the newest PostgreSQL's programs are.

    Raises:
        FileNotFoundError: there is none.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        raise FileNotFoundError("postgres")
    return found[-1].parent


def redis(folder: Path) -> tuple[Server, str]:
    """A Redis that writes nothing to disk, and its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    command += ["--appendonly", "no", "--dir", str(folder)]
    return Server("redis", command, folder / "redis.log"), f"redis://127.0.0.1:{port}/0"


def nginx(folder: Path, ports: list[int]) -> tuple[Server, str]:
    """nginx in front of the workers, and its address."""
    port = free_port()
    workers = "\n    ".join(f"server 127.0.0.1:{p} max_fails=1 fail_timeout=2s;" for p in ports)
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, workers=workers, port=port))
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p", str(folder)]
    return Server("nginx", command, folder / "nginx.log"), f"http://127.0.0.1:{port}"


def worker(number: int, folder: Path, model: Path, env: dict[str, str]) -> tuple[Server, int]:
    """One worker, and its port."""
    port = free_port()
    script = str(Path(__file__).parent / "worker.py")
    command = [sys.executable, "-W", "ignore", script, str(port), str(model)]
    server = Server(
        f"worker{number}", command, folder / f"worker{number}.log", env={**os.environ, **env}
    )
    return server, port


def wait_ready(port: int, seconds: float = 60) -> None:
    """Waits until a worker says it is ready."""
    until(lambda: _ok(f"http://127.0.0.1:{port}/health/ready"), seconds, f"worker on {port}")


def _ok(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def until(true: object, seconds: float, what: str) -> None:
    """Waits for something to be so.

    Raises:
        TimeoutError: it was not so in time.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not come up in {seconds:.0f} s")
