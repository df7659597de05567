// DEFLATE (RFC 1951), unpacking to a size that is known beforehand and not one byte further.

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_MORE = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const BACK_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577,
];
const BACK_MORE = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST = 15;
const QUICK = 10;
const BYTES_A_STEP = 1 << 18;
// Beyond this a member could not have been packed at all: a bomb is refused before memory is asked for.
const MOST_TIMES = 1032;

class Broken extends Error {}

/**
 * The bytes that `packed` holds; null when they are not exactly `size` bytes, or `packed` is broken or goes on after its end. Yields
 * its progress now and then.
 */
export function* inflate(packed, size) {
  if (size > MOST_TIMES * packed.length + MOST_TIMES) return null;
  const state = { packed, at: 0, bits: 0, held: 0, out: new Uint8Array(size), length: 0 };
  try {
    for (let isLast = false; !isLast; ) isLast = yield* readBlock(state);
  } catch (error) {
    if (error instanceof Broken) return null;
    throw error;
  }
  return state.length === size && state.at - (state.held >>> 3) === packed.length ? state.out : null;
}

function take(state, count) {
  while (state.held < count) {
    if (state.at >= state.packed.length) throw new Broken();
    state.bits |= state.packed[state.at] << state.held;
    state.at += 1;
    state.held += 8;
  }
  const value = state.bits & ((1 << count) - 1);
  state.bits >>>= count;
  state.held -= count;
  return value;
}

function* readBlock(state) {
  const isLast = take(state, 1) === 1;
  switch (take(state, 2)) {
    case 0:
      copyStored(state);
      break;
    case 1:
      yield* unpackBlock(state, FIXED);
      break;
    case 2:
      yield* unpackBlock(state, readCodes(state));
      break;
    default:
      throw new Broken();
  }
  return isLast;
}

function copyStored(state) {
  take(state, state.held % 8);
  const length = take(state, 16);
  if (take(state, 16) !== (length ^ 0xffff)) throw new Broken();
  for (let index = 0; index < length; index += 1) put(state, take(state, 8));
}

function put(state, byte) {
  if (state.length >= state.out.length) throw new Broken();
  state.out[state.length] = byte;
  state.length += 1;
}

/**
 * A canonical Huffman code: how many codes there are of each length, their symbols in order, and for each run of ten bits that begins
 * with a short code that code's symbol and length.
 */
function makeCode(lengths) {
  const counts = new Uint16Array(LONGEST + 1);
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  const starts = new Uint16Array(LONGEST + 2);
  const codes = new Uint16Array(LONGEST + 2);
  let left = 1;
  for (let length = 1; length <= LONGEST; length += 1) {
    left = 2 * left - counts[length];
    if (left < 0) throw new Broken();
    starts[length + 1] = starts[length] + counts[length];
    codes[length + 1] = (codes[length] + counts[length]) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const quick = new Uint16Array(1 << QUICK);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    symbols[starts[length]++] = symbol;
    const code = codes[length]++;
    if (length > QUICK) return;
    // Codes are read from their highest bit on, but lie in the stream from their lowest: reversed, they head every run they begin.
    let run = 0;
    for (let bit = 0; bit < length; bit += 1) run |= ((code >> bit) & 1) << (length - 1 - bit);
    for (; run < quick.length; run += 1 << length) quick[run] = (symbol << 4) | length;
  });
  return { counts, symbols, quick };
}

function readSymbol(state, code) {
  while (state.held < QUICK && state.at < state.packed.length) {
    state.bits |= state.packed[state.at] << state.held;
    state.at += 1;
    state.held += 8;
  }
  const found = code.quick[state.bits & ((1 << QUICK) - 1)];
  const length = found & 15;
  if (length === 0 || length > state.held) return readLongSymbol(state, code);
  state.bits >>>= length;
  state.held -= length;
  return found >> 4;
}

/** Bit by bit: the codes longer than a run, and the last ones of a stream. */
function readLongSymbol(state, code) {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST; length += 1) {
    value |= take(state, 1);
    const count = code.counts[length];
    if (value - count < first) return code.symbols[index + value - first];
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  throw new Broken();
}

function fixedLength(symbol) {
  if (symbol < 144) return 8;
  if (symbol < 256) return 9;
  return symbol < 280 ? 7 : 8;
}

const FIXED = {
  literals: makeCode(Array.from({ length: 288 }, (_, symbol) => fixedLength(symbol))),
  backs: makeCode(Array.from({ length: 30 }, () => 5)),
};

function readCodes(state) {
  const [literals, backs, codes] = [take(state, 5) + 257, take(state, 5) + 1, take(state, 4) + 4];
  if (literals > 286 || backs > 30) throw new Broken();
  const codeLengths = new Array(19).fill(0);
  for (let index = 0; index < codes; index += 1) codeLengths[CODE_ORDER[index]] = take(state, 3);
  const code = makeCode(codeLengths);
  const lengths = [];
  while (lengths.length < literals + backs) {
    const symbol = readSymbol(state, code);
    if (symbol < 16) lengths.push(symbol);
    else repeat(state, lengths, symbol);
  }
  if (lengths.length !== literals + backs || lengths[256] === 0) throw new Broken();
  return { literals: makeCode(lengths.slice(0, literals)), backs: makeCode(lengths.slice(literals)) };
}

function repeat(state, lengths, symbol) {
  if (symbol === 16 && lengths.length === 0) throw new Broken();
  const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
  const times = { 16: () => 3 + take(state, 2), 17: () => 3 + take(state, 3), 18: () => 11 + take(state, 7) }[symbol]();
  for (let index = 0; index < times; index += 1) lengths.push(value);
}

function* unpackBlock(state, codes) {
  let pause = state.length + BYTES_A_STEP;
  for (;;) {
    if (state.length > pause) {
      pause = state.length + BYTES_A_STEP;
      yield { phase: "unpack", done: state.length, total: state.out.length };
    }
    const symbol = readSymbol(state, codes.literals);
    if (symbol === 256) return;
    if (symbol < 256) put(state, symbol);
    else copyBack(state, codes, symbol - 257);
  }
}

function copyBack(state, codes, kind) {
  if (kind > 28) throw new Broken();
  const length = LENGTH_BASE[kind] + take(state, LENGTH_MORE[kind]);
  const far = readSymbol(state, codes.backs);
  if (far > 29) throw new Broken();
  const back = BACK_BASE[far] + take(state, BACK_MORE[far]);
  if (back > state.length) throw new Broken();
  for (let index = 0; index < length; index += 1) put(state, state.out[state.length - back]);
}
