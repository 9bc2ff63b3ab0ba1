import './lockdown.mjs';
import { readFrames, writeFrame } from './framing.mjs';
import { print } from './print.mjs';
import { probe } from './probe.mjs';
import { validate } from './validate.mjs';

// Standard output carries frames only; whatever a library prints must not get between them.
console.log = console.info = console.warn = console.debug = (...values) => console.error(...values);

const probesAllowed = process.argv.includes('--probes');
const maximumRequest = 64 * 1024 * 1024;

async function handle(frame) {
  const started = performance.now();
  const text = frame.toString('utf8');
  const { kind, document, attempt } = JSON.parse(text);
  if (kind === 'probe' && probesAllowed) return { head: { ok: true, outcome: await probe(attempt) } };
  validate(document);
  const { pdf, pages, passes } = await print(JSON.stringify(document));
  return { head: { ok: true, pages, passes, milliseconds: Math.round(performance.now() - started), bytes: pdf.length }, body: pdf };
}

async function answer(frame) {
  let reply;
  try {
    reply = await handle(frame);
  } catch (error) {
    reply = { head: { ok: false, code: error.code === 'refused' ? 'refused' : 'failed', message: error.message, detail: error.stack } };
  }
  await writeFrame(process.stdout, Buffer.from(JSON.stringify(reply.head)));
  if (reply.body) await writeFrame(process.stdout, reply.body);
}

await writeFrame(process.stdout, Buffer.from(JSON.stringify({ ready: true, node: process.version })));
await readFrames(process.stdin, answer, maximumRequest);
