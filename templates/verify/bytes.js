// Bytes and text: UTF-8 read strictly, hexadecimal digits, the one order of the protocol (section 1).

const STRICT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const UTF8 = new TextEncoder();
const HEX_OF = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** What makes a file one that gets no verdicts: a code of the table of words, and what fills its gaps. */
export class Refused extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export function refuse(code, values) {
  throw new Refused(code, values);
}

/** Bytes to text; refuses what is not UTF-8. A byte order mark stays in the text, where no JSON begins with it. */
export function decodeText(bytes, where) {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return refuse("notUtf8", { where });
  }
}

export function encodeText(text) {
  return UTF8.encode(text);
}

/** Text into the front of `target`, which must be large enough (three bytes a code unit suffice); gives the bytes written. */
export function encodeTextInto(text, target) {
  return UTF8.encodeInto(text, target).written;
}

export function toHex(bytes) {
  let text = "";
  for (let index = 0; index < bytes.length; index += 1) text += HEX_OF[bytes[index]];
  return text;
}

export function fromHex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = parseInt(text.substr(2 * index, 2), 16);
  return bytes;
}

/** Order by UTF-8 bytes. UTF-16 differs from it only where a surrogate meets a unit from U+E000 up. */
export function compareBytes(left, right) {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const one = left.charCodeAt(index);
    const other = right.charCodeAt(index);
    if (one !== other) return rank(one) - rank(other);
  }
  return left.length - right.length;
}

function rank(unit) {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Ascending, each once. */
export function isSorted(texts) {
  for (let index = 1; index < texts.length; index += 1) {
    if (compareBytes(texts[index - 1], texts[index]) >= 0) return false;
  }
  return true;
}

export function isSame(left, right) {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
