"""Three replicas under load: one killed with SIGKILL, one drained with SIGTERM.

Behind every shipped proxy and behind client-side round robin, with the shipped
service config for unary calls and the examples' resume by `request_id` for
streams, no call may fail as a client sees it, and each has its own answer.

KLAUSUL_FAILOVER_SECONDS of load (default 8) a setting; 60 are the acceptance:

    KLAUSUL_FAILOVER_SECONDS=60 ctest --verbose -R e2e_failover
"""
import json
import os
import subprocess
import sys
import threading
import time
import unittest

import harness
from harness import (SOURCE_DIR, TIMEOUT_SECONDS, TestCase, environment,
                     node_client)
from replicas import PROXIES, not_installed, replicas

CLIENT = SOURCE_DIR / "client-examples/python"
STUBS = harness.python_stubs()
sys.path[:0] = [str(STUBS), str(CLIENT)]

import grpc  # noqa: E402
from klausul.v1 import (  # noqa: E402
    compliance_service_pb2, compliance_service_pb2_grpc, evaluate_options_pb2)
from resilience import connect, evaluate_stream  # noqa: E402

SECONDS = float(os.environ.get("KLAUSUL_FAILOVER_SECONDS", "8"))
UNARY_CLIENTS = 4
STREAM_CLIENTS = 6
ENTRIES_A_MESSAGE = 8
MESSAGES_A_STREAM = 1000
# Of a call with all its retries.
CALL_SECONDS = 20


def document(plan_id):
    return evaluate_options_pb2.Document(
        content=harness.plan(plan_id=plan_id).encode(), uri=f"{plan_id}.yaml")


