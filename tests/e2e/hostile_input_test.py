"""No input crashes the program, and each says where it is wrong.

Every case is a document that cannot be read: exit code 2, a message, a place,
and the same through a server, which goes on serving.
"""
import json
import os
import resource
import time

from harness import (BREAKS_ERROR, CRASH_CODES, TestCase, main, plan, rule,
                     run, serving, write)

NOTICE = ('<?xml version="1.0" encoding="UTF-8"?>\n<ContractNotice xmlns="urn:'
          'oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:cbc'
          '="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents'
          '-2">\n')
END = "</ContractNotice>\n"
DEEP = 10_000

# File name, content, and a part of the message.
MALFORMED = [
    ("empty.yaml", "", "empty"),
    ("empty.json", "", "empty"),
    ("empty.xml", "", "empty"),
    ("blank.yaml", " \n\n", ""),
    ("comment.yaml", "# nothing\n", ""),
    ("scalar.yaml", "just a text\n", ""),
    ("list.yaml", "- id: a\n", ""),
    ("null.json", "null", ""),
    ("number.json", "12", ""),
    ("open.yaml", "id: [a\n", ""),
    ("tab.yaml", "buyer:\n\tname: a\n", ""),
    ("tag.yaml", "id: !!binary aGVq\n", "tag"),
    ("anchor.yaml", "id: &a x\ntitle: *a\n", "anchor"),
    ("two.yaml", "id: a\n---\nid: b\n", "document"),
    ("twice.yaml", "id: a\nid: b\n", "twice"),
    ("twice.json", '{"id": "a", "id": "b"}', "twice"),
    ("control.yaml", "id: a\x01b\n", "control"),
    ("nul.yaml", b"id: a\x00b\n", ""),
    ("utf8.yaml", b"id: a\xff\xfe\n", "UTF-8"),
    ("utf8.json", b'{"id": "a\xff"}', "UTF-8"),
    ("utf8.xml", (NOTICE + "<cbc:ID>\udcff</cbc:ID>" + END).encode(
        errors="surrogateescape"), "UTF-8"),
    ("utf16.json", '{"id": "a"}'.encode("utf-16"), ""),
    ("open.json", '{"id": "a"', ""),
    ("comma.json", '{"id": "a",}', ""),
    ("single.json", "{'id': 'a'}", ""),
    ("second.json", '{"id": "a"} {"id": "b"}', ""),
    ("nan.json", '{"framework": {"supplier_count_max": NaN}}', ""),
    ("surrogate.json", '{"id": "\\ud800"}', ""),
    ("open.xml", NOTICE, ""),
    ("mismatch.xml", NOTICE + "<cbc:ID></cbc:IDD>" + END, ""),
    ("two.xml", NOTICE + END + "<a/>", ""),
    ("junk.xml", NOTICE + END + "junk", ""),
    ("ampersand.xml", NOTICE + "<cbc:ID>a & b</cbc:ID>" + END, ""),
    ("attribute.xml", NOTICE + '<cbc:ID a="1" a="2"/>' + END, ""),
    ("encoding.xml", '<?xml version="1.0" encoding="no-such-one"?><a/>', ""),
    ("bomb.xml", '<?xml version="1.0"?>\n<!DOCTYPE lolz [\n <!ENTITY a "lol">\n'
     + "".join(f' <!ENTITY a{i} "{f"&a{i - 1 if i > 1 else str()};" * 10}">\n'
               for i in range(1, 12))
     + "]>\n<ContractNotice>&a11;</ContractNotice>", "DOCTYPE"),
    ("external.xml", '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM '
     '"file:///etc/passwd">]>\n<ContractNotice>&x;</ContractNotice>',
     "DOCTYPE"),
]

