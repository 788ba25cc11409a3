"""A server whose rule sets change under load: every answer fits the rules that it
names, broken rules are never served, and every evaluation can be replayed.

KLAUSUL_RELOADS says how often the rules change, KLAUSUL_ROUNDS how often all the
documents of this repository are evaluated; CI does it a few times only.
"""
import json
import os
import re
import signal
import sys
import threading
import time
import urllib.request

from harness import (RULE_SET, RULES, SOURCE_DIR, TIMEOUT_SECONDS, TestCase,
                     main, python_stubs, run, serving, write)

RELOADS = int(os.environ.get("KLAUSUL_RELOADS", "20"))
ROUNDS = int(os.environ.get("KLAUSUL_ROUNDS", "1"))
# Every so many are broken, by turns in their syntax and in an example.
BROKEN_EVERY = 10

PLANS = {"plans/base.yaml": (
    'id: base\nbuyer: {name: Fjordvik, country: "NO"}\n'
    "dates: {notice_sent: 2026-03-01, tender_deadline: 2026-03-11}\n")}


def rules(version):
    """The test rules as of a version, which is in the title of each rule. That
    of `no.test.error` has an example."""
    text = RULES.replace("en: Title", f"en: Title {version}")
    outcome = "violated"
    if version and version % BROKEN_EVERY == 0:
        if version // BROKEN_EVERY % 2:
            text = text.replace("dates.notice_sent", "dates.notice_sen")
        else:
            outcome = "satisfied"
    head, mark, tail = text.partition("  - id: no.test.warning")
    return {"rule_set.yaml": RULE_SET.replace('"1.0"', f'"1.{version}"'),
            "rules.yaml": head + "    examples: [{name: ten days, base: base, "
            f"outcome: {outcome}}}]\n" + mark + tail, **PLANS}


