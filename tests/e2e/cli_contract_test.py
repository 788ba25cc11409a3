"""The command line keeps its contract (README, "Commands")."""
import json
import os
import pty
import signal
import socket
import subprocess

from harness import (BREAKS_ADVICE, BREAKS_ERROR, BREAKS_NOTHING,
                     BREAKS_WARNING, KLAUSUL, TIMEOUT_SECONDS, TestCase,
                     environment, main, plan, rule, run, serving, write)


class ExitCodes(TestCase):

    def test_breaches_by_level(self):
        plans = {"error": BREAKS_ERROR, "warning": BREAKS_WARNING,
                 "advice": BREAKS_ADVICE, "nothing": BREAKS_NOTHING}
        expected = {
            ("error", "error"): 1, ("error", "warning"): 1,
            ("error", "advice"): 1, ("error", "never"): 0,
            ("warning", "error"): 0, ("warning", "warning"): 1,
            ("warning", "advice"): 1, ("warning", "never"): 0,
            ("advice", "error"): 0, ("advice", "warning"): 0,
            ("advice", "advice"): 1, ("advice", "never"): 0,
            ("nothing", "error"): 0, ("nothing", "advice"): 0,
        }
        for (broken, level), code in expected.items():
            with self.subTest(broken=broken, fail_on=level):
                path = self.path(f"{broken}.yaml", plans[broken])
                self.assertCode(self.check(path, "--fail-on", level), code)

    def test_error_is_the_default_level(self):
        self.assertCode(self.check(self.path("a.yaml", BREAKS_ERROR)), 1)
        self.assertCode(self.check(self.path("b.yaml", BREAKS_WARNING)), 0)

    def test_unreadable_input_is_2_and_the_rest_is_still_evaluated(self):
        result = self.check(
            self.path("bad.yaml", "id: [\n"),
            self.path("good.yaml", BREAKS_ERROR), "--format", "json")
        self.assertCode(result, 2)
        report = json.loads(result.out)
        self.assertEqual(
            [d["uri"].rsplit("/", 1)[1] for d in report["documents"]],
            ["bad.yaml", "good.yaml"])
        self.assertIn("error", report["documents"][0])
        self.assertGreaterEqual(report["documents"][0]["error"]["line"], 1)
        self.assertEqual(report["summary"]["unreadable"], 1)
        self.assertEqual(report["summary"]["documents"], 1)
        self.assertEqual(report["summary"]["violated"]["error"], 1)

    def test_unreadable_input_is_named_on_standard_error(self):
        result = self.check(self.path("bad.yaml", "id: a\nbuyer: {nam: b}\n"))
        self.assertCode(result, 2)
        self.assertRegex(result.out + result.err, r"bad\.yaml:2:9")
        self.assertIn("bad.yaml", result.err)
        self.assertIn("did you mean `name`?", result.out + result.err)

    def test_a_missing_file(self):
        result = self.check(self.folder / "none.yaml")
        self.assertCode(result, 2)
        self.assertIn("none.yaml", result.err)

    def test_a_failed_evaluation(self):
        write(self.rules, {"failing.yaml": "rules:\n" + rule(
            "no.test.failing", "error", "10 / size(plan.id) / 0 > 1")})
        result = self.check(self.path("a.yaml", BREAKS_NOTHING),
                            "--format", "json")
        self.assertCode(result, 2)
        outcomes = {f["ruleId"]: f["outcome"] for f in
                    json.loads(result.out)["documents"][0]["findings"]}
        self.assertEqual(outcomes.get("no.test.failing"), "FAILED")

    def test_wrong_values_of_options(self):
        path = self.path("a.yaml", BREAKS_NOTHING)
        for arguments, said in (
                (["--as-of", "2026-02-30"], "2026-02-30"),
                (["--as-of", "yesterday"], "yesterday"),
                (["--lang", "de"], "de"),
                (["--format", "xls"], "xls"),
                (["--fail-on", "often"], "often"),
                (["--jobs", "many"], "many"),
                (["--jobs", "-1"], "-1"),
                (["--rules", "on"], "on"),
                (["--rules-dir", self.folder / "none"], "none"),
                (["--output", self.folder / "none" / "out"], "none")):
            with self.subTest(arguments=arguments):
                result = run("check", path, "--rules-dir", self.rules,
                             *arguments) if "--rules-dir" not in arguments \
                    else run("check", path, *arguments)
                self.assertCode(result, 2)
                self.assertIn(said, result.err)
                self.assertEqual(result.out, "")

    def test_nothing_to_check(self):
        self.assertCode(self.check(), 2)

    def test_suggestions(self):
        for arguments, suggestion in (
                (["chek", "a.yaml"], "`check`"),
                (["check", "a.yaml", "--fromat", "json"], "`--format`"),
                (["rules", "lst"], "`list`"),
                (["check", "a.yaml", "--rules", "noo"], "`no`"),
                (["explain", "no.test.eror", "a.yaml"], "`no.test.error`")):
            with self.subTest(arguments=arguments):
                write(self.folder, {"a.yaml": BREAKS_NOTHING})
                result = run(*arguments, cwd=self.folder,
                             env=environment(
                                 KLAUSUL_RULES_DIR=str(self.rules)))
                self.assertCode(result, 2)
                self.assertIn(f"did you mean {suggestion}?", result.err)

    def test_no_command(self):
        self.assertCode(run(), 2)

    def test_help_and_version(self):
        for arguments in (["--help"], ["check", "--help"], ["--version"],
                          ["rules", "--help"], ["serve", "--help"]):
            result = run(*arguments)
            self.assertCode(result, 0)
            self.assertIn("klausul", result.out)
            self.assertEqual(result.err, "")


