"""Long JSON Lines: order, flat memory, answers as they come, progress."""
import json
import os
import pty
import subprocess
import threading
import time

from harness import (KLAUSUL, TIMEOUT_SECONDS, TestCase, environment, main)

BAD_LINE = '{"id": "bad", "buyer": {"contry": "NO"}}'


def line(number, deadline="2026-03-11"):
    """A plan as a line of JSON; by default it breaks a rule of level error."""
    return json.dumps({
        "id": f"p-{number}", "buyer": {"name": "Fjordvik", "country": "NO"},
        "dates": {"notice_sent": "2026-03-01", "tender_deadline": deadline}})


class Archive(TestCase):

    def command(self, *arguments):
        return [KLAUSUL, "check", "--rules-dir", str(self.rules),
                "--format", "jsonl", *map(str, arguments)]

    def test_the_order_is_that_of_the_lines_and_bad_ones_stand_in_place(self):
        lines = [line(i) for i in range(3000)]
        lines[1234] = BAD_LINE
        path = self.path("plans.jsonl", "\n".join(lines) + "\n")
        result = self.check(path, "--format", "jsonl", "--jobs", "4")
        self.assertCode(result, 2)
        documents = [json.loads(text) for text in result.out.splitlines()]
        self.assertEqual(
            [d["uri"].rsplit("/", 1)[1] for d in documents],
            [str(i + 1) for i in range(3000)])
        self.assertEqual(documents[1234]["error"]["line"], 1235)
        self.assertNotIn("error", documents[1235])
        self.assertIn("plans.jsonl#/lines/1235:1235:", result.err)

    def test_the_report_is_the_same_whatever_the_jobs(self):
        path = self.path("plans.jsonl",
                         "".join(line(i) + "\n" for i in range(500)))
        for form in ("json", "jsonl", "text"):
            one = self.check(path, "--format", form, "--jobs", "1")
            four = self.check(path, "--format", form, "--jobs", "4")
            self.assertCode(one, 1)
            self.assertEqual(one.out, four.out)

    def peak_kib(self, count):
        """Most memory of a run over so many lines.

        Asked of the process while it runs: what wait4() tells begins with the
        peak of whoever started it, which is this test with all its lines.
        """
        path = self.path("plans.jsonl",
                         "".join(line(i) + "\n" for i in range(count)))
        peak = 0
        with subprocess.Popen(
                self.command(path, "--jobs", "2"), env=environment(),
                stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                peak = max(peak, self.peak_so_far(process.pid))
                time.sleep(0.01)
        self.assertEqual(process.returncode, 1)
        self.assertGreater(peak, 0)
        return peak

    @staticmethod
    def peak_so_far(pid):
        """VmHWM of a process in KiB; 0 where it is gone or not ours yet."""
        try:
            with open(f"/proc/{pid}/status", encoding="ascii") as status:
                fields = dict(text.split(":", 1) for text in status)
        except OSError:
            return 0
        if not fields["Name"].strip().startswith("klausul"):
            return 0
        return int(fields.get("VmHWM", "0 kB").split()[0])

    def test_memory_is_flat(self):
        few = self.peak_kib(5000)
        many = self.peak_kib(40_000)
        # 40 000 plans are 5 MB, their reports some 30.
        self.assertLess(many, few + 4_000)

    def test_a_document_is_answered_while_more_may_come(self):
        with subprocess.Popen(
                self.command("-"), env=environment(), stdin=subprocess.PIPE,
                stdout=subprocess.PIPE) as process:
            timer = threading.Timer(TIMEOUT_SECONDS, process.kill)
            timer.start()
            try:
                # That there are lines shows when the second one begins.
                process.stdin.write((line(1) + "\n" + line(2) + "\n").encode())
                process.stdin.flush()
                for number in (1, 2):
                    document = json.loads(process.stdout.readline())
                    self.assertEqual(document["uri"], f"-#/lines/{number}")
                process.stdin.write((line(3) + "\n").encode())
                process.stdin.flush()
                document = json.loads(process.stdout.readline())
                self.assertEqual(document["planId"], "p-3")
            finally:
                process.stdin.close()
                process.wait(TIMEOUT_SECONDS)
                timer.cancel()
        self.assertEqual(process.returncode, 1)

    def run_for_two_seconds(self, stderr):
        """Lines that come one after the other, as from a slow pipe."""
        with subprocess.Popen(
                self.command("-"), env=environment(), stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=stderr) as process:
            for number in range(20):
                process.stdin.write((line(number) + "\n").encode())
                process.stdin.flush()
                time.sleep(0.1)
            process.stdin.close()
            process.wait(TIMEOUT_SECONDS)
        self.assertEqual(process.returncode, 1)

    @staticmethod
    def read_all(terminal):
        """All that was written to a terminal whose other end is closed."""
        pieces = []
        try:
            while piece := os.read(terminal, 1 << 16):
                pieces.append(piece)
        except OSError:
            pass  # How Linux tells the end.
        return b"".join(pieces)

    def test_progress_is_shown_on_a_terminal_alone(self):
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest(f"this machine has no pseudo-terminals: {error}")
        try:
            self.run_for_two_seconds(theirs)
            os.close(theirs)
            shown = self.read_all(ours).decode()
        finally:
            os.close(ours)
        self.assertRegex(shown, r"\rklausul: \d+ documents, \d+ a second")
        # What is left is a blank line.
        self.assertEqual(shown.rsplit("\r", 2)[1].strip(), "")
        path = self.folder / "err.txt"
        with open(path, "wb") as file:
            self.run_for_two_seconds(file)
        self.assertEqual(path.read_text(encoding="utf-8"), "")


if __name__ == "__main__":
    main()
