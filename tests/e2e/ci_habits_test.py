"""The CI templates' steps, by hand: what a repository with broken notices gets.

A clean git repository, two notices with a breach each, the `run:` lines of
client-examples/ci as a shell would run them.
"""
import json
import os
import pathlib
import re
import stat
import subprocess
import xml.etree.ElementTree as ElementTree

from harness import (BREAKS_ERROR, BREAKS_NOTHING, KLAUSUL, SOURCE_DIR,
                     TIMEOUT_SECONDS, TestCase, environment, main, plan, write)

TEMPLATES = SOURCE_DIR / "client-examples/ci"

WAIVER = """\
waivers:
  - rule: no.test.error
    path: tenders/one.yaml
    reason: The contract ends this year.
    owner: innkjop@fjordvik.example
    until: {until}
"""


def github_steps():
    """The `run:` blocks of the workflow by the names of their steps."""
    text = (TEMPLATES / "github-actions.yml").read_text()
    steps = {}
    for name, block in re.findall(
            r"- name: (.+)\n(?:(?!      - ).*\n)*?        run: \|\n"
            r"((?:          .*\n)+)", text):
        steps[name] = re.sub("^          ", "", block, flags=re.MULTILINE)
    return steps


def gitlab_script():
    """The lines under `script:`."""
    text = (TEMPLATES / "gitlab-ci.yml").read_text()
    block = re.search(r"  script:\n((?:    - .*\n)+)", text).group(1)
    return [line[6:] for line in block.splitlines()]


