#!/usr/bin/env python3
"""Validates every procurement document of a folder with a Klausul server.

    ./generate_stubs
    ./batch_validate.py ../samples --server 127.0.0.1:50051
    ./batch_validate.py notices/ --lang en --json > findings.jsonl

Prints a table: one row a document, breaches by severity, undecided rules.
With --json, one DocumentReport a line instead, as `klausul check --format
jsonl` prints it. Exit code: 0 no breach of binding law, 1 breaches, 2 a
document could not be read or the server did not answer.

Needs python3-grpcio and python3-protobuf of Debian 12, or newer ones.
"""
import argparse
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

ENDINGS = {".xml", ".json", ".jsonl", ".yaml", ".yml"}
ENTRIES_A_MESSAGE = 16
DEADLINE_SECONDS = 60
# The server's own limit on a message is 64 MiB by default.
MAX_MESSAGE_BYTES = 64 * 1024 * 1024


def documents_below(folder):
    """Paths of the documents, sorted; hidden names are left out."""
    root = pathlib.Path(folder)
    if root.is_file():
        return [root]
    return sorted(
        path for path in root.rglob("*")
        if path.is_file() and path.suffix in ENDINGS
        and not any(part.startswith(".")
                    for part in path.relative_to(root).parts))


def entries(paths):
    """One stream entry a document, one a line of a JSON Lines file."""
    for path in paths:
        content = path.read_bytes()
        if path.suffix == ".jsonl":
            for number, line in enumerate(content.split(b"\n"), start=1):
                if line.strip():
                    yield f"{path}#/lines/{number}", line, number
        else:
            yield str(path), content, 1


def requests(all_entries, options):
    """Messages of some entries each; the options go with the first."""
    message = compliance_service_pb2.EvaluateStreamRequest(options=options)
    for uri, content, first_line in all_entries:
        message.entries.add(
            request_id=uri,
            document=evaluate_options_pb2.Document(
                content=content, uri=uri, first_line=first_line))
        if len(message.entries) == ENTRIES_A_MESSAGE:
            yield message
            message = compliance_service_pb2.EvaluateStreamRequest()
    if message.entries:
        yield message


def evaluate_options(arguments):
    options = evaluate_options_pb2.EvaluateOptions(
        language=arguments.lang,
        rule_sets=arguments.rules.split(",") if arguments.rules else [],
        view=evaluate_options_pb2.EvaluateOptions.FULL)
    if arguments.as_of:
        year, month, day = arguments.as_of.split("-")
        options.as_of.CopyFrom(common_pb2.Date(
            year=int(year), month=int(month), day=int(day)))
    return options


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="folder (or file) to validate")
    parser.add_argument("--server", default="127.0.0.1:50051",
                        metavar="HOST:PORT")
    parser.add_argument("--lang", default="nb", choices=["nb", "nn", "en"])
    parser.add_argument("--rules", metavar="IDS",
                        help="rule sets, separated by commas")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="date of law")
    parser.add_argument("--json", action="store_true",
                        help="one DocumentReport a line")
    arguments = parser.parse_args()

    channel = grpc.insecure_channel(arguments.server, options=[
        ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
        ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)])
    stub = compliance_service_pb2_grpc.ComplianceServiceStub(channel)
    paths = documents_below(arguments.folder)
    breaches = unreadable = 0
    if not arguments.json:
        print(f"{'document':<60} {'error':>6} {'warn':>6} {'advice':>6} "
              f"{'undecided':>9}")
    try:
        for message in stub.EvaluateStream(
                requests(entries(paths), evaluate_options(arguments)),
                timeout=DEADLINE_SECONDS):
            for result in message.results:
                if result.WhichOneof("result") == "status":
                    unreadable += 1
                    print(f"{result.request_id}: {result.status.message}",
                          file=sys.stderr)
                    continue
                report = result.response.report
                counts = report.counts
                breaches += counts.violated.error
                if arguments.json:
                    print(json.dumps(json_format.MessageToDict(report),
                                     ensure_ascii=False))
                else:
                    print(f"{report.uri:<60} {counts.violated.error:>6} "
                          f"{counts.violated.warning:>6} "
                          f"{counts.violated.advice:>6} "
                          f"{counts.undetermined:>9}")
    except grpc.RpcError as error:
        print(f"{arguments.server}: {error.code().name}: {error.details()}",
              file=sys.stderr)
        return 2
    return 2 if unreadable else 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
