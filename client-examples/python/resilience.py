"""What a client does so that no call fails when a server does.

    channel = connect("dns:///klausul.example:50051")     # all its addresses
    channel = connect("ipv4:10.0.0.11:50051,10.0.0.12:50051")
    stub = compliance_service_pb2_grpc.ComplianceServiceStub(channel)
    stub.Evaluate(request, timeout=10)                    # retried by gRPC
    for answer in evaluate_stream(stub, messages, timeout=600):
        ...                                               # resumed by us

The service holds no state, so that every call can be repeated. Which answers
lead to another attempt stands in ../service_config.json; CANCELLED is among
them, since gRPC says so of calls that reach a server in the moment in which it
begins to drain. What the client cancels itself is not retried.
"""
import collections
import pathlib
import random
import threading
import time

import grpc

SERVICE_CONFIG = pathlib.Path(__file__).parent.parent / "service_config.json"
# The server's own limit.
MAX_MESSAGE_BYTES = 64 * 1024 * 1024
# gRPC keeps what it may have to send again, by default 256 KiB: a call with
# more in it is not retried.
RETRY_BUFFER_BYTES = 4 * 1024 * 1024

# A stream that has one answer is never retried by gRPC. What ends one for a
# reason of the connection, the server or a proxy, and not of what was asked.
RESUMABLE = {
    grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.ABORTED, grpc.StatusCode.CANCELLED,
    grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}
# In a row, without an answer in between.
MAX_ATTEMPTS = 8
FIRST_BACKOFF_SECONDS = 0.1
MAX_BACKOFF_SECONDS = 2.0
# Messages without an answer, which are kept to be sent again.
WINDOW = 16


def connect(target, credentials=None):
    """A channel to one server or to many, with round robin and retries.

    `credentials` as of grpc.ssl_channel_credentials(); plaintext without.
    """
    options = [
        ("grpc.service_config", SERVICE_CONFIG.read_text()),
        ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
        ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
        ("grpc.per_rpc_retry_buffer_size", RETRY_BUFFER_BYTES),
        # A server that is back is found within seconds, not minutes.
        ("grpc.initial_reconnect_backoff_ms", 200),
        ("grpc.max_reconnect_backoff_ms", 5000)]
    if credentials is None:
        return grpc.insecure_channel(target, options=options)
    return grpc.secure_channel(target, credentials, options=options)


class _Unanswered:
    """The messages of a stream, and which of them have no answer yet.

    gRPC reads the messages of a call on a thread of its own; the thread of a
    call that broke may still be at it when the next call begins.
    """

    def __init__(self, messages):
        self._source = iter(messages)
        self._waiting = collections.deque()
        self._answered = 0
        self._attempt = 0
        self._exhausted = False
        # What reading the messages raised.
        self.broken = None
        self._changed = threading.Condition()

    def send(self):
        """Messages for a new call: those without an answer, then the rest."""
        with self._changed:
            self._attempt += 1
            self._changed.notify_all()
            return self._messages_of(self._attempt, self._answered)

    def _messages_of(self, attempt, number):
        while True:
            with self._changed:
                message = self._take(attempt, number)
            if message is None:
                return
            number += 1
            yield message

    def _take(self, attempt, number):
        while self._attempt == attempt:
            place = number - self._answered
            if place < len(self._waiting):
                return self._waiting[place]
            if self._exhausted:
                return None
            if len(self._waiting) == WINDOW:
                self._changed.wait()
                continue
            try:
                message = next(self._source, None)
            except Exception as error:  # pylint: disable=broad-except
                # gRPC would say UNKNOWN of it, and what is left be lost.
                self.broken = error
                message = None
            if message is None:
                self._exhausted = True
                return None
            self._waiting.append(message)
        return None

    def answer(self, response):
        """Notes the answer to the first message without one."""
        with self._changed:
            if not self._waiting:
                raise RuntimeError("an answer to nothing")
            asked = [entry.request_id for entry in self._waiting[0].entries]
            told = [result.request_id for result in response.results]
            if asked != told:
                raise RuntimeError(
                    f"an answer to other entries: {told}, not {asked}")
            self._waiting.popleft()
            self._answered += 1
            self._changed.notify_all()

    def stop(self):
        """No call sends any more."""
        with self._changed:
            self._attempt += 1
            self._changed.notify_all()

    def is_done(self):
        with self._changed:
            return self._exhausted and not self._waiting


def evaluate_stream(stub, messages, timeout=None, on_resume=None):
    """EvaluateStream over any number of calls: yields each answer once.

    Each message has to carry its options, since any may be the first of a call,
    and ids of its entries. After a call that broke the next one begins with the
    first entry that has no answer. `timeout` in seconds is of the whole;
    `on_resume(error)` is told of each call that broke. Raises grpc.RpcError
    where that does not help.
    """
    end = None if timeout is None else time.monotonic() + timeout
    unanswered = _Unanswered(messages)
    failures = 0
    call = None
    try:
        while True:
            left = None if end is None else max(end - time.monotonic(), 0.001)
            try:
                call = stub.EvaluateStream(unanswered.send(), timeout=left)
                for response in call:
                    unanswered.answer(response)
                    failures = 0
                    yield response
                if unanswered.broken is not None:
                    raise unanswered.broken
                if unanswered.is_done():
                    return
                raise RuntimeError("a stream ended before its last answer")
            except grpc.RpcError as error:
                failures += 1
                if (error.code() not in RESUMABLE
                        or failures == MAX_ATTEMPTS):
                    raise
                if on_resume is not None:
                    on_resume(error)
            backoff = min(FIRST_BACKOFF_SECONDS * 2 ** (failures - 1),
                          MAX_BACKOFF_SECONDS)
            # Clients that lost the same server do not come back together.
            time.sleep(backoff * random.uniform(0.5, 1))
    finally:
        unanswered.stop()
        if call is not None:
            call.cancel()
