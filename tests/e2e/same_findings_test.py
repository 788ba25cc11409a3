"""Four roads to one answer: the embedded engine, a server behind the command
line, the Python client and the Node client find the same in the same documents.
"""
import json
import os
import shutil
import subprocess
import sys

from harness import (SOURCE_DIR, TIMEOUT_SECONDS, TestCase, environment, main,
                     node_client, python_stubs, run, serving, write)

ENDINGS = {".xml", ".json", ".jsonl", ".yaml", ".yml"}
PYTHON_CLIENT = SOURCE_DIR / "client-examples/python/batch_validate.py"


def is_document(path):
    """Golden cases hold the expected findings beside the document."""
    return path.suffix in ENDINGS and path.stem != "findings"


def without_nothing(value):
    """A report without what is empty, zero or false: some forms leave those
    out, others do not."""
    if isinstance(value, dict):
        pairs = ((key, without_nothing(item)) for key, item in value.items())
        return {key: item for key, item in pairs
                if item not in (None, "", 0, False, [], {})}
    if isinstance(value, list):
        return [without_nothing(item) for item in value]
    return value


def comparable(documents):
    """Reports by uri. The command line asks for the facts, clients do not."""
    reports = {}
    for document in documents:
        document.pop("facts", None)
        reports[document["uri"]] = without_nothing(document)
    return reports


class SameFindings(TestCase):

    @classmethod
    def setUpClass(cls):
        cls.stubs = python_stubs()
        cls.node = node_client()

    def setUp(self):
        super().setUp()
        self.documents = self.folder / "documents"
        self.documents.mkdir()
        for base in ("client-examples/samples", "tests/golden"):
            for path in sorted((SOURCE_DIR / base).rglob("*")):
                # What a scenario expects is no document.
                if (path.is_file() and is_document(path)
                        and path.name != "expected.yaml"):
                    to = self.documents / path.relative_to(SOURCE_DIR)
                    to.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, to)
        write(self.documents, {
            "lines.jsonl": '{"id": "a", "buyer": {"country": "NO"}}\n\n'
                           '{"id": "b", "award": {"criteria": []}}\n',
            "empty_plan.yaml": "id: nothing-else\n",
            "swedish.yaml": 'id: s\nbuyer: {country: "SE"}\n'})

    def clients(self):
        return [self.python] + ([self.node_run] if self.node else [])

    def client(self, program, address, *arguments, more_env=None):
        """Output lines and messages of a client over the documents."""
        done = subprocess.run(
            [*program, str(self.documents), "--server", address, *arguments],
            capture_output=True, timeout=TIMEOUT_SECONDS, check=False,
            env=environment(**(more_env or {})))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def python(self, address, *arguments):
        return self.client([sys.executable, "-B", str(PYTHON_CLIENT)], address,
                           *arguments,
                           more_env={"KLAUSUL_STUBS": str(self.stubs)})

    def node_run(self, address, *arguments):
        return self.client(["node", str(self.node)], address, *arguments)

    def assertSame(self, options):  # pylint: disable=invalid-name
        here = run("check", self.documents, "--format", "json", *options)
        self.assertIn(here.code, (0, 1), str(here))
        wanted = comparable(json.loads(here.out)["documents"])
        self.assertGreaterEqual(len(wanted), 5)
        self.assertTrue(any(r.get("findings") for r in wanted.values()))
        with serving() as address:
            there = run("check", self.documents, "--format", "json",
                        "--server", address, *options)
            self.assertEqual(there.code, here.code, str(there))
            self.assertEqual(comparable(json.loads(there.out)["documents"]),
                             wanted)
            for client in self.clients():
                code, out, err = client(address, "--json", *options)
                self.assertEqual(code, here.code, err)
                self.assertEqual(
                    comparable(map(json.loads, out.splitlines())), wanted)

    def test_on_the_documents_own_date(self):
        self.assertSame([])

    def test_on_other_dates_and_in_other_languages(self):
        self.assertSame(["--as-of", "2026-06-30", "--lang", "nn"])
        self.assertSame(["--as-of", "2026-07-01", "--lang", "en", "--rules",
                         "no"])

    def test_what_cannot_be_read_is_told_alike(self):
        write(self.documents, {"broken.yaml": "id: a\nbuyer: {nam: b}\n"})
        here = run("check", self.documents, "--format", "json")
        self.assertEqual(here.code, 2)
        error = next(d["error"] for d in json.loads(here.out)["documents"]
                     if d["uri"].endswith("broken.yaml"))
        said = f'{error["line"]}:{error["column"]}: {error["message"]}'
        with serving() as address:
            for client in self.clients():
                code, out, err = client(address, "--json")
                self.assertEqual(code, 2)
                self.assertIn(f"broken.yaml: {said}", err)
                self.assertGreaterEqual(len(out.splitlines()), 5)

    def test_the_clients_print_a_table(self):
        with serving() as address:
            tables = []
            for client in self.clients():
                code, out, err = client(address)
                self.assertEqual(err, "")
                self.assertIn(code, (0, 1))
                self.assertIn("plan.yaml", out)
                tables.append([line.split() for line in out.splitlines()])
            for table in tables:
                self.assertEqual(table, tables[0])

    def test_the_clients_say_when_there_is_no_server(self):
        for client in self.clients():
            code, _, err = client("127.0.0.1:1")
            self.assertEqual(code, 2)
            self.assertIn("127.0.0.1:1", err)

    def test_the_clients_mind_what_they_are_given(self):
        for client in self.clients():
            with self.subTest(client.__name__):
                code, _, err = client("127.0.0.1:1", "--as-of", "yesterday")
                self.assertEqual(code, 2)
                self.assertIn("yesterday", err)
        self.documents = self.folder / "nowhere"
        with serving() as address:
            for client in self.clients():
                with self.subTest(client.__name__):
                    code, _, err = client(address)
                    self.assertEqual(code, 2)
                    self.assertIn("nowhere", err)

    def test_a_large_folder_goes_in_several_messages(self):
        padding = "# " + "x" * 1_000_000 + "\n"
        shutil.rmtree(self.documents)
        write(self.documents, {
            f"{i:03}.yaml": f"{padding if i % 2 else ''}id: p{i}\n"
            for i in range(50)})
        with serving() as address:
            for client in self.clients():
                code, out, err = client(address, "--json")
                self.assertEqual((code, err), (0, ""))
                self.assertEqual(
                    [json.loads(line)["planId"] for line in out.splitlines()],
                    [f"p{i}" for i in range(50)])

    def test_the_demo_runs(self):
        done = subprocess.run(
            [str(SOURCE_DIR / "client-examples/demo.sh"),
             os.environ["KLAUSUL"]], capture_output=True,
            timeout=TIMEOUT_SECONDS, check=False, env=environment())
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        out = done.stdout.decode()
        for document in ("plan.yaml", "notice.xml"):
            self.assertIn(document, out)
        self.assertIn("§", out)


if __name__ == "__main__":
    main()
