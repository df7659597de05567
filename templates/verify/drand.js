// drand beacons: the two public networks, pinned, and whether a round's signature is theirs.

import { fromHex, toHex } from "./bytes.js";
import { sha256 } from "./sha256.js";

export const NETWORKS = {
  "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": {
    name: "quicknet",
    isChained: false,
    genesis: 1692803367,
    period: 3,
    publicKey:
      "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451" +
      "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  },
  "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": {
    name: "default",
    isChained: true,
    genesis: 1595431050,
    period: 30,
    publicKey: "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
  },
};

function roundMessage(network, round, previous) {
  const before = network.isChained ? fromHex(previous) : new Uint8Array(0);
  const bytes = new Uint8Array(before.length + 8);
  bytes.set(before);
  new DataView(bytes.buffer).setBigUint64(before.length, BigInt(round));
  return sha256(bytes);
}

/** Whether the signature (hexadecimal) is the network's over that round; noble throws at points that are none. */
export function isSignedRound(network, { round, signature, previous_signature: previous }) {
  const message = roundMessage(network, round, previous);
  const [bytes, key] = [fromHex(signature), fromHex(network.publicKey)];
  try {
    return network.isChained ? drandBls.verifyG2(bytes, message, key) : drandBls.verifyG1(bytes, message, key);
  } catch {
    return false;
  }
}

/** SHA-256 of a signature: the round's randomness. */
export function randomnessOf(signature) {
  return toHex(sha256(fromHex(signature)));
}
