// A zip file read strictly: what lists its members and what holds them must say the same, nothing may lie before, between,
// after or on top of each other, and nothing unpacks to more than it says. Whatever is cleverer than that is refused.

import { decodeText, refuse } from "./bytes.js";
import { inflate } from "./inflate.js";
import { requireNames } from "./members.js";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = 0x08074b50;
const UTF8_NAMES = 0x0800;
const STREAMED = 0x0008;
const BYTES_A_CHECK = 1 << 21;
const MOST_BYTES = 2_000_000_000;
const MOST_MEMBER_BYTES = 1_000_000_000;
// No member unpacks to more than a hundred times its size, once it is larger than a mebibyte; and no packer makes one much larger.
const MOST_TIMES_PACKED = 100;
const ANY_TIMES_BELOW = 1 << 20;

const CRC = new Int32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function* crc32(bytes) {
  let value = -1;
  for (let start = 0; start < bytes.length; start += BYTES_A_CHECK) {
    const end = Math.min(bytes.length, start + BYTES_A_CHECK);
    for (let index = start; index < end; index += 1) value = CRC[(value ^ bytes[index]) & 255] ^ (value >>> 8);
    yield { phase: "unpack", done: end, total: bytes.length };
  }
  return ~value >>> 0;
}

function bad(what) {
  return refuse("zip", { what });
}

export function isZip(bytes) {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The members of a zip file: a Map of name to bytes. */
export function* readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, size } = readEnd(view);
  const members = new Map();
  let entry = start;
  let next = 0;
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    const member = readEntry(view, bytes, entry, start + size);
    entry = member.after;
    entries.push(member);
  }
  if (entry !== start + size) bad("sizes");
  requireNames(entries.map((member) => member.name));
  requireBounds(entries);
  for (const member of entries) {
    if (member.local !== next) bad("gaps");
    const { packed, after } = readLocal(view, bytes, member, start);
    next = after;
    const content = member.method === 0 ? packed : yield* inflate(packed, member.size);
    if (content === null || content.length !== member.size) bad("sizes");
    if ((yield* crc32(content)) !== member.crc) bad("crc");
    if (!member.name.endsWith("/")) members.set(member.name, content);
    else if (content.length > 0) bad("link");
  }
  if (next !== start) bad("gaps");
  return members;
}

/** Before anything is unpacked: no member, and not all together, may be too large, or a bomb. */
function requireBounds(entries) {
  for (const { packed, size } of entries) {
    if (size > MOST_MEMBER_BYTES) bad("large");
    if (size > Math.max(ANY_TIMES_BELOW, MOST_TIMES_PACKED * packed)) bad("bomb");
    if (packed > size + Math.floor(size / 100) + 1024) bad("sizes");
  }
  if (entries.reduce((total, { size }) => total + size, 0) > MOST_BYTES) bad("large");
}

function readEnd(view) {
  const at = view.byteLength - 22;
  // No comment is allowed: then the end stands where it must, and only there.
  if (at < 0 || view.getUint32(at, true) !== END || view.getUint16(at + 20, true) !== 0) bad("end");
  const count = view.getUint16(at + 10, true);
  const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (view.getUint32(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count) bad("disks");
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) bad("zip64");
  if (start + size !== at) bad("end");
  return { count, start, size };
}

function readEntry(view, bytes, at, end) {
  if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) bad("sizes");
  const nameSize = view.getUint16(at + 28, true);
  const nameEnd = at + 46 + nameSize;
  const after = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (after > end) bad("sizes");
  const mode = (view.getUint32(at + 38, true) >>> 16) & 0xf000;
  const member = {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    local: view.getUint32(at + 42, true),
    name: decodeText(bytes.subarray(at + 46, nameEnd), "zip"),
    after,
  };
  if (mode !== 0 && mode !== 0x8000 && !(mode === 0x4000 && member.name.endsWith("/"))) bad("link");
  if (view.getUint16(at + 34, true) !== 0) bad("disks");
  if ((member.flags & ~(UTF8_NAMES | STREAMED | 0x0006)) !== 0) bad("flags");
  if (member.method !== 0 && member.method !== 8) bad("method");
  if (member.method === 0 && member.size !== member.packed) bad("sizes");
  return member;
}

function readLocal(view, bytes, member, limit) {
  const at = member.local;
  if (at + 30 > limit || view.getUint32(at, true) !== LOCAL) bad("sizes");
  const nameEnd = at + 30 + view.getUint16(at + 26, true);
  const start = nameEnd + view.getUint16(at + 28, true);
  const end = start + member.packed;
  if (end > limit) bad("sizes");
  if (view.getUint16(at + 6, true) !== member.flags || view.getUint16(at + 8, true) !== member.method) bad("differs");
  if (decodeText(bytes.subarray(at + 30, nameEnd), "zip") !== member.name) bad("differs");
  const streamed = (member.flags & STREAMED) !== 0;
  const says = [view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true)];
  const wanted = [member.crc, member.packed, member.size];
  const isSilent = streamed && says.every((value) => value === 0);
  if (!isSilent && !says.every((value, index) => value === wanted[index])) bad("differs");
  return { packed: bytes.subarray(start, end), after: streamed ? readDescriptor(view, end, wanted, limit) : end };
}

function readDescriptor(view, at, wanted, limit) {
  const marked = at + 4 <= limit && view.getUint32(at, true) === DESCRIPTOR;
  const from = marked ? at + 4 : at;
  if (from + 12 > limit) bad("sizes");
  if (!wanted.every((value, index) => view.getUint32(from + 4 * index, true) === value)) bad("differs");
  return from + 12;
}