class CiHabits(TestCase):

    def setUp(self):
        super().setUp()
        self.repository = self.folder / "repository"
        write(self.repository, {
            "tenders/one.yaml": plan(plan_id="one"),
            "tenders/two.yaml": "# A comment before it.\n\n"
                                + plan(plan_id="two"),
            "tenders/clean.yaml": BREAKS_NOTHING,
            # No procurement documents: skipped.
            "package.json": '{"name": "x"}\n',
            ".github/workflows/ci.yaml": "on: push\n",
        })
        # The template calls `klausul`; here it has rules of its own.
        tools = self.folder / "tools"
        write(tools, {"klausul": f'#!/bin/sh\nexec "{KLAUSUL}" "$@"\n'})
        (tools / "klausul").chmod(stat.S_IRWXU)
        self.env = environment(
            KLAUSUL_RULES_DIR=str(self.rules),
            PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
            GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("first")

    def git(self, *arguments):
        done = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.com",
             *arguments], cwd=self.repository, env=self.env, check=True,
            capture_output=True, timeout=TIMEOUT_SECONDS)
        return done.stdout.decode().strip()

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def shell(self, script, base=""):
        """Runs a step as the CI systems do: stop at the first failure."""
        return subprocess.run(
            ["sh", "-e", "-c", script], cwd=self.repository,
            env={**self.env, "BASE": base}, capture_output=True,
            timeout=TIMEOUT_SECONDS, check=False)

    def check_step(self, base=""):
        """The template's check: exit code and the results of its SARIF."""
        done = self.shell(github_steps()["Check"], base)
        sarif = json.loads((self.repository / "klausul.sarif").read_text())
        (self.repository / "klausul.sarif").unlink()
        self.assertEqual(sarif["version"], "2.1.0")
        run, = sarif["runs"]
        for result in run["results"]:
            self.assertEqual(
                run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"],
                result["ruleId"])
        return done.returncode, [
            result for result in run["results"]
            if result["level"] == "error"]

    @staticmethod
    def place(result):
        physical = result["locations"][0]["physicalLocation"]
        return (physical["artifactLocation"]["uri"],
                physical["region"]["startLine"])

    def test_two_broken_notices_are_two_results_at_their_lines(self):
        code, results = self.check_step()
        self.assertEqual(code, 1)
        self.assertEqual([self.place(result) for result in results],
                         [("tenders/one.yaml", 3), ("tenders/two.yaml", 5)])
        self.assertEqual(len({result["partialFingerprints"]["klausul/v1"]
                              for result in results}), 2)

    def test_after_waiving_one_there_is_one(self):
        write(self.repository, {".klausul.yaml": WAIVER.format(
            until="2199-12-31")})
        code, results = self.check_step()
        self.assertEqual(code, 1)
        active = [r for r in results if "suppressions" not in r]
        self.assertEqual([self.place(result) for result in active],
                         [("tenders/two.yaml", 5)])
        suppressed, = [r for r in results if "suppressions" in r]
        self.assertIn("The contract ends this year.",
                      suppressed["suppressions"][0]["justification"])

    def test_a_waiver_that_has_ended_is_a_finding(self):
        write(self.repository, {".klausul.yaml": WAIVER.format(
            until="2020-12-31")})
        code, results = self.check_step()
        self.assertEqual((code, len(results)), (1, 2))
        done = self.shell("klausul check --format json .")
        report = json.loads(done.stdout)
        self.assertEqual(
            [f["severity"] for document in report["documents"]
             for f in document["findings"]
             if f["ruleId"] == "klausul.waiver.expired"
             and f["outcome"] == "VIOLATED"], ["WARNING"])
        self.assertEqual(report["summary"]["waived"], 0)

    def test_a_fingerprint_outlives_other_edits(self):
        _, before = self.check_step()
        one = self.repository / "tenders/one.yaml"
        one.write_text("# moved\n\n\n" + one.read_text())
        _, after = self.check_step()
        self.assertEqual(self.place(after[0]), ("tenders/one.yaml", 6))
        self.assertEqual(after[0]["partialFingerprints"],
                         before[0]["partialFingerprints"])

    def test_annotations_name_the_lines_and_never_fail(self):
        done = self.shell(github_steps()["Annotate"])
        self.assertEqual(done.returncode, 0)
        self.assertIn("::error file=tenders/one.yaml,line=3,",
                      done.stdout.decode())

    def test_of_a_change_only_what_changed_is_checked(self):
        base = self.git("rev-parse", "HEAD")
        code, results = self.check_step(base)
        self.assertEqual((code, results), (0, []))
        write(self.repository, {"tenders/three.yaml": plan(plan_id="three")})
        self.commit("three")
        # Neither committed nor even known to git yet: changed all the same.
        write(self.repository, {"tenders/four.yaml": plan(plan_id="four")})
        code, results = self.check_step(base)
        self.assertEqual(code, 1)
        self.assertEqual([self.place(result)[0] for result in results],
                         ["tenders/four.yaml", "tenders/three.yaml"])

    def test_what_the_base_branch_did_since_is_not_the_changes(self):
        self.git("checkout", "--quiet", "-b", "change")
        write(self.repository, {"tenders/three.yaml": plan(plan_id="three")})
        self.commit("three")
        self.git("checkout", "--quiet", "main")
        write(self.repository, {"tenders/two.yaml": BREAKS_NOTHING})
        base = self.commit("mended")
        self.git("checkout", "--quiet", "change")
        _, results = self.check_step(base)
        self.assertEqual([self.place(result)[0] for result in results],
                         ["tenders/three.yaml"])

    def test_a_base_that_is_no_commit_is_bad_usage(self):
        for base in ("no-such-commit", "--output=x"):
            done = self.shell(f"klausul check --diff={base} .")
            self.assertEqual(done.returncode, 2)
            self.assertIn("is no commit", done.stderr.decode())

    def test_only_what_a_baseline_lacks_fails(self):
        self.shell("klausul check --format jsonl --output base.jsonl .")
        done = self.shell("klausul check --baseline base.jsonl .")
        self.assertEqual(done.returncode, 0, done.stdout.decode())
        write(self.repository, {"tenders/three.yaml": plan(plan_id="three")})
        done = self.shell(
            "klausul check --baseline base.jsonl --format json .")
        self.assertEqual(done.returncode, 1)
        summary = json.loads(done.stdout)["summary"]
        self.assertEqual(summary["violated"]["error"], 3)
        self.assertEqual(summary["known"]["error"], 2)
        (self.repository / "base.jsonl").unlink()
        for form in ("json", "sarif"):
            self.shell(f"klausul check --format {form} --output base .")
            done = self.shell("klausul check --baseline base .")
            self.assertEqual(done.returncode, 0, form)

    def test_gitlab_gets_a_page_and_a_junit_report(self):
        page, junit = gitlab_script()
        self.assertEqual(self.shell(page).returncode, 0)
        self.assertIn("<svg", (self.repository / "klausul.html").read_text())
        self.assertEqual(self.shell(junit).returncode, 1)
        suites = ElementTree.parse(self.repository / "klausul.xml").getroot()
        self.assertEqual(
            {suite.get("name"): suite.get("failures") for suite in suites},
            {"tenders/one.yaml": "1", "tenders/two.yaml": "1",
             "tenders/clean.yaml": "0"})

    def test_the_pre_commit_hook_checks_what_is_about_to_be_committed(self):
        hook = re.search(r"entry: (.+)",
                         (SOURCE_DIR / ".pre-commit-hooks.yaml").read_text())
        self.assertEqual(self.shell(hook.group(1)).returncode, 0)
        write(self.repository, {"tenders/three.yaml": plan(plan_id="three")})
        self.git("add", "--all")
        done = self.shell(hook.group(1))
        self.assertEqual(done.returncode, 1)
        self.assertIn("three.yaml:3:", done.stdout.decode())

    def test_init_writes_what_check_reads(self):
        done = self.shell("klausul init && klausul init")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--force", done.stderr.decode())
        text = (self.repository / ".klausul.yaml").read_text()
        self.assertTrue(text.startswith(
            "# yaml-language-server: $schema=.klausul.schema.json\n"))
        schema = json.loads(
            (self.repository / ".klausul.schema.json").read_text())
        self.assertIn("no.test.error",
                      schema["properties"]["severities"]["properties"])
        code, results = self.check_step()
        self.assertEqual((code, len(results)), (1, 2))
        # What the comments propose is right, too.
        stated = re.sub(r"^(  |)# (?=[ -]|rule_sets|no\.|include|exclude)",
                        r"\1", text, flags=re.MULTILINE)
        (self.repository / ".klausul.yaml").write_text(stated)
        done = self.shell("klausul check .")
        self.assertNotEqual(done.returncode, 2, stated
                            + done.stderr.decode())
        self.assertIn("no.test", stated)

    def test_configuration_decides_sets_severities_and_paths(self):
        write(self.repository, {".klausul.yaml": (
            "severities: {no.test.error: warning}\n"
            "paths: {exclude: [tenders/two.yaml]}\n")})
        done = self.shell("klausul check --lang en --format json tenders")
        self.assertEqual(done.returncode, 0)
        report = json.loads(done.stdout)
        self.assertEqual([d["uri"] for d in report["documents"]],
                         ["tenders/clean.yaml", "tenders/one.yaml"])
        self.assertIn("taken down from ERROR to WARNING",
                      report["documents"][1]["notes"][0])
        write(self.repository, {".klausul.yaml": "rule_sets: [nope]\n"})
        done = self.shell("klausul check tenders")
        self.assertEqual(done.returncode, 2)
        self.assertIn(".klausul.yaml:1:13", done.stderr.decode())
        self.assertIn("there is no rule set `nope`", done.stderr.decode())

    def test_patterns_and_standard_input(self):
        done = self.shell("klausul check --format csv '**/t*.yaml' - "
                          "< tenders/one.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            {row.split(",")[0] for row in done.stdout.decode().splitlines()},
            {"document", "tenders/two.yaml", "-"})
        done = self.shell("klausul check '*.nothing'")
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    main()
