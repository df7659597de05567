// SHA-256 (FIPS 180-4). Browsers offer theirs on secure pages only, and a page from a disk or from plain http is none.

import { encodeTextInto, toHex } from "./bytes.js";

const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const schedule = new Int32Array(64);

/** One block of 64 bytes at `at` into the state. */
function compress(state, bytes, at) {
  const w = schedule;
  for (let t = 0; t < 16; t += 1, at += 4) {
    w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
  state[4] = (state[4] + e) | 0;
  state[5] = (state[5] + f) | 0;
  state[6] = (state[6] + g) | 0;
  state[7] = (state[7] + h) | 0;
}

const tail = new Uint8Array(128);

/** The blocks of bytes[start..end) after `before` bytes (a multiple of 64) that the state holds already, then the padding. */
function finish(state, bytes, start, end, before) {
  let at = start;
  for (; at + 64 <= end; at += 64) compress(state, bytes, at);
  const rest = end - at;
  tail.fill(0);
  for (let index = 0; index < rest; index += 1) tail[index] = bytes[at + index];
  tail[rest] = 0x80;
  const size = rest < 56 ? 64 : 128;
  const length = before + end - start;
  const high = Math.floor(length / 0x20000000);
  const low = (length << 3) >>> 0;
  for (let index = 0; index < 4; index += 1) {
    tail[size - 8 + index] = high >>> (24 - 8 * index);
    tail[size - 4 + index] = low >>> (24 - 8 * index);
  }
  compress(state, tail, 0);
  if (size === 128) compress(state, tail, 64);
}

function stateBytes(state) {
  const digest = new Uint8Array(32);
  for (let index = 0; index < 8; index += 1) {
    digest[4 * index] = state[index] >>> 24;
    digest[4 * index + 1] = state[index] >>> 16;
    digest[4 * index + 2] = state[index] >>> 8;
    digest[4 * index + 3] = state[index];
  }
  return digest;
}

/** Bytes to their 32 bytes of digest. */
export function sha256(bytes) {
  const state = START.slice();
  finish(state, bytes, 0, bytes.length, 0);
  return stateBytes(state);
}

let scratch = new Uint8Array(4096);

function scratchFor(text) {
  if (scratch.length < 3 * text.length + 1) scratch = new Uint8Array(6 * text.length + 1);
  return encodeTextInto(text, scratch);
}

/** The digest of a text's UTF-8 bytes, as hexadecimal digits. */
export function sha256OfText(text) {
  const state = START.slice();
  finish(state, scratch, 0, scratchFor(text), 0);
  return toHex(stateBytes(state));
}

const leafState = new Int32Array(8);

/** The digest of one byte and then bytes[start..end): a leaf of RFC 6962, without a copy made for each. */
export function sha256Prefixed(first, bytes, start, end) {
  const length = end - start + 1;
  if (scratch.length < length) scratch = new Uint8Array(2 * length);
  scratch[0] = first;
  scratch.set(bytes.subarray(start, end), 1);
  leafState.set(START);
  finish(leafState, scratch, 0, length, 0);
  return stateBytes(leafState);
}

/** Tickets of one seed (section 5). The seed's 64 digits are the first block of all of them: hashed once. */
export class Tickets {
  constructor(seed) {
    this.seed = seed;
    this.first = START.slice();
    scratchFor(seed);
    compress(this.first, scratch, 0);
    this.state = new Int32Array(8);
  }

  /** ticket(purpose, entity, more): the digest of the lines seed, purpose, id, salt and, where there is one, one more. */
  of(purpose, entity, more) {
    const rest = `\n${purpose}\n${entity.id}\n${entity.salt}${more === undefined ? "" : `\n${more}`}`;
    this.state.set(this.first);
    finish(this.state, scratch, 0, scratchFor(rest), 64);
    return toHex(stateBytes(this.state));
  }

  /** The very lines that go into the digest, for whoever repeats it. */
  lines(purpose, entity, more) {
    return [this.seed, purpose, entity.id, entity.salt, ...(more === undefined ? [] : [more])];
  }
}
