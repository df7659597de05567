// The Merkle tree of RFC 6962: a root over rows in their order, and a row's path to a root.

import { fromHex, toHex } from "./bytes.js";
import { sha256, sha256Prefixed } from "./sha256.js";

const pair = new Uint8Array(65);

function nodeHash(left, right) {
  pair[0] = 1;
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

export function leafHash(bytes, start = 0, end = bytes.length) {
  return sha256Prefixed(0, bytes, start, end);
}

/** A root that grows leaf by leaf: complete subtrees wait on a stack, the largest first. */
export class GrowingRoot {
  constructor() {
    this.count = 0;
    this.subtrees = [];
  }

  add(leaf) {
    let hash = leaf;
    for (let size = this.count; size % 2 === 1; size = (size - 1) / 2) hash = nodeHash(this.subtrees.pop(), hash);
    this.subtrees.push(hash);
    this.count += 1;
  }

  hex() {
    if (this.count === 0) return toHex(sha256(new Uint8Array(0)));
    let hash = this.subtrees[this.subtrees.length - 1];
    for (let index = this.subtrees.length - 2; index >= 0; index -= 1) hash = nodeHash(this.subtrees[index], hash);
    return toHex(hash);
  }
}

/** Where an audit path leads from the leaf at `index` of `count`; null when it has not the length that it must have. */
export function rootOfPath(leaf, index, count, path) {
  let hash = leaf;
  let place = index;
  let last = count - 1;
  for (const text of path) {
    if (last <= 0) return null;
    const other = fromHex(text);
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(other, hash);
      while (place % 2 === 0 && place > 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, other);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? toHex(hash) : null;
}
