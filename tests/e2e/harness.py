"""What the end-to-end tests share: the program, its server, a small rule set.

The environment says what to test (see CMakeLists.txt); by hand:

    KLAUSUL=build/release/klausul KLAUSUL_SOURCE_DIR=. \
        KLAUSUL_E2E_DIR=/tmp/e2e python3 tests/e2e/cli_contract_test.py
"""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

KLAUSUL = os.path.abspath(os.environ["KLAUSUL"])
SOURCE_DIR = pathlib.Path(os.environ["KLAUSUL_SOURCE_DIR"]).resolve()
WORK_DIR = pathlib.Path(os.environ["KLAUSUL_E2E_DIR"]).resolve()

# Anything slower than this is a hang.
TIMEOUT_SECONDS = 120

# Exit codes of a process that was ended by a signal are negative here.
CRASH_CODES = range(-64, 0)

RULE_SET = """\
id: "no"
version: "1.0"
jurisdiction: "NO"
title: {nb: Prøve, nn: Prøve, en: Test}
instruments:
  - short: FOA
    name: {nb: Forskrift, nn: Forskrift, en: Regulation}
    url: "https://example.com/foa"
"""


def rule(rule_id, severity, requires, applies=None):
    """A rule of the test set as YAML, without examples."""
    lines = [
        f"  - id: {rule_id}",
        "    title: {nb: Tittel, nn: Tittel nn, en: Title}",
        '    legal_basis: [{instrument: FOA, provision: "§ 1 (2)"}]',
        "    register: [T-1]",
        "    in_force: {from: 2017-01-01}",
        f"    severity: {severity}",
        "    confidence: seen-in-source",
    ]
    if applies:
        lines += ["    applies: |", f"      {applies}"]
    lines += [
        "    requires: |", f"      {requires}",
        "    message: {nb: Brudd., nn: Brot., en: Breach.}",
        "    remedy: {nb: Rett det., nn: Rett det., en: Mend it.}",
        '    sources: [{url: "https://example.com/foa", read: 2026-11-22}]',
    ]
    return "\n".join(lines) + "\n"


# The days between notice and deadline decide which of the three are broken:
# under 30 all, under 40 the warning and the advice, under 50 the advice.
RULES = "rules:\n" + rule(
    "no.test.error", "error",
    "days_between(dates.notice_sent, dates.tender_deadline) >= 30") + rule(
    "no.test.warning", "warning",
    "days_between(dates.notice_sent, dates.tender_deadline) >= 40") + rule(
    "no.test.advice", "advice",
    "days_between(dates.notice_sent, dates.tender_deadline) >= 50") + rule(
    "no.test.open", "error", "procedure.kind == OPEN",
    applies="contract.nature != WORKS")


def plan(deadline="2026-03-11", plan_id="p-1", country="NO", more=""):
    """A plan file whose notice was sent on 2026-03-01."""
    return (f'id: {plan_id}\nbuyer: {{name: Fjordvik, country: "{country}"}}\n'
            f"dates: {{notice_sent: 2026-03-01, tender_deadline: {deadline}}}\n"
            f"{more}")


BREAKS_ERROR = plan("2026-03-11")
BREAKS_WARNING = plan("2026-04-05")
BREAKS_ADVICE = plan("2026-04-15")
BREAKS_NOTHING = plan("2026-06-01")


def write(folder, files):
    """Writes files (name -> text or bytes) below a folder."""
    for name, content in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)


def environment(**changes):
    """The environment of a run: nothing of the caller's settings."""
    env = {key: value for key, value in os.environ.items()
           if key not in ("KLAUSUL_RULES_DIR", "NO_COLOR")}
    env.update(changes)
    return env


class Result:
    """What came of a run, as text."""

    def __init__(self, arguments, done):
        self.arguments = arguments
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode(errors="replace")

    def __str__(self):
        return (f"klausul {' '.join(map(str, self.arguments))}\n"
                f"exit code {self.code}\n--- stdout\n{self.out[-4000:]}\n"
                f"--- stderr\n{self.err[-4000:]}")