class Tally:
    """What clients saw. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self.seconds = []
        self.failures = []
        self.resumed = 0

    def passed(self, seconds):
        with self._lock:
            self.seconds.append(seconds)

    def failed(self, why):
        with self._lock:
            self.failures.append(why)

    def on_resume(self, _error):
        with self._lock:
            self.resumed += 1

    def quantile_ms(self, share):
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1e3

    def line(self, what):
        return (f"{what}: {len(self.seconds) + len(self.failures)} calls, "
                f"{len(self.failures)} failed, p50 {self.quantile_ms(.5):.1f} "
                f"ms, p99 {self.quantile_ms(.99):.1f} ms, slowest "
                f"{self.quantile_ms(1):.0f} ms")


class Load:
    """Clients at work until the end, each with a channel of its own."""

    def __init__(self, target, credentials):
        self._target = target
        self._credentials = credentials
        self._end = time.monotonic() + SECONDS
        self.unary = Tally()
        # A message of a stream counts as a call.
        self.stream = Tally()
        self._threads = [
            threading.Thread(target=work, args=(number,))
            for work, count in ((self._call, UNARY_CLIENTS),
                                (self._stream, STREAM_CLIENTS))
            for number in range(count)]
        for thread in self._threads:
            thread.start()

    def join(self):
        for thread in self._threads:
            thread.join()

    def _call(self, client):
        with connect(self._target, self._credentials) as channel:
            stub = compliance_service_pb2_grpc.ComplianceServiceStub(channel)
            number = 0
            while time.monotonic() < self._end:
                number += 1
                plan_id = f"u-{client}-{number}"
                begin = time.monotonic()
                try:
                    report = stub.Evaluate(
                        compliance_service_pb2.EvaluateRequest(
                            document=document(plan_id)),
                        timeout=CALL_SECONDS).report
                except grpc.RpcError as error:
                    self.unary.failed(f"{plan_id}: {error.code().name}: "
                                      f"{error.details()}")
                    continue
                self.unary.passed(time.monotonic() - begin)
                if (report.plan_id, report.counts.violated.error) != (
                        plan_id, 1):
                    self.unary.failed(f"{plan_id}: a wrong answer: {report}")

    def _stream(self, client):
        with connect(self._target, self._credentials) as channel:
            stub = compliance_service_pb2_grpc.ComplianceServiceStub(channel)
            number = 0
            while time.monotonic() < self._end:
                number += 1
                self._one_stream(stub, f"s-{client}-{number}")

    def _one_stream(self, stub, name):
        sent = {}
        wanted = []

        def messages():
            for place in range(MESSAGES_A_STREAM):
                if time.monotonic() > self._end:
                    return
                message = compliance_service_pb2.EvaluateStreamRequest()
                for entry in range(ENTRIES_A_MESSAGE):
                    plan_id = f"{name}-{place}-{entry}"
                    wanted.append(plan_id)
                    message.entries.add(request_id=plan_id,
                                        document=document(plan_id))
                sent[message.entries[0].request_id] = time.monotonic()
                yield message

        got = []
        try:
            for answer in evaluate_stream(stub, messages(), CALL_SECONDS * 10,
                                          self.stream.on_resume):
                self.stream.passed(
                    time.monotonic() - sent[answer.results[0].request_id])
                got += [r.response.report.plan_id for r in answer.results]
        except grpc.RpcError as error:
            self.stream.failed(f"{name}: {error.code().name}: "
                               f"{error.details()}")
            return
        if got != wanted:
            self.stream.failed(f"{name}: answers are missing or doubled")


class Failover(TestCase):

    def under_load(self, what, started, target, credentials=None):
        """Kills, restarts and drains while clients call."""
        load = Load(target, credentials)
        time.sleep(SECONDS * 0.25)
        started[0].kill()
        time.sleep(SECONDS * 0.25)
        started[0].start()
        started[0].wait_until_up()
        # A proxy asks after it once in some seconds.
        time.sleep(SECONDS * 0.2)
        drained = started[1].drain()
        load.join()
        print(f"\n{what}, {SECONDS:.0f} s, one of three killed and started "
              f"again, one drained\n  {load.unary.line('unary calls')}\n"
              f"  {load.stream.line('stream messages')}; "
              f"{load.stream.resumed} times resumed\n  most memory of a "
              f"replica {started[2].peak_memory_kib() / 1024:.0f} MiB",
              file=sys.stderr)
        self.assertEqual(drained, 0)
        for tally in (load.unary, load.stream):
            self.assertEqual(tally.failures, [])
            self.assertGreater(len(tally.seconds), 20)

    def arguments(self):
        # Shorter than a stream lives: some are cut off by the drain.
        return ["--rules-dir", self.rules, "--drain-seconds", "1"]

    def test_client_side_round_robin(self):
        with replicas(3, *self.arguments()) as started:
            target = "ipv4:" + ",".join(r.address for r in started)
            self.under_load("client-side round robin", started, target)

    def example(self, command):
        """A whole program validates a folder while all its servers go and come
        back: every document is reported once, in order."""
        count = 3000
        harness.write(self.folder, {
            f"in/{n:04}.yaml": harness.plan(plan_id=f"p-{n}")
            for n in range(count)})
        with replicas(2, *self.arguments()) as started:
            target = "ipv4:" + ",".join(r.address for r in started)
            complaints = self.folder / "complaints"
            with open(complaints, "wb") as stderr, subprocess.Popen(
                    [*command, str(self.folder / "in"), "--json", "--server",
                     target], stdout=subprocess.PIPE, stderr=stderr,
                    env=environment(KLAUSUL_STUBS=str(STUBS))) as process:
                timer = threading.Timer(TIMEOUT_SECONDS, process.kill)
                timer.start()
                lines = [process.stdout.readline()]
                # It waits in its pipe for us to read on.
                for replica in started:
                    replica.kill()
                for replica in started:
                    replica.start()
                lines += process.stdout.readlines()
                process.wait()
                timer.cancel()
        self.assertEqual(process.returncode, 1, complaints.read_text())
        self.assertEqual([json.loads(line)["planId"] for line in lines],
                         [f"p-{n}" for n in range(count)])

    def test_the_python_example_loses_nothing(self):
        self.example([sys.executable, "-B", str(CLIENT / "batch_validate.py")])

    def test_the_node_example_loses_nothing(self):
        program = node_client()
        if program is None:
            self.skipTest("NOT TESTED: the npm registry is out of reach")
        self.example(["node", str(program)])

    def behind(self, name):
        missing = not_installed(name)
        if missing:
            self.skipTest(missing)
        with replicas(3, *self.arguments()) as started, \
                PROXIES[name]([r.address for r in started]) as proxy:
            self.under_load(name, started, proxy.address,
                            grpc.ssl_channel_credentials(
                                proxy.certificate.read_bytes()))

    def test_behind_nginx(self):
        self.behind("nginx")

    def test_behind_haproxy(self):
        self.behind("haproxy")


if __name__ == "__main__":
    unittest.main(verbosity=2)