class Forms(TestCase):

    def test_json(self):
        result = self.check(self.path("a.yaml", BREAKS_ERROR),
                            "--format", "json")
        self.assertEqual(result.err, "")
        report = json.loads(result.out)
        self.assertEqual(set(report), {"documents", "summary"})
        document = report["documents"][0]
        self.assertTrue(document["uri"].endswith("a.yaml"))
        self.assertEqual(document["kind"], "PLAN")
        self.assertEqual(document["planId"], "p-1")
        self.assertEqual(document["asOf"], "2026-03-01")
        self.assertEqual(document["asOfBasis"], "STARTED")
        self.assertEqual(document["ruleSets"][0]["id"], "no")
        self.assertRegex(document["ruleSets"][0]["digest"],
                         "^sha256:[0-9a-f]{64}$")
        ids = [f["ruleId"] for f in document["findings"]]
        self.assertEqual(ids, sorted(ids))
        self.assertNotIn("no.test.satisfied", ids)
        finding = document["findings"][ids.index("no.test.error")]
        self.assertEqual(finding["outcome"], "VIOLATED")
        self.assertEqual(finding["severity"], "ERROR")
        self.assertEqual(finding["confidence"], "SEEN_IN_SOURCE")
        self.assertEqual(finding["title"], "Title")
        self.assertEqual(finding["message"], "Breach.")
        self.assertEqual(finding["remedy"], "Mend it.")
        self.assertEqual(finding["legalBasis"][0]["instrument"], "FOA")
        self.assertEqual(finding["legalBasis"][0]["provision"], "§ 1 (2)")
        self.assertEqual(finding["locations"][0]["line"], 3)
        self.assertRegex(finding["fingerprint"], "^[0-9a-f]{32}$")
        undecided = document["findings"][ids.index("no.test.open")]
        self.assertEqual(undecided["outcome"], "UNDETERMINED")
        self.assertEqual(undecided["missing"],
                         ["contract.nature", "procedure.kind"])
        self.assertEqual(report["summary"], {
            "documents": 1, "unreadable": 0, "skipped": 0,
            "violated": {"error": 1, "warning": 1, "advice": 1},
            "undetermined": 1, "failed": 0, "waived": 0})

    def test_all_shows_every_outcome(self):
        path = self.path("a.yaml", plan(
            "2026-04-05", more="contract: {nature: WORKS}\n"))
        report = json.loads(
            self.check(path, "--format", "json", "--all").out)
        outcomes = {f["ruleId"]: f["outcome"]
                    for f in report["documents"][0]["findings"]}
        self.assertEqual(outcomes, {
            "no.test.advice": "VIOLATED", "no.test.error": "SATISFIED",
            "no.test.open": "NOT_APPLICABLE", "no.test.warning": "VIOLATED"})

    def test_jsonl_is_one_document_a_line_in_order(self):
        names = [f"{i:03}.yaml" for i in range(40)]
        write(self.folder / "plans",
              {name: plan(plan_id=name[:3]) for name in names})
        result = self.check(self.folder / "plans", "--format", "jsonl",
                            "--jobs", "4")
        self.assertCode(result, 1)
        documents = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual([d["planId"] for d in documents],
                         [name[:3] for name in names])

    def test_text_is_the_default_and_sums_up(self):
        result = self.check(self.path("a.yaml", BREAKS_ERROR),
                            self.path("b.yaml", "id: ["))
        self.assertIn("no.test.error", result.out)
        self.assertIn("§ 1 (2)", result.out)
        self.assertIn("Mend it.", result.out)
        self.assertRegex(result.out, r"a\.yaml:3:\d+")
        self.assertRegex(result.out.rstrip().splitlines()[-1], r"\d")

    def test_languages(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        for language, message in (("nb", "Brudd."), ("nn", "Brot."),
                                  ("en", "Breach.")):
            result = run("check", path, "--rules-dir", self.rules,
                         "--lang", language, "--format", "json")
            self.assertIn(message, result.out)
        self.assertIn("Brudd.", run("check", path, "--rules-dir",
                                    self.rules).out)

    def test_output_goes_to_the_file(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        out = self.folder / "out.json"
        result = self.check(path, "--format", "json", "--output", out)
        self.assertCode(result, 1)
        self.assertEqual(result.out, "")
        self.assertEqual(out.read_text(),
                         self.check(path, "--format", "json").out)

    def test_the_same_input_gives_the_same_bytes(self):
        write(self.folder / "plans", {
            "a.yaml": BREAKS_ERROR, "b.yaml": "x: [", "c.json": "{}"})
        runs = {self.check(self.folder / "plans", "--format", "json",
                           "--as-of", "2026-07-01", "--jobs", jobs).out
                for jobs in ("1", "2", "8")}
        self.assertEqual(len(runs), 1)

    def test_as_of_is_the_date_of_law(self):
        result = self.check(self.path("a.yaml", BREAKS_ERROR), "--format",
                            "json", "--as-of", "2025-01-31")
        document = json.loads(result.out)["documents"][0]
        self.assertEqual(document["asOf"], "2025-01-31")
        self.assertEqual(document["asOfBasis"], "REQUEST")

    def test_a_date_before_every_rule_is_noted(self):
        result = self.check(self.path("a.yaml", BREAKS_ERROR), "--format",
                            "json", "--as-of", "2010-01-31")
        self.assertCode(result, 0)
        self.assertTrue(json.loads(result.out)["documents"][0]["notes"])

    def test_a_country_without_rules_is_no_error(self):
        result = self.check(
            self.path("a.yaml", plan(country="SE")), "--format", "json")
        self.assertCode(result, 0)
        document = json.loads(result.out)["documents"][0]
        self.assertFalse(document.get("ruleSets"))
        self.assertFalse(document.get("findings"))
        self.assertTrue(document["notes"])


class Inputs(TestCase):

    def uris(self, result):
        return [d["uri"] for d in json.loads(result.out)["documents"]]

    def test_standard_input(self):
        result = self.check("-", "--format", "json", stdin=BREAKS_ERROR)
        self.assertCode(result, 1)
        self.assertEqual(self.uris(result), ["-"])

    def test_json_plans(self):
        content = json.dumps({
            "id": "p", "buyer": {"country": "NO"},
            "dates": {"notice_sent": "2026-03-01",
                      "tender_deadline": "2026-03-11"}})
        self.assertCode(self.check(self.path("a.json", content)), 1)

    def test_folders_are_walked(self):
        write(self.folder / "in", {
            "b.yaml": BREAKS_ERROR, "a/c.yml": BREAKS_NOTHING,
            "a/.hidden.yaml": "x: [", ".git/d.yaml": "x: [",
            ".klausul.yaml": "paths: {}\n", "note.txt": "x: [",
            "other.json": '{"hello": "world"}'})
        result = self.check(self.folder / "in", "--format", "json")
        self.assertCode(result, 1)
        self.assertEqual([uri.split("/in/")[1] for uri in self.uris(result)],
                         ["a/c.yml", "b.yaml"])
        self.assertEqual(json.loads(result.out)["summary"]["skipped"], 1)
        # It is no document; it is the configuration, and a broken one is
        # bad usage.
        self.path("in/.klausul.yaml", "x: [")
        result = self.check(self.folder / "in", "--format", "json")
        self.assertCode(result, 2)
        self.assertEqual(result.out, "")
        self.assertIn(".klausul.yaml:1:5", result.err)

    def test_what_the_user_named_is_never_skipped(self):
        result = self.check(self.path("other.json", '{"hello": "world"}'),
                            "--format", "json")
        self.assertCode(result, 2)
        self.assertEqual(json.loads(result.out)["summary"]["unreadable"], 1)

    def test_an_empty_folder_is_no_error(self):
        (self.folder / "empty").mkdir()
        result = self.check(self.folder / "empty", "--format", "json")
        self.assertCode(result, 0)
        self.assertEqual(self.uris(result), [])

    def test_json_lines(self):
        lines = [{"id": "a", "buyer": {"country": "NO"}}, None,
                 {"id": "b", "buyer": {"country": "NO"}}]
        content = "\n".join(json.dumps(line) if line else "" for line in lines)
        result = self.check(self.path("plans.jsonl", content),
                            "--format", "json")
        self.assertEqual(
            [uri.split("/")[-3:] for uri in self.uris(result)],
            [["plans.jsonl#", "lines", "1"], ["plans.jsonl#", "lines", "3"]])

    def test_a_bad_line_of_json_lines_has_its_place(self):
        result = self.check(
            self.path("plans.jsonl", '{"id": "a"}\n{"id": }\n'),
            "--format", "json")
        self.assertCode(result, 2)
        documents = json.loads(result.out)["documents"]
        self.assertEqual(documents[1]["error"]["line"], 2)
        self.assertNotIn("error", documents[0])


class Rules(TestCase):

    def test_rules_dir_of_the_environment(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        env = environment(KLAUSUL_RULES_DIR=str(self.rules))
        result = run("check", path, "--format", "json", env=env)
        self.assertIn("no.test.error", result.out)

    def test_the_option_wins_over_the_environment(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        env = environment(KLAUSUL_RULES_DIR=str(self.folder / "none"))
        self.assertCode(self.check(path, env=env), 1)
        self.assertCode(run("check", path, env=env), 2)

    def test_the_built_in_rules_are_the_default(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        result = run("check", path, "--format", "json", cwd=self.folder)
        document = json.loads(result.out)["documents"][0]
        self.assertEqual(document["ruleSets"][0]["id"], "no")
        self.assertNotIn("no.test.error", result.out)

    def test_a_broken_rule_set_is_refused_with_its_place(self):
        write(self.rules, {"broken.yaml": "rules:\n" + rule(
            "no.test.broken", "error", "dates.tender_deadlin == 1")})
        result = self.check(self.path("a.yaml", BREAKS_ERROR))
        self.assertCode(result, 2)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"broken\.yaml:10:13")
        self.assertIn("^^^^", result.err)
        self.assertIn("did you mean `tender_deadline`?", result.err)

    def test_lint_test_list_show(self):
        write(self.rules, {
            "plans/base.yaml": plan(),
            "more.yaml": "rules:\n" + rule(
                "no.test.more", "error", "procedure.kind == OPEN")
            + "    examples:\n"
            + "      - {name: unstated, base: base, outcome: undetermined}\n"})
        result = run("rules", "test", "--rules-dir", self.rules)
        self.assertCode(result, 0)
        self.assertIn("1 example", result.out)
        # The other rules have no examples, which lint minds.
        result = run("rules", "lint", "--rules-dir", self.rules)
        self.assertCode(result, 1)
        self.assertIn("no.test.error", result.out)
        result = run("rules", "list", "--rules-dir", self.rules)
        self.assertCode(result, 0)
        self.assertIn("no.test.more", result.out)
        result = run("rules", "show", "no.test.more", "--rules-dir",
                     self.rules, "--lang", "en")
        self.assertCode(result, 0)
        self.assertIn("§ 1 (2)", result.out)
        result = run("rules", "show", "no.test.mor", "--rules-dir",
                     self.rules)
        self.assertCode(result, 2)
        self.assertIn("did you mean `no.test.more`?", result.err)

    def test_a_failing_example_is_1(self):
        write(self.rules, {
            "plans/base.yaml": plan(),
            "more.yaml": "rules:\n" + rule(
                "no.test.more", "error", "procedure.kind == OPEN")
            + "    examples:\n"
            + "      - {name: wrong, base: base, outcome: satisfied}\n"})
        result = run("rules", "test", "--rules-dir", self.rules)
        self.assertCode(result, 1)
        self.assertIn("no.test.more", result.out)
        self.assertIn("wrong", result.out)

    def test_fmt_lays_expressions_out_in_place(self):
        text = ("rules:\n" + rule("no.test.more", "error", "aaa&&  bbb")
                + "    # a+b stays\n")
        path = self.path("more.yaml", text)
        check = run("rules", "fmt", "--check", path)
        self.assertCode(check, 1)
        self.assertEqual(check.out.splitlines(),
                         [str(path), "1 files, 1 would change"])
        with open(path) as file:
            self.assertEqual(file.read(), text)
        self.assertCode(run("rules", "fmt", path), 0)
        with open(path) as file:
            self.assertEqual(file.read(),
                             text.replace("aaa&&  bbb", "aaa && bbb"))
        self.assertCode(run("rules", "fmt", "--check", path), 0)

    def test_fmt_of_what_cannot_be_read(self):
        path = self.path("more.yaml", "rules:\n" + rule(
            "no.test.more", "error", "aaa &&"))
        result = run("rules", "fmt", path)
        self.assertCode(result, 2)
        self.assertRegex(result.err, r"more\.yaml:\d+:\d+")

    def test_the_built_in_rules_pass_their_own_checks(self):
        source = os.environ["KLAUSUL_SOURCE_DIR"]
        for command in ("lint", "test"):
            result = run("rules", command, "--rules-dir",
                         os.path.join(source, "rules"))
            self.assertCode(result, 0)
        self.assertCode(
            run("rules", "fmt", "--check", os.path.join(source, "rules")), 0)


class Tools(TestCase):

    def test_eval(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        result = run("eval",
                     "days_between(dates.notice_sent, dates.tender_deadline)",
                     path, "--rules-dir", self.rules)
        self.assertCode(result, 0)
        self.assertIn("10", result.out)
        result = run("eval", "procedure.kind == OPEN", path, "--rules-dir",
                     self.rules)
        self.assertCode(result, 0)
        self.assertIn("procedure.kind", result.out)
        result = run("eval", "procedure.knd == OPEN", path, "--rules-dir",
                     self.rules)
        self.assertCode(result, 2)
        self.assertIn("did you mean `kind`?", result.err)

    def test_explain(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        result = run("explain", "no.test.error", path, "--rules-dir",
                     self.rules, "--lang", "en")
        self.assertCode(result, 0)
        for part in ("§ 1 (2)", "VIOLATED", "days_between", "10"):
            self.assertIn(part, result.out)

    def test_convert_keeps_the_plan(self):
        path = self.path("a.yaml", BREAKS_ERROR)
        result = run("convert", path)
        self.assertCode(result, 0)
        again = self.path("b.yaml", result.out)
        self.assertEqual(run("convert", again).out, result.out)
        finding = "no.test.error"
        self.assertIn(finding, self.check(again, "--format", "json").out)


class Colour(TestCase):

    def colours(self, **changes):
        """Whether a run on a terminal uses colours."""
        path = self.path("a.yaml", BREAKS_ERROR)
        try:
            terminal, end = pty.openpty()
        except OSError as error:
            self.skipTest(f"this machine has no pseudo-terminals: {error}")
        try:
            with subprocess.Popen(
                    [KLAUSUL, "check", "--rules-dir", str(self.rules),
                     str(path)], stdin=subprocess.DEVNULL, stdout=end,
                    stderr=end, env=environment(TERM="xterm", **changes)) as p:
                os.close(end)
                output = b""
                while True:
                    try:
                        part = os.read(terminal, 65536)
                    except OSError:
                        # The way a terminal says that its other end is gone.
                        break
                    if not part:
                        break
                    output += part
                p.wait(timeout=TIMEOUT_SECONDS)
        finally:
            os.close(terminal)
        self.assertIn(b"no.test.error", output)
        return b"\x1b[" in output

    def test_only_on_a_terminal_and_without_no_color(self):
        self.assertTrue(self.colours())
        self.assertFalse(self.colours(NO_COLOR="1"))
        path = self.path("a.yaml", BREAKS_ERROR)
        self.assertNotIn("\x1b[", self.check(path).out)


class Serving(TestCase):

    def test_ping_and_a_drained_end(self):
        # serving() itself asks for exit code 0 after SIGTERM.
        with serving("--rules-dir", self.rules) as address:
            self.assertCode(run("ping", address), 0)
        self.assertNotEqual(run("ping", address).code, 0)

    def test_an_interrupt_ends_it_too(self):
        port_file = self.folder / "port"
        with subprocess.Popen(
                [KLAUSUL, "serve", "--listen", "127.0.0.1:0", "--port-file",
                 str(port_file), "--rules-dir", str(self.rules)],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=environment()) as process:
            while not port_file.exists():
                self.assertIsNone(process.poll())
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
            self.assertEqual(process.returncode, 0)

    def test_start_failures(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            for arguments, said in (
                    (["--listen", f"127.0.0.1:{port}"], str(port)),
                    (["--listen", "nowhere"], "HOST:PORT"),
                    (["--listen", "127.0.0.1:99999"], "99999"),
                    (["--rules-dir", self.folder / "none"], "none"),
                    (["--port-file", self.folder / "none" / "port",
                      "--listen", "127.0.0.1:0"], "--port-file")):
                with self.subTest(arguments=arguments):
                    result = run("serve", *arguments)
                    self.assertCode(result, 2)
                    self.assertIn(said, result.err)

    def test_a_server_that_is_not_there(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        result = run("check", self.path("a.yaml", BREAKS_ERROR), "--server",
                     address)
        self.assertCode(result, 2)
        self.assertIn(address, result.err)


if __name__ == "__main__":
    main()