class Reload(TestCase):

    def setUp(self):
        super().setUp()
        self.current = self.folder / "current"
        self.put(0)

    def put(self, version):
        """Puts rules in place at once, as docs/operations.md says."""
        write(self.folder / f"v{version}", rules(version))
        link = self.folder / "next"
        link.symlink_to(f"v{version}")
        os.replace(link, self.current)

    def metric(self, line):
        """Value of a metric, by its name and labels."""
        port = self.path("metrics").read_text().strip()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics",
                                    timeout=TIMEOUT_SECONDS) as page:
            found = re.search("^" + re.escape(line) + r" (\S+)$",
                              page.read().decode(), re.MULTILINE)
        return float(found.group(1)) if found else None

    def wait_for(self, line, value):
        end = time.monotonic() + TIMEOUT_SECONDS
        while self.metric(line) != value:
            self.assertLess(time.monotonic(), end, f"{line} is not {value}")
            time.sleep(0.005)

    def server(self, *arguments):
        log = open(self.path("log"), "wb")
        self.addCleanup(log.close)
        return serving("--rules-dir", self.current, "--metrics-listen",
                       "127.0.0.1:0", "--metrics-port-file",
                       self.path("metrics"), *arguments, log=log)

    def test_a_watched_folder_is_served(self):
        sys.path.insert(0, str(python_stubs()))
        # pylint: disable=import-outside-toplevel,import-error
        import grpc
        from klausul.v1 import rule_service_pb2, rule_service_pb2_grpc
        with self.server("--watch") as address:
            self.put(1)
            self.wait_for('klausul_reloads_total{result="loaded"}', 1)
            self.put(BROKEN_EVERY)
            self.wait_for("klausul_rules_refused", 1)
            with grpc.insecure_channel(address) as channel:
                served = rule_service_pb2_grpc.RuleServiceStub(
                    channel).GetRuleSet(
                        rule_service_pb2.GetRuleSetRequest(id="no"),
                        timeout=TIMEOUT_SECONDS)
        self.assertEqual(served.version, "1.1")
        self.assertEqual(len(served.refused_update.diagnostics), 3)
        self.assertIn("notice_sen", served.refused_update.diagnostics[0])
        events = [json.loads(line) for line in
                  self.path("log").read_text().splitlines()]
        self.assertEqual(
            [event["event"] for event in events],
            ["serving", "reload", "reload", "reload_diagnostic",
             "reload_diagnostic", "reload_diagnostic", "draining"], events)

    def test_broken_rules_do_not_start(self):
        for version in (BROKEN_EVERY, 2 * BROKEN_EVERY):
            self.put(version)
            result = run("serve", "--listen", "127.0.0.1:0", "--rules-dir",
                         self.current)
            self.assertCode(result, 2)

    def test_answers_fit_their_rules_and_can_be_replayed(self):
        sys.path.insert(0, str(python_stubs()))
        # pylint: disable=import-outside-toplevel,import-error
        import grpc
        from klausul.v1 import (compliance_service_pb2,
                                compliance_service_pb2_grpc)
        seen = {}
        wrong = []
        stop = threading.Event()

        def check(report):
            stamp = report.rule_sets[0]
            version = int(stamp.version.split(".")[1])
            titles = {finding.title for finding in report.findings}
            if (titles != {f"Title {version}"} or len(report.findings) != 3
                    or version and version % BROKEN_EVERY == 0
                    or seen.setdefault(stamp.digest, version) != version):
                wrong.append((stamp, titles))

        def call(address, number):
            request = compliance_service_pb2.EvaluateRequest()
            request.options.language = "en"
            request.plan.id = f"plan-{number}"
            request.plan.buyer.country = "NO"
            for date, day in ((request.plan.dates.notice_sent, 1),
                              (request.plan.dates.tender_deadline, 11)):
                date.year, date.month, date.day = 2026, 3, day
            with grpc.insecure_channel(address) as channel:
                stub = compliance_service_pb2_grpc.ComplianceServiceStub(
                    channel)
                while not stop.is_set():
                    check(stub.Evaluate(request,
                                        timeout=TIMEOUT_SECONDS).report)
                    message = compliance_service_pb2.EvaluateStreamRequest(
                        options=request.options)
                    for _ in range(8):
                        message.entries.add().plan.CopyFrom(request.plan)
                    for response in stub.EvaluateStream(
                            iter([message]), timeout=TIMEOUT_SECONDS):
                        for result in response.results:
                            check(result.response.report)

        log = self.path("decisions.jsonl")
        archive = self.path("archive")
        with self.server("--archive", archive, "--decision-log", log,
                         "--decision-log-plans", "--decision-log-keep", "100",
                         "--decision-log-max-mib",
                         str(1 + RELOADS // 1000)) as address:
            callers = [threading.Thread(target=call, args=(address, number))
                       for number in range(2)]
            for caller in callers:
                caller.start()
            memory = []
            try:
                for version in range(1, RELOADS + 1):
                    self.put(version)
                    os.kill(address.pid, signal.SIGHUP)
                    broken = version // BROKEN_EVERY
                    if version % BROKEN_EVERY:
                        self.wait_for('klausul_reloads_total{result="loaded"}',
                                      version - broken)
                    else:
                        self.wait_for(
                            'klausul_reloads_total{result="refused"}', broken)
                    with open(f"/proc/{address.pid}/status") as status:
                        memory += [int(line.split()[1]) // 1024
                                   for line in status
                                   if line.startswith("VmRSS")]
            finally:
                stop.set()
                for caller in callers:
                    caller.join()
            dropped = self.metric("klausul_decision_log_dropped_total")
            plans = self.metric("klausul_plans_total")
        self.assertEqual(wrong, [])
        self.assertGreater(plans, 0)
        self.assertEqual(dropped, 0)
        # Oldest first.
        logs = [log.with_name(f"{log.name}.{number}")
                for number in range(100, 0, -1)]
        done = run("replay", *filter(os.path.exists, logs), log, "--archive",
                   archive)
        self.assertCode(done, 0)
        self.assertEqual(done.out.splitlines()[-1],
                         f"{int(plans)} evaluations: {int(plans)} identical, "
                         "0 different, 0 not replayed, 0 missing in the log")
        print(f"{RELOADS} reloads, {int(plans)} evaluations under {len(seen)} "
              f"rule sets; MiB after a tenth, half, all of them: "
              f"{memory[len(memory) // 10]}, {memory[len(memory) // 2]}, "
              f"{memory[-1]}", file=sys.stderr)

    def test_documents_of_all_kinds_can_be_replayed(self):
        log = self.path("decisions.jsonl")
        archive = self.path("archive")
        folders = [SOURCE_DIR / "tests/golden",
                   SOURCE_DIR / "client-examples/samples"]
        # Findings take most room by far; their digest is there in any case.
        findings = ["--decision-log-findings"] if ROUNDS == 1 else []
        with serving("--archive", archive, "--decision-log", log,
                     "--decision-log-plans", "--decision-log-mask",
                     "buyer.name", "--decision-log-max-mib", "10000",
                     *findings) as address:
            for number in range(ROUNDS):
                lang = ("nb", "nn", "en")[number % 3]
                run("check", "--server", address, "--all", "--lang", lang,
                    "--as-of", f"20{16 + number % 12}-07-01", "--format",
                    "json", *folders)
        done = run("replay", log, "--archive", archive)
        self.assertCode(done, 0)
        self.assertRegex(
            done.out, r"^(\d{2,}) evaluations: \1 identical, 0 different, "
            r"0 not replayed, 0 missing in the log\n$")
        print(done.out, file=sys.stderr)


if __name__ == "__main__":
    main()