def run(*arguments, stdin=b"", env=None, cwd=None):
    """Runs the program to its end."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run(
        [KLAUSUL, *map(str, arguments)], input=stdin, capture_output=True,
        env=env or environment(), cwd=cwd, timeout=TIMEOUT_SECONDS,
        check=False)
    return Result(arguments, done)


class Address(str):
    """HOST:PORT of a server, with the id of its process as `pid`."""
    pid = 0


@contextlib.contextmanager
def serving(*arguments, env=None, log=subprocess.PIPE):
    """A server on a free port of the loopback interface: an Address.

    Its log is kept in a pipe; give a file for one that writes much.

    `env` is added to its environment.

    It is ended by its process id, must drain and leave with exit code 0.
    """
    with tempfile.TemporaryDirectory() as scratch:
        port_file = pathlib.Path(scratch) / "port"
        with subprocess.Popen(
                [KLAUSUL, "serve", "--listen", "127.0.0.1:0", "--port-file",
                 str(port_file), *map(str, arguments)],
                stdout=subprocess.PIPE, stderr=log,
                env=environment(**(env or {}))) as process:
            try:
                end = time.monotonic() + TIMEOUT_SECONDS
                while not port_file.exists():
                    if process.poll() is not None:
                        stderr = process.communicate()[1] or b"see its log"
                        raise RuntimeError("the server did not start: "
                                           + stderr.decode(errors="replace"))
                    if time.monotonic() > end:
                        raise RuntimeError("the server wrote no port")
                    time.sleep(0.02)
                address = Address(f"127.0.0.1:{port_file.read_text().strip()}")
                address.pid = process.pid
                yield address
            finally:
                if process.poll() is None:
                    process.terminate()
                try:
                    _, stderr = process.communicate(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                    raise
            if process.returncode != 0:
                raise RuntimeError(
                    f"the server ended with {process.returncode}: "
                    + (stderr or b"see its log").decode(errors="replace"))


def python_stubs():
    """Folder of the generated Python modules, made anew."""
    folder = WORK_DIR / "python_stubs"
    subprocess.run(
        [str(SOURCE_DIR / "client-examples/python/generate_stubs"),
         str(folder)], check=True, timeout=TIMEOUT_SECONDS)
    return folder


# How npm names a registry that it cannot talk to.
REGISTRY_OUT_OF_REACH = (
    "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")


def node_client():
    """The Node client with its packages, in a copy below the build folder.

    None where the npm registry is out of reach.
    """
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise RuntimeError(
                f"`{program}` is not installed: the Node client cannot be "
                "tested (.ci/setup test installs it)")
    source = SOURCE_DIR / "client-examples/node"
    folder = WORK_DIR / "client-examples/node"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("batch_validate.js", "resilience.js", "package.json",
                 "package-lock.json", "../service_config.json"):
        shutil.copyfile(source / name, folder / name)
    # The client reads the schema from where it stands in the repository.
    protos = WORK_DIR / "proto"
    shutil.rmtree(protos, ignore_errors=True)
    shutil.copytree(SOURCE_DIR / "proto", protos)
    installed = folder / "node_modules/.installed"
    lock = (source / "package-lock.json").read_text()
    if not installed.exists() or installed.read_text() != lock:
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=folder,
            capture_output=True, timeout=600, check=False)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace")
            # A machine without a way to the registry says so and tests the
            # rest; CI always has one.
            if "CI" not in os.environ and any(
                    code in said for code in REGISTRY_OUT_OF_REACH):
                print("NOT TESTED: the Node client; the npm registry is out "
                      "of reach:\n" + said, file=sys.stderr)
                return None
            raise RuntimeError(
                "`npm ci` failed, so the Node client cannot be tested:\n"
                + said)
        installed.write_text(lock)
    return folder / "batch_validate.js"


class TestCase(unittest.TestCase):
    """A scratch folder with the test rule set below `rules`."""

    maxDiff = 4000

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.rules = self.folder / "rules"
        write(self.rules, {"rule_set.yaml": RULE_SET, "rules.yaml": RULES})

    def path(self, name, content=None):
        """Path of a file in the scratch folder, written if given."""
        if content is not None:
            write(self.folder, {name: content})
        return self.folder / name

    def check(self, *arguments, **keywords):
        """`klausul check` with the test rules, in English."""
        return run("check", "--rules-dir", self.rules, "--lang", "en",
                   *arguments, **keywords)

    def assertCode(self, result, code):  # pylint: disable=invalid-name
        self.assertEqual(result.code, code, str(result))


def main():
    unittest.main(verbosity=2)
