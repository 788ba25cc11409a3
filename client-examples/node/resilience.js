// What a client does so that no call fails when a server does.
//
//   const client = new klausul.v1.ComplianceService(
//       'dns:///klausul.example:50051', credentials, CHANNEL_OPTIONS);
//   client.Evaluate(request, {deadline}, callback);         // retried by gRPC
//   for await (const answer of evaluateStream(client, messages, {deadline}))
//                                                           // resumed by us
//
// The service holds no state, so that every call can be repeated.
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';

import grpc from '@grpc/grpc-js';

const HERE = path.dirname(fileURLToPath(import.meta.url));
// The server's own limit.
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export const CHANNEL_OPTIONS = {
  'grpc.service_config': fs.readFileSync(
      path.join(HERE, '..', 'service_config.json'), 'utf8'),
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  // A server that is back is found within seconds, not minutes.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5000,
};

// A stream that has one answer is never retried by gRPC. What ends one for a
// reason of the connection, the server or a proxy, and not of what was asked.
const RESUMABLE = new Set([
  grpc.status.UNAVAILABLE, grpc.status.RESOURCE_EXHAUSTED, grpc.status.ABORTED,
  grpc.status.CANCELLED, grpc.status.INTERNAL, grpc.status.UNKNOWN,
]);
// In a row, without an answer in between.
const MAX_ATTEMPTS = 8;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2000;
// Messages without an answer, which are kept to be sent again.
const WINDOW = 16;

// Takes the answer to the first of the messages without one.
function takeAnswer(waiting, {results = []}) {
  if (waiting.length === 0) throw new Error('an answer to nothing');
  const asked = waiting[0].entries.map((entry) => entry.requestId);
  const told = results.map((result) => result.requestId);
  if (asked.join('\n') !== told.join('\n')) {
    throw new Error(`an answer to other entries: ${told}, not ${asked}`);
  }
  waiting.shift();
}

// EvaluateStream over any number of calls: yields each answer once.
//
// Each message has to carry its options, since any may be the first of a call,
// and ids of its entries. After a call that broke the next one begins with the
// first entry that has no answer. `deadline` is of the whole; `onResume(error)`
// is told of each call that broke. Throws where that does not help.
export async function* evaluateStream(client, messages, {deadline, onResume} = {}) {
  const source = messages[Symbol.iterator]();
  const waiting = [];
  let exhausted = false;
  let failures = 0;
  while (true) {
    const call = client.EvaluateStream({deadline});
    // An error comes as an exception of the loop over the answers below.
    call.on('error', () => {});
    try {
      let ended = false;
      // The window bounds what is held in memory; there is no need to wait for
      // room.
      const fill = () => {
        while (!exhausted && waiting.length < WINDOW) {
          const {value, done} = source.next();
          if (done) {
            exhausted = true;
            break;
          }
          waiting.push(value);
          call.write(value);
        }
        if (exhausted && !ended) {
          ended = true;
          call.end();
        }
      };
      for (const message of waiting) call.write(message);
      fill();
      for await (const answer of call) {
        takeAnswer(waiting, answer);
        failures = 0;
        fill();
        yield answer;
      }
      if (exhausted && waiting.length === 0) return;
      throw new Error('a stream ended before its last answer');
    } catch (error) {
      failures += 1;
      if (!RESUMABLE.has(error.code) || failures === MAX_ATTEMPTS) throw error;
      onResume?.(error);
    } finally {
      call.cancel();
    }
    // Clients that lost the same server do not come back together.
    await sleep(
        Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS) *
        (0.5 + Math.random() / 2));
  }
}
