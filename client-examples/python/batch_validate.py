#!/usr/bin/env python3
r"""Validates every procurement document of a folder with a Klausul server.

    ./generate_stubs
    ./batch_validate.py ../samples --server 127.0.0.1:50051
    ./batch_validate.py notices/ --lang en --json > findings.jsonl
    ./batch_validate.py notices/ --server dns:///klausul.example:50051 \
        --tls-roots ca.pem

Prints a table: one row a document, breaches by severity, undecided rules.
With --json, one DocumentReport a line instead, as `klausul check --format
jsonl` prints it. Exit code: 0 no breach of binding law, 1 breaches, 2 a
document could not be read or no server answered. Calls are shared out among
all addresses of the server; a stream that breaks goes on where it was
(resilience.py).

Needs python3-grpcio and python3-protobuf of Debian 12, or newer ones.
"""
import argparse
import datetime
import json
import os
import pathlib
import sys

sys.path.insert(0, os.environ.get(
    "KLAUSUL_STUBS", str(pathlib.Path(__file__).parent / "generated")))

import grpc  # noqa: E402
from google.protobuf import json_format  # noqa: E402
from klausul.v1 import (  # noqa: E402
    common_pb2, compliance_service_pb2, compliance_service_pb2_grpc,
    evaluate_options_pb2)
from resilience import connect, evaluate_stream  # noqa: E402

ENDINGS = {".xml", ".json", ".jsonl", ".yaml", ".yml"}
# A message is answered as a whole: small ones give results sooner. The server
# takes 64 MiB and 1000 entries in one.
ENTRIES_A_MESSAGE = 16
BYTES_A_MESSAGE = 8 * 1024 * 1024
# Of the whole stream: this much, and a second a file.
DEADLINE_SECONDS = 60


def documents_below(folder):
    """Paths of the documents, sorted; hidden names are left out."""
    root = pathlib.Path(folder)
    if not root.is_dir():
        return [root]
    return sorted(
        path for path in root.rglob("*")
        if path.is_file() and path.suffix in ENDINGS
        and not any(part.startswith(".")
                    for part in path.relative_to(root).parts))


def entries(paths, on_unreadable):
    """One stream entry a document, one a line of a JSON Lines file."""
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            on_unreadable(f"{path}: {error.strerror}")
            continue
        if path.suffix == ".jsonl":
            for number, line in enumerate(content.split(b"\n"), start=1):
                if line.strip():
                    yield f"{path}#/lines/{number}", line, number
        else:
            yield str(path), content, 1


def requests(all_entries, options):
    """Messages of some entries each. The options go with every one: any may be
    the first of a stream that goes on after another broke."""
    message = compliance_service_pb2.EvaluateStreamRequest(options=options)
    size = 0
    for uri, content, first_line in all_entries:
        full = (len(message.entries) == ENTRIES_A_MESSAGE
                or size + len(content) > BYTES_A_MESSAGE)
        if message.entries and full:
            yield message
            message = compliance_service_pb2.EvaluateStreamRequest(
                options=options)
            size = 0
        message.entries.add(
            request_id=uri,
            document=evaluate_options_pb2.Document(
                content=content, uri=uri, first_line=first_line))
        size += len(content)
    if message.entries:
        yield message


def as_date(text):
    day = datetime.date.fromisoformat(text)
    return common_pb2.Date(year=day.year, month=day.month, day=day.day)


def read_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="folder (or file) to validate")
    parser.add_argument("--server", default="127.0.0.1:50051",
                        metavar="HOST:PORT",
                        help="or any target of gRPC: dns:///HOST:PORT, "
                             "ipv4:HOST:PORT,HOST:PORT")
    parser.add_argument("--tls-roots", metavar="FILE", type=pathlib.Path,
                        help="speak TLS; the authorities to trust, as PEM")
    parser.add_argument("--lang", default="nb", choices=["nb", "nn", "en"])
    parser.add_argument("--rules", metavar="IDS",
                        help="rule sets, separated by commas")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", type=as_date,
                        help="date of law")
    parser.add_argument("--json", action="store_true",
                        help="one DocumentReport a line")
    return parser.parse_args()


def row(report):
    counts = report.counts
    return (f"{report.uri:<60} {counts.violated.error:>6} "
            f"{counts.violated.warning:>6} {counts.violated.advice:>6} "
            f"{counts.undetermined:>9}")


def main():
    arguments = read_arguments()
    options = evaluate_options_pb2.EvaluateOptions(
        language=arguments.lang, as_of=arguments.as_of,
        rule_sets=arguments.rules.split(",") if arguments.rules else [],
        view=evaluate_options_pb2.EvaluateOptions.FULL)
    credentials = arguments.tls_roots and grpc.ssl_channel_credentials(
        arguments.tls_roots.read_bytes())
    channel = connect(arguments.server, credentials)
    stub = compliance_service_pb2_grpc.ComplianceServiceStub(channel)
    paths = documents_below(arguments.folder)
    problems = []

    def on_unreadable(problem):
        problems.append(problem)
        print(problem, file=sys.stderr)

    breaches = 0
    if not arguments.json:
        print(f"{'document':<60} {'error':>6} {'warn':>6} {'advice':>6} "
              f"{'undecided':>9}")
    try:
        for message in evaluate_stream(
                stub, requests(entries(paths, on_unreadable), options),
                timeout=DEADLINE_SECONDS + len(paths)):
            for result in message.results:
                if result.WhichOneof("result") == "status":
                    on_unreadable(
                        f"{result.request_id}: {result.status.message}")
                    continue
                report = result.response.report
                breaches += report.counts.violated.error
                print(json.dumps(json_format.MessageToDict(report),
                                 ensure_ascii=False)
                      if arguments.json else row(report))
    except grpc.RpcError as error:
        print(f"{arguments.server}: {error.code().name}: {error.details()}",
              file=sys.stderr)
        return 2
    return 2 if problems else 1 if breaches else 0


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # After a stream that broke off, the library's threads may keep the
    # interpreter from ending; nothing is left to do for them.
    os._exit(exit_code)
