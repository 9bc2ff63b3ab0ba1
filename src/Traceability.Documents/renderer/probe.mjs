// Answers only in a worker started with --probes, which no product setting does: tests ask the running worker itself whether
// its walls stand. Each attempt is something a worker must never manage; the answer is the error it met, or "open".
import { execFileSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer, Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

const attempts = {
  readOutside: () => readFileSync(new URL('../outside.txt', import.meta.url)),
  readSystem: () => readFileSync(process.execPath),
  write: () => writeFileSync(new URL('./written.txt', import.meta.url), ''),
  program: () => execFileSync(process.execPath, ['--version']),
  thread: () => new Worker('', { eval: true }),
  connect: () => connect(9, '127.0.0.1'),
  rawSocket: () => new Socket().connect(9, '127.0.0.1'),
  listen: () => createServer().listen(0),
  http: () => get('http://127.0.0.1:9/'),
  fetch: () => fetch('http://127.0.0.1:9/'),
  lookup: () => lookup('localhost'),
  binding: () => process.binding('tcp_wrap'),
  hang: () => { for (;;); },
  exit: () => process.exit(3),
  exhaust: () => { const held = []; for (;;) held.push(new Array(1_000_000).fill(held.length)); },
};

export async function probe(attempt) {
  try {
    await attempts[attempt]();
    return 'open';
  } catch (error) {
    return error.code ?? error.name;
  }
}