# The same for plans that are well-formed, with the place.
MEANINGLESS = [
    ("field.yaml", "id: a\nbuyer: {nam: b}\n", (2, 9), "`name`"),
    ("field.json", '{"buyer":\n  {"nam": "b"}}', (2, 4), "`name`"),
    ("top.yaml", "idd: a\n", (1, 1), "`id`"),
    ("enum.yaml", "procedure: {kind: OPNE}\n", (1, 19), "`OPEN`"),
    ("enum_number.json", '{"procedure": {"kind": 1}}', (1, 24), ""),
    ("text_for_object.yaml", "buyer: Oslo\n", (1, 8), ""),
    ("list_for_text.yaml", "id: [a]\n", (1, 5), ""),
    ("object_for_list.yaml", "lots: {id: a}\n", (1, 7), ""),
    ("text_for_bool.yaml", "division: {divided: maybe}\n", (1, 21), ""),
    ("text_for_number.yaml",
     "framework: {suppliers_max: many}\n", None, ""),
    ("no_day.yaml", "dates: {notice_sent: 2026-02-30}\n", (1, 22),
     "2026-02-30"),
    ("year_zero.yaml", "dates: {notice_sent: 0000-01-01}\n", (1, 22), ""),
    ("far_year.yaml", "dates: {notice_sent: 99999-01-01}\n", (1, 22), ""),
    ("word_for_date.yaml", "dates: {notice_sent: tomorrow}\n", (1, 22), ""),
    ("no_currency.yaml", "contract: {estimated_value: 1300000}\n", (1, 29),
     "NOK"),
    ("odd_currency.yaml", "contract: {estimated_value: kr 1300000}\n",
     (1, 29), ""),
    ("huge_amount.yaml",
     "contract: {estimated_value: NOK 99999999999999999999999}\n", (1, 29),
     ""),
    ("fine_amount.yaml",
     "contract: {estimated_value: NOK 1.0123456789012}\n", (1, 29), ""),
    ("infinite.yaml", "contract: {estimated_value: NOK inf}\n", (1, 29), ""),
    ("percent.yaml", "award: {criteria: [{id: a, weight: 101}]}\n", (1, 36),
     ""),
    ("not_a_number.yaml", "award: {criteria: [{id: a, weight: .nan}]}\n",
     (1, 36), ""),
]


def deep(opening, closing, inner=""):
    return opening * DEEP + inner + closing * DEEP


