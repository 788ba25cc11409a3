#!/usr/bin/env node
// Validates every procurement document of a folder with a Klausul server.
//
//   npm ci
//   node batch_validate.js ../samples --server 127.0.0.1:50051
//   node batch_validate.js notices/ --lang en --json > findings.jsonl
//
// Prints a table: one row a document, breaches by severity, undecided rules.
// With --json, one DocumentReport a line instead. Exit code: 0 no breach of
// binding law, 1 breaches, 2 a document could not be read or the server did
// not answer.
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const ENDINGS = new Set(['.xml', '.json', '.jsonl', '.yaml', '.yml']);
const ENTRIES_A_MESSAGE = 16;
const DEADLINE_MS = 60_000;
// The server's own limit on a message is 64 MiB by default.
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

const USAGE =
    'usage: batch_validate.js FOLDER [--server HOST:PORT] [--lang nb|nn|en]\n' +
    '                         [--rules IDS] [--as-of YYYY-MM-DD] [--json]';

function readArguments() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      server: {type: 'string', default: '127.0.0.1:50051'},
      lang: {type: 'string', default: 'nb'},
      rules: {type: 'string'},
      'as-of': {type: 'string'},
      json: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (positionals.length !== 1) throw new Error('exactly one folder is needed');
  return {folder: positionals[0], ...values};
}

// Paths of the documents, sorted; hidden names are left out.
function documentsBelow(place) {
  if (fs.statSync(place).isFile()) return [place];
  const found = [];
  for (const entry of fs.readdirSync(place, {withFileTypes: true})) {
    if (entry.name.startsWith('.')) continue;
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) {
      found.push(...documentsBelow(full));
    } else if (ENDINGS.has(path.extname(entry.name))) {
      found.push(full);
    }
  }
  return found.sort();
}

// One stream entry a document, one a line of a JSON Lines file.
function* entriesOf(paths) {
  for (const file of paths) {
    const content = fs.readFileSync(file);
    if (path.extname(file) !== '.jsonl') {
      yield {requestId: file, document: {content, uri: file, firstLine: 1}};
      continue;
    }
    const lines = content.toString('utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const uri = `${file}#/lines/${index + 1}`;
      yield {
        requestId: uri,
        document: {content: Buffer.from(line), uri, firstLine: index + 1},
      };
    }
  }
}

function evaluateOptions(args) {
  const options = {
    language: args.lang,
    ruleSets: args.rules ? args.rules.split(',') : [],
    view: 'FULL',
  };
  if (args['as-of']) {
    const [year, month, day] = args['as-of'].split('-').map(Number);
    options.asOf = {year, month, day};
  }
  return options;
}

function newClient(server) {
  const protos = path.join(
      path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'proto');
  const definition = protoLoader.loadSync(
      'klausul/v1/compliance_service.proto',
      {includeDirs: [protos], enums: String, longs: Number});
  const {klausul} = grpc.loadPackageDefinition(definition);
  return new klausul.v1.ComplianceService(
      server, grpc.credentials.createInsecure(), {
        'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
        'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      });
}

function row(report) {
  const {violated = {}, undetermined = 0} = report.counts ?? {};
  const columns = [
    [violated.error, 6], [violated.warning, 6], [violated.advice, 6],
    [undetermined, 9],
  ];
  return report.uri.padEnd(60) +
      columns.map(([n, width]) => ' ' + String(n ?? 0).padStart(width)).join('');
}

function validate(args) {
  return new Promise((resolve) => {
    let breaches = 0;
    let unreadable = 0;
    const call = newClient(args.server).EvaluateStream(
        {deadline: Date.now() + DEADLINE_MS});
    call.on('data', ({results = []}) => {
      for (const {requestId, response, status} of results) {
        if (status) {
          unreadable += 1;
          console.error(`${requestId}: ${status.message}`);
          continue;
        }
        breaches += response.report.counts?.violated?.error ?? 0;
        console.log(
            args.json ? JSON.stringify(response.report) : row(response.report));
      }
    });
    call.on('error', (error) => {
      console.error(`${args.server}: ${error.message}`);
      resolve(2);
    });
    call.on('end', () => resolve(unreadable ? 2 : breaches ? 1 : 0));

    let message = {entries: [], options: evaluateOptions(args)};
    for (const entry of entriesOf(documentsBelow(args.folder))) {
      message.entries.push(entry);
      if (message.entries.length === ENTRIES_A_MESSAGE) {
        call.write(message);
        message = {entries: []};
      }
    }
    if (message.entries.length > 0) call.write(message);
    call.end();
  });
}

try {
  const args = readArguments();
  if (!args.json) {
    console.log(`${'document'.padEnd(60)}  error   warn advice undecided`);
  }
  process.exitCode = await validate(args);
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
