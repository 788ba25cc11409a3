"""Several servers, and the shipped proxies before them.

Everything listens on free ports of the loopback interface and is ended by its
process id.
"""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from harness import KLAUSUL, SOURCE_DIR, environment

START_SECONDS = 60
# Where Debian has them: /usr/sbin is not on everybody's PATH.
SEARCH_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
# The addresses that the shipped configurations name.
SHIPPED_SERVERS = [f"10.0.0.1{i}:50051" for i in (1, 2, 3)]


def program(name):
    """Path of an installed program, or None."""
    return shutil.which(name, path=SEARCH_PATH)


def not_installed(name):
    """Why a test is skipped, where it has to be; else None."""
    if program(name):
        return None
    return (f"NOT TESTED: `{name}` is not installed "
            f"(.ci/setup proxies installs it)")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def end(process, how=signal.SIGTERM):
    """Ends a process that we started; its exit code."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        return process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


class Replica:
    """A server; stopped and started again on the same port."""

    def __init__(self, scratch, name, *arguments):
        self.log = pathlib.Path(scratch) / f"{name}.log"
        self._port_file = pathlib.Path(scratch) / f"{name}.port"
        self._arguments = list(map(str, arguments))
        self._process = None
        self.address = None
        self.start()
        self.wait_until_up()

    def start(self):
        """Starts it; a later start takes the same port as the first."""
        self._port_file.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                [KLAUSUL, "serve", "--listen", self.address or "127.0.0.1:0",
                 "--port-file", str(self._port_file), *self._arguments],
                stdout=log, stderr=log, env=environment())

    def wait_until_up(self):
        limit = time.monotonic() + START_SECONDS
        while not self._port_file.exists():
            if self._process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError("a replica did not start: "
                                   + self.log.read_text(errors="replace"))
            time.sleep(0.02)
        self.address = f"127.0.0.1:{self._port_file.read_text().strip()}"

    def is_up(self):
        return self._process.poll() is None

    def peak_memory_kib(self):
        """The most memory it has had."""
        status = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1))

    def kill(self):
        """SIGKILL: gone without a word."""
        return end(self._process, signal.SIGKILL)

    def drain(self):
        """SIGTERM: calls under way may end. Its exit code."""
        return end(self._process, signal.SIGTERM)


@contextlib.contextmanager
def replicas(count, *arguments):
    """So many servers, ended at the end."""
    with tempfile.TemporaryDirectory() as scratch, \
            contextlib.ExitStack() as stack:
        started = []
        for number in range(count):
            replica = Replica(scratch, f"replica-{number}", *arguments)
            stack.callback(replica.drain)
            started.append(replica)
        yield started


def certificate(folder):
    """A key and a self-signed certificate of 127.0.0.1: their paths."""
    key, crt = folder / "server.key", folder / "server.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key),
         "-out", str(crt)], check=True, capture_output=True, timeout=60)
    return key, crt


def shipped(path, replacements):
    """A shipped configuration with each of some texts, all of which have to be
    in it, replaced by what is there in a test."""
    text = (SOURCE_DIR / "deploy" / path).read_text()
    for old, new in replacements.items():
        if old not in text:
            raise RuntimeError(f"deploy/{path} has no `{old}`")
        text = text.replace(old, new)
    return text


class Proxy:
    """A proxy that runs: where, and whom a client has to trust."""

    def __init__(self, port, certificate_file):
        self.address = f"127.0.0.1:{port}"
        self.certificate = certificate_file


@contextlib.contextmanager
def _running(folder, port, crt, command):
    log = folder / "proxy.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        limit = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"{command[0]} did not start: "
                                   + log.read_text(errors="replace"))
            time.sleep(0.05)
        yield Proxy(port, crt)
    finally:
        end(process)


@contextlib.contextmanager
def nginx(servers):
    """deploy/nginx/klausul.conf before three servers."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        key, crt = certificate(folder)
        port = free_port()
        (folder / "klausul.conf").write_text(shipped("nginx/klausul.conf", {
            **dict(zip(SHIPPED_SERVERS, servers)),
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/nginx/klausul/server.crt": str(crt),
            "/etc/nginx/klausul/server.key": str(key)}))
        temporary = "".join(
            f"  {name}_temp_path {folder}/{name};\n" for name in (
                "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # Without this line root's files are out of the workers' reach.
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}daemon off;\npid {folder}/nginx.pid;\n"
            "error_log stderr warn;\nworker_processes 1;\n"
            "events { worker_connections 1024; }\n"
            f"http {{\n  access_log off;\n{temporary}"
            f"  include {folder}/klausul.conf;\n}}\n")
        with _running(folder, port, crt,
                      [program("nginx"), "-p", scratch, "-e", "stderr", "-c",
                       str(folder / "nginx.conf")]) as proxy:
            yield proxy


@contextlib.contextmanager
def haproxy(servers):
    """deploy/haproxy/haproxy.cfg before three servers."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        key, crt = certificate(folder)
        (folder / "both.pem").write_text(crt.read_text() + key.read_text())
        port = free_port()
        config = folder / "haproxy.cfg"
        config.write_text(shipped("haproxy/haproxy.cfg", {
            **dict(zip(SHIPPED_SERVERS, servers)),
            "bind :443": f"bind 127.0.0.1:{port}",
            "/etc/haproxy/klausul.pem": str(folder / "both.pem")}))
        with _running(folder, port, crt,
                      [program("haproxy"), "-db", "-f", str(config)]) as proxy:
            yield proxy


PROXIES = {"nginx": nginx, "haproxy": haproxy}