class Refusals(TestCase):

    def assertRefused(self, result, name, said):  # pylint: disable=invalid-name
        self.assertNotIn(result.code, CRASH_CODES, str(result))
        self.assertCode(result, 2)
        report = json.loads(result.out)
        self.assertEqual(len(report["documents"]), 1, str(result))
        error = report["documents"][0]["error"]
        self.assertTrue(error["message"])
        self.assertIn(said.lower(),
                      (error["message"] + error.get("details", "")).lower())
        self.assertEqual(report["summary"]["unreadable"], 1)
        self.assertIn(name, result.err)
        return error

    def refuse(self, name, content, said, *arguments):
        return self.assertRefused(
            run("check", "--rules-dir", self.rules, "--format", "json",
                self.path(name, content), *arguments), name, said)

    def test_malformed(self):
        for name, content, said in MALFORMED:
            with self.subTest(name):
                self.refuse(name, content, said)

    def test_well_formed_but_no_plan(self):
        for name, content, place, said in MEANINGLESS:
            with self.subTest(name):
                error = self.refuse(name, content, said)
                if place:
                    self.assertEqual((error["line"], error["column"]), place)
                else:
                    self.assertGreaterEqual(error["line"], 1)

    def test_nesting(self):
        for name, content in (
                ("deep.yaml", deep("[", "]")),
                ("deeper.yaml", deep("{a: ", "}", "b")),
                ("indented.yaml",
                 "\n".join(" " * i + "a:" for i in range(DEEP))),
                ("dashes.yaml", "- " * DEEP + "a\n"),
                ("deep.json", deep("[", "]")),
                ("deeper.json", deep('{"a":', "}", "1")),
                ("open.json", "[" * DEEP),
                ("deep.xml", NOTICE + deep("<a>", "</a>") + END),
                ("open.xml", NOTICE + "<a>" * DEEP)):
            with self.subTest(name):
                start = time.monotonic()
                error = self.refuse(name, content, "")
                self.assertGreaterEqual(error["line"], 1)
                self.assertLess(time.monotonic() - start, 20)

    def test_large_files(self):
        size = 100 * 1000 * 1000
        for name, part, ending in (
                ("large.yaml", b"a: 1\n", b""),
                ("large.json", b'{"a": [1,2,3]},', b""),
                ("large.xml", NOTICE.encode() + b"<a>b</a>", b""),
                ("zeros.yaml", b"\0", b""),
                ("spaces.json", b" ", b"{}")):
            with self.subTest(name):
                path = self.folder / name
                path.write_bytes(part * (size // len(part)) + ending)
                result = run("check", "--rules-dir", self.rules, "--format",
                             "json", path)
                path.unlink()
                error = self.assertRefused(result, name, "")
                self.assertRegex(error["message"], "MiB|bytes")
        # In kilobytes, of the largest run so far; a sanitizer takes more.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        if not os.environ.get("ASAN_OPTIONS"):
            self.assertLess(peak, 2_000_000)

    def test_a_long_line_of_json_lines(self):
        path = self.folder / "long.jsonl"
        with open(path, "wb") as file:
            file.write(b'{"id": "a"}\n{"id": "')
            file.write(b"x" * 100_000_000)
            file.write(b'"}\n{"id": "c"}\n')
        result = run("check", "--rules-dir", self.rules, "--format", "jsonl",
                     path)
        path.unlink()
        self.assertCode(result, 2)
        documents = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual(["error" in d for d in documents],
                         [False, True, False])

    def test_what_is_no_regular_file(self):
        (self.folder / "locked.yaml").mkdir()
        self.assertNotIn(self.check(self.folder / "locked.yaml").code,
                         CRASH_CODES)
        os.symlink("loop.yaml", self.folder / "loop.yaml")
        result = self.check(self.folder / "loop.yaml")
        self.assertCode(result, 2)
        self.assertIn("loop.yaml", result.err)

    def test_standard_input(self):
        result = run("check", "--rules-dir", self.rules, "-", "--format",
                     "json", stdin=b"id: \xff\n")
        self.assertCode(result, 2)
        self.assertEqual(
            json.loads(result.out)["documents"][0]["error"]["line"], 1)

    def test_one_bad_file_harms_no_other(self):
        folder = self.folder / "in"
        write(folder, {name: content for name, content, _ in MALFORMED})
        write(folder, {f"good{i}.yaml": BREAKS_ERROR for i in range(3)})
        named = sorted(folder.iterdir())
        result = run("check", "--rules-dir", self.rules, "--format", "json",
                     *named)
        self.assertCode(result, 2)
        report = json.loads(result.out)
        self.assertEqual(len(report["documents"]), len(named))
        self.assertEqual(report["summary"]["documents"], 3)
        self.assertEqual(report["summary"]["unreadable"], len(MALFORMED))

    def test_the_other_commands_refuse_too(self):
        path = self.path("bad.yaml", "id: a\nbuyer: {nam: b}\n")
        for arguments in (["convert", path], ["eval", "1 + 1", path],
                          ["explain", "no.test.error", path]):
            with self.subTest(arguments=arguments):
                result = run(*arguments, *(
                    [] if arguments[0] == "convert"
                    else ["--rules-dir", self.rules]))
                self.assertCode(result, 2)
                self.assertRegex(result.err, r"bad\.yaml:2:9")


class Server(TestCase):

    def test_the_server_refuses_the_same_and_goes_on(self):
        with serving("--rules-dir", self.rules) as address:
            for name, content, _ in MALFORMED:
                with self.subTest(name):
                    path = self.path(name, content)
                    here = run("check", "--rules-dir", self.rules, "--format",
                               "json", path)
                    there = run("check", "--server", address, "--format",
                                "json", path)
                    self.assertCode(there, 2)
                    error_here, error_there = (
                        json.loads(r.out)["documents"][0]["error"]
                        for r in (here, there))
                    for key in ("message", "line", "column"):
                        self.assertEqual(error_here.get(key),
                                         error_there.get(key))
            for content in (deep("[", "]"), NOTICE + deep("<a>", "</a>")):
                path = self.path("deep.xml", content)
                self.assertCode(run("check", "--server", address, path), 2)
            large = self.folder / "large.xml"
            large.write_bytes(NOTICE.encode() + b" " * 100_000_000)
            result = run("check", "--server", address, large)
            self.assertCode(result, 2)
            self.assertIn("large.xml", result.err)
            good = self.path("good.yaml", BREAKS_ERROR)
            self.assertCode(run("check", "--server", address, good), 1)


class BrokenRules(TestCase):

    def refuse(self, files, *said):
        write(self.rules, files)
        path = self.path("plan.yaml", plan())
        for command in (["check", path], ["serve", "--listen", "127.0.0.1:0"]):
            result = run(*command, "--rules-dir", self.rules)
            self.assertCode(result, 2)
            self.assertEqual(result.out, "")
            for part in said:
                self.assertIn(part, result.err)
        for command in ("lint", "test"):
            result = run("rules", command, "--rules-dir", self.rules)
            self.assertIn(result.code, (1, 2), str(result))

    def test_every_mistake_at_once(self):
        self.refuse({
            "one.yaml": "rules:\n" + rule("no.test.one", "error",
                                          "dates.notice_snt == 1"),
            "two.yaml": "rules:\n" + rule("no.test.two", "error",
                                          "procedure.kind == SERVICES"),
            "three.yaml": "rules:\n" + rule("no.test.three", "error", "(1 +"),
        }, "one.yaml:10:13", "two.yaml:10:", "three.yaml:10:")

    def test_yaml_that_is_none(self):
        self.refuse({"bad.yaml": "rules: [\n"}, "bad.yaml:")

    def test_keys_that_are_none(self):
        self.refuse({"bad.yaml": "ruls: []\n"}, "bad.yaml:1:1", "`rules`")

    def test_no_utf8(self):
        self.refuse({"bad.yaml": b"rules: \xff\n"}, "bad.yaml:1:", "UTF-8")

    def test_nesting(self):
        self.refuse({"bad.yaml": "rules: " + deep("[", "]")}, "bad.yaml:")
        self.refuse({"bad.yaml": "rules:\n" + rule(
            "no.test.deep", "error", deep("(", ")", "true"))}, "bad.yaml:")

    def test_a_long_expression(self):
        self.refuse({"bad.yaml": "rules:\n" + rule(
            "no.test.long", "error", "1" + "+1" * 200_000 + " > 0")},
                    "bad.yaml:")

    def test_a_large_file(self):
        self.refuse({"bad.yaml": b"# " + b"x" * 5_000_000}, "bad.yaml")

    def test_the_same_id_twice(self):
        self.refuse({"bad.yaml": "rules:\n" + rule(
            "no.test.error", "error", "true")}, "no.test.error",
                    "bad.yaml:2:")

    def test_no_rule_set(self):
        (self.rules / "rule_set.yaml").unlink()
        self.refuse({}, "rule_set.yaml")

    def test_endless_evaluation_has_a_bound(self):
        numbers = "[" + ",".join(map(str, range(100))) + "]"
        write(self.rules, {"slow.yaml": "rules:\n" + rule(
            "no.test.slow", "error",
            f"{numbers}.all(a, {numbers}.all(b, {numbers}.all(c, "
            f"{numbers}.all(d, a + b + c + d >= 0))))")})
        start = time.monotonic()
        result = self.check(self.path("plan.yaml", plan()), "--format",
                            "json")
        self.assertLess(time.monotonic() - start, 60)
        self.assertCode(result, 2)
        outcomes = {f["ruleId"]: f["outcome"] for f in
                    json.loads(result.out)["documents"][0]["findings"]}
        self.assertEqual(outcomes["no.test.slow"], "FAILED")
        self.assertEqual(outcomes["no.test.error"], "VIOLATED")


if __name__ == "__main__":
    main()
