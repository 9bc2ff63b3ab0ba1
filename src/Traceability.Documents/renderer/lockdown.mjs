// Imported first by the worker: after this module has run, nothing in the process can open a socket, resolve a name or
// start another program. Reading files is limited by Node's permission model (see RendererProcess on the .NET side);
// that model has no switch for the network before Node 25, so the network is taken away here.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

function refuse(name) {
  return function refused() {
    const error = new Error(`The renderer has no network and starts no programs: ${name} is switched off.`);
    error.code = 'ERR_LOCKED_DOWN';
    throw error;
  };
}

function replace(target, name, label) {
  Object.defineProperty(target, name, { value: refuse(`${label}.${name}`), writable: false, configurable: false });
}

// The prototypes come first: http, tls, undici and every agent end in one of these, whatever they captured earlier.
// The standard streams are sockets on pipes that are already open; they never connect or listen.
for (const name of ['connect']) replace(net.Socket.prototype, name, 'net.Socket');
for (const name of ['listen', 'listen2', '_listen2']) replace(net.Server.prototype, name, 'net.Server');
for (const name of ['bind', 'connect', 'send', 'sendto']) replace(dgram.Socket.prototype, name, 'dgram.Socket');

const functionsOf = { childProcess, dgram, dns, http, http2, https, net, tls };
for (const [label, module] of Object.entries(functionsOf)) {
  for (const [name, value] of Object.entries(module)) {
    // Classes stay (their prototypes are closed above); what acts is a function with a lower-case name.
    const acts = typeof value === 'function' && /^[a-z]/.test(name) && !/^(_|is[A-Z]|get[A-Z]|validate|check)/.test(name);
    if (acts && Object.getOwnPropertyDescriptor(module, name)?.configurable) replace(module, name, label);
  }
}
for (const [name, value] of Object.entries(dns.promises)) {
  if (typeof value === 'function' && /^[a-z]/.test(name)) replace(dns.promises, name, 'dns.promises');
}
syncBuiltinESMExports();

for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) delete globalThis[name];
