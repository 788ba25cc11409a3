#!/usr/bin/env node
// Validates every procurement document of a folder with a Klausul server.
//
//   npm ci
//   node batch_validate.js ../samples --server 127.0.0.1:50051
//   node batch_validate.js notices/ --lang en --json > findings.jsonl
//
// Prints a table: one row a document, breaches by severity, undecided rules.
// With --json, one DocumentReport a line instead. Exit code: 0 no breach of
// binding law, 1 breaches, 2 a document could not be read or no server
// answered. Calls are shared out among all addresses of the server
// (dns:///HOST:PORT, ipv4:HOST:PORT,HOST:PORT); a stream that breaks goes on
// where it was (resilience.js).
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

import {CHANNEL_OPTIONS, evaluateStream} from './resilience.js';

const ENDINGS = new Set(['.xml', '.json', '.jsonl', '.yaml', '.yml']);
// A message is answered as a whole: small ones give results sooner. The server
// takes 64 MiB and 1000 entries in one.
const ENTRIES_A_MESSAGE = 16;
const BYTES_A_MESSAGE = 8 * 1024 * 1024;
// Of the whole stream: this much, and a second a file.
const DEADLINE_MS = 60_000;

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
  if (!fs.statSync(place, {throwIfNoEntry: false})?.isDirectory()) {
    return [place];
  }
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
function* entriesOf(paths, onUnreadable) {
  for (const file of paths) {
    let content;
    try {
      content = fs.readFileSync(file);
    } catch (error) {
      onUnreadable(`${file}: ${error.message}`);
      continue;
    }
    if (path.extname(file) !== '.jsonl') {
      yield {requestId: file, document: {content, uri: file, firstLine: 1}};
      continue;
    }
    let begin = 0;
    for (let number = 1; begin < content.length; ++number) {
      const found = content.indexOf('\n', begin);
      const end = found < 0 ? content.length : found;
      const line = content.subarray(begin, end);
      begin = end + 1;
      if (line.toString().trim() === '') continue;
      const uri = `${file}#/lines/${number}`;
      yield {
        requestId: uri,
        document: {content: line, uri, firstLine: number},
      };
    }
  }
}

// Messages of some entries each. The options go with every one: any may be the
// first of a stream that goes on after another broke.
function* messagesOf(entries, options) {
  let message = {entries: [], options};
  let size = 0;
  for (const entry of entries) {
    const bytes = entry.document.content.length;
    const full = message.entries.length === ENTRIES_A_MESSAGE ||
        size + bytes > BYTES_A_MESSAGE;
    if (message.entries.length > 0 && full) {
      yield message;
      message = {entries: [], options};
      size = 0;
    }
    message.entries.push(entry);
    size += bytes;
  }
  if (message.entries.length > 0) yield message;
}

function toDate(text) {
  const [, year, month, day] =
      /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year) throw new Error(`--as-of: \`${text}\` is no YYYY-MM-DD`);
  return {year, month, day};
}

function evaluateOptions(args) {
  return {
    language: args.lang,
    ruleSets: args.rules ? args.rules.split(',') : [],
    view: 'FULL',
    ...(args['as-of'] && {asOf: toDate(args['as-of'])}),
  };
}

function newClient(server) {
  const protos = path.join(
      path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'proto');
  const definition = protoLoader.loadSync(
      'klausul/v1/compliance_service.proto',
      {includeDirs: [protos], enums: String, longs: Number});
  const {klausul} = grpc.loadPackageDefinition(definition);
  return new klausul.v1.ComplianceService(
      server, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
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

async function validate(args) {
  let breaches = 0;
  let problems = 0;
  const onUnreadable = (problem) => {
    problems += 1;
    console.error(problem);
  };
  const options = evaluateOptions(args);
  const paths = documentsBelow(args.folder);
  if (!args.json) {
    console.log(`${'document'.padEnd(60)}  error   warn advice undecided`);
  }

  const messages = messagesOf(entriesOf(paths, onUnreadable), options);
  const deadline = Date.now() + DEADLINE_MS + 1000 * paths.length;
  try {
    for await (const {results = []} of evaluateStream(
        newClient(args.server), messages, {deadline})) {
      for (const {requestId, response, status} of results) {
        if (status) {
          onUnreadable(`${requestId}: ${status.message}`);
          continue;
        }
        breaches += response.report.counts?.violated?.error ?? 0;
        console.log(
            args.json ? JSON.stringify(response.report) : row(response.report));
      }
    }
  } catch (error) {
    console.error(`${args.server}: ${error.message}`);
    return 2;
  }
  return problems ? 2 : breaches ? 1 : 0;
}

try {
  process.exitCode = await validate(readArguments());
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
