"""The shipped proxy configurations, with real proxies before real servers."""
import json
import subprocess
import sys
import time
import unittest

import harness
from harness import SOURCE_DIR, TIMEOUT_SECONDS, TestCase, environment
from replicas import PROXIES, not_installed, replicas

CLIENT = SOURCE_DIR / "client-examples/python"
STUBS = harness.python_stubs()
sys.path[:0] = [str(STUBS), str(CLIENT)]

import grpc  # noqa: E402
from klausul.v1 import (  # noqa: E402
    compliance_service_pb2, compliance_service_pb2_grpc, evaluate_options_pb2)
from resilience import connect, evaluate_stream  # noqa: E402


def entry(number, padding=0):
    """A document that breaks a rule, of any size."""
    content = harness.plan(plan_id=f"p-{number}",
                           more="# " + "x" * padding + "\n")
    return compliance_service_pb2.EvaluateStreamEntry(
        request_id=f"r-{number}", document=evaluate_options_pb2.Document(
            content=content.encode(), uri=f"{number}.yaml"))


def message(*entries):
    return compliance_service_pb2.EvaluateStreamRequest(entries=entries)


class ProxyCase:
    """What every proxy has to do; `name` is a key of PROXIES."""

    name = None

    def setUp(self):
        missing = not_installed(self.name)
        if missing:
            self.skipTest(missing)
        super().setUp()
        servers = replicas(3, "--rules-dir", self.rules)
        self.replicas = servers.__enter__()
        self.addCleanup(servers.__exit__, None, None, None)
        proxy = PROXIES[self.name]([r.address for r in self.replicas])
        self.proxy = proxy.__enter__()
        self.addCleanup(proxy.__exit__, None, None, None)
        self.channel = connect(self.proxy.address,
                               grpc.ssl_channel_credentials(
                                   self.proxy.certificate.read_bytes()))
        self.addCleanup(self.channel.close)
        self.stub = compliance_service_pb2_grpc.ComplianceServiceStub(
            self.channel)

    def evaluate(self, number=1, padding=0):
        return self.stub.Evaluate(
            compliance_service_pb2.EvaluateRequest(
                document=entry(number, padding).document), timeout=30)

    def call(self, method, request=b"", channel=None):
        """A call without stubs, not retried: the answer's bytes."""
        channel = channel or self.channel
        return channel.unary_unary(method)(request, timeout=30)

    def code(self, method, request=b"", channel=None):
        with self.assertRaises(grpc.RpcError) as caught:
            self.call(method, request, channel)
        return caught.exception.code()

    def test_a_call_goes_through(self):
        report = self.evaluate(7).report
        self.assertEqual(report.plan_id, "p-7")
        self.assertEqual(report.counts.violated.error, 1)

    def test_a_large_document_goes_through(self):
        # Larger than what proxies and gRPC take of themselves: 1 and 4 MiB.
        report = self.evaluate(8, padding=6 * 1024 * 1024).report
        self.assertEqual(report.plan_id, "p-8")

    def test_an_error_keeps_its_code_and_details(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.stub.Evaluate(
                compliance_service_pb2.EvaluateRequest(
                    document=evaluate_options_pb2.Document(
                        content=b"buyer: {nam: x}", uri="bad.yaml")),
                timeout=30)
        self.assertEqual(caught.exception.code(),
                         grpc.StatusCode.INVALID_ARGUMENT)
        self.assertTrue(any(
            key == "grpc-status-details-bin"
            for key, _ in caught.exception.trailing_metadata()))

    def test_a_stream_is_answered_message_by_message(self):
        # The next message is sent only when the last one has its answer: a
        # proxy that gathered either way would never end.
        seen = []

        def requests():
            for number in range(5):
                limit = time.monotonic() + 20
                while len(seen) < number and time.monotonic() < limit:
                    time.sleep(0.005)
                yield message(entry(number))

        for response in self.stub.EvaluateStream(requests(), timeout=60):
            seen.append(response.results[0].request_id)
        self.assertEqual(seen, [f"r-{n}" for n in range(5)])

    def test_servers_that_are_gone_cost_no_call(self):
        for replica in self.replicas[1:]:
            replica.kill()
        for number in range(20):
            self.assertEqual(self.evaluate(number).report.plan_id,
                             f"p-{number}")

    def test_a_server_that_is_back_gets_calls_again(self):
        self.evaluate()
        self.replicas[0].kill()
        self.evaluate()
        self.replicas[0].start()
        self.replicas[0].wait_until_up()
        for replica in self.replicas[1:]:
            self.assertEqual(replica.drain(), 0)
        # A proxy asks after a server that was down once in some seconds.
        limit = time.monotonic() + 20
        while True:
            try:
                self.evaluate()
                break
            except grpc.RpcError as error:
                self.assertEqual(error.code(), grpc.StatusCode.UNAVAILABLE)
                self.assertLess(time.monotonic(), limit)
                time.sleep(0.5)

    def test_without_a_server_the_answer_is_unavailable(self):
        for replica in self.replicas:
            replica.kill()
        self.assertEqual(
            self.code("/klausul.v1.ComplianceService/Evaluate"),
            grpc.StatusCode.UNAVAILABLE)

    def test_health_is_told_and_what_is_not_for_clients_is_not(self):
        self.assertEqual(self.call("/grpc.health.v1.Health/Check"),
                         b"\x08\x01")
        for method in ("ServerReflection/ServerReflectionInfo", "Nothing/Do"):
            self.assertEqual(
                self.code(f"/grpc.reflection.v1alpha.{method}"),
                grpc.StatusCode.UNIMPLEMENTED)

    def test_plaintext_is_refused(self):
        with grpc.insecure_channel(self.proxy.address) as channel:
            self.assertEqual(
                self.code("/klausul.v1.ComplianceService/Evaluate",
                          channel=channel), grpc.StatusCode.UNAVAILABLE)

    def test_the_example_validates_a_folder(self):
        harness.write(self.folder, {
            f"in/{n:02}.yaml": harness.plan(plan_id=f"p-{n}")
            for n in range(40)})
        done = subprocess.run(
            [sys.executable, "-B", str(CLIENT / "batch_validate.py"),
             str(self.folder / "in"), "--json", "--server",
             self.proxy.address, "--tls-roots", str(self.proxy.certificate)],
            capture_output=True, timeout=TIMEOUT_SECONDS, check=False,
            env=environment(KLAUSUL_STUBS=str(STUBS)))
        self.assertEqual(done.returncode, 1, done.stderr.decode())
        self.assertEqual(
            [json.loads(line)["planId"] for line in
             done.stdout.decode().splitlines()],
            [f"p-{n}" for n in range(40)])

    def test_a_stream_goes_on_when_its_server_is_killed(self):
        broken = []

        def requests():
            for number in range(60):
                if number == 30:
                    # Whichever has the stream is among them.
                    for replica in self.replicas:
                        replica.kill()
                    for replica in self.replicas:
                        replica.start()
                yield message(entry(number))

        ids = [response.results[0].request_id
               for response in evaluate_stream(self.stub, requests(),
                                               timeout=60,
                                               on_resume=broken.append)]
        self.assertEqual(ids, [f"r-{n}" for n in range(60)])
        self.assertGreater(len(broken), 0)


class Nginx(ProxyCase, TestCase):
    name = "nginx"


class Haproxy(ProxyCase, TestCase):
    name = "haproxy"


if __name__ == "__main__":
    unittest.main(verbosity=2)
