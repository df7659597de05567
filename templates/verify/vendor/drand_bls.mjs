// What the page needs of noble's BLS12-381: does a drand signature stand under a network's public key?
// build.mjs makes drand_bls.min.js of this file and of @noble/curves; the page holds the minified file only.
import { bls12_381 } from "@noble/curves/bls12-381.js";

const TAG_G1 = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const TAG_G2 = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";

/** Signatures in G1 (48 bytes), public keys in G2 (96 bytes): drand's scheme bls-unchained-g1-rfc9380. */
export function verifyG1(signature, message, publicKey) {
  const scheme = bls12_381.shortSignatures;
  return scheme.verify(scheme.Signature.fromBytes(signature), scheme.hash(message, TAG_G1), publicKey);
}

/** Signatures in G2 (96 bytes), public keys in G1 (48 bytes): drand's scheme pedersen-bls-chained. */
export function verifyG2(signature, message, publicKey) {
  const scheme = bls12_381.longSignatures;
  return scheme.verify(scheme.Signature.fromBytes(signature), scheme.hash(message, TAG_G2), publicKey);
}
