// Section 4: the values of the sources and their proofs (SEED-2), and the seed that follows from them (SEED-3).

import { NETWORKS, isSignedRound, randomnessOf } from "./drand.js";
import { sha256OfText } from "./sha256.js";
import { parseInstant } from "./shape.js";

const HEX_BYTES = /^(?:[0-9a-f]{2})+$/;
const EDGE_SPACE = /^\p{White_Space}|\p{White_Space}$/u;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The lines whose digest is the seed. */
export function seedLines(commitmentDigest, entropy) {
  return ["draw-v1/seed", commitmentDigest, ...entropy.map((entry) => `${entry.kind}:${entry.value}`)];
}

/** What is wrong with one entry of the entropy: a code of the table of words, or null. NIST pulses stand in `unchecked`. */
export function judgeEntry(entry) {
  const judge = { text: judgeText, dice: judgeDice, lottery: judgeLottery, drand: judgeDrand, nist: judgeNist }[entry.kind];
  return judge(entry);
}

const WELL = { verdict: "VERIFIED" };

function wrong(code, values = {}) {
  return { verdict: "MISMATCH", code, values };
}

function judgeText({ value, digest }) {
  const length = [...value].length;
  if (length < 1 || length > 200 || UNSEEN.test(value) || EDGE_SPACE.test(value)) return wrong("textForm");
  const found = sha256OfText(value);
  return found === digest ? WELL : wrong("textSealed", { expected: digest, found });
}

function judgeDice({ value, count, sides }) {
  const digits = sides === 10 ? /^[0-9]*$/ : new RegExp(`^[1-${sides}]*$`);
  return value.length === count && digits.test(value) ? WELL : wrong("diceForm", { count, sides });
}

function judgeLottery({ value, groups }) {
  const parts = value.split("/");
  if (parts.pop() !== "" || parts.length !== groups.length) return wrong("lotteryForm");
  return parts.every(isAscendingGroup) ? WELL : wrong("lotteryForm");
}

/** Numbers in decimal, each followed by a full stop, ascending, equal ones kept, at least one. */
function isAscendingGroup(part) {
  if (!/^(?:(?:0|[1-9][0-9]*)\.)+$/.test(part)) return false;
  const numbers = part.slice(0, -1).split(".");
  return numbers.every((number, index) => index === 0 || isAtLeast(number, numbers[index - 1]));
}

function isAtLeast(number, before) {
  return number.length === before.length ? number >= before : number.length > before.length;
}

function judgeDrand(entry) {
  const { chain, round, value, signature, previous_signature: previous } = entry;
  if (!HEX_BYTES.test(signature)) return wrong("drandForm");
  const found = randomnessOf(signature);
  if (value !== found) return wrong("drandValue", { expected: found, found: value });
  const network = NETWORKS[chain];
  if (network === undefined) return { verdict: "NOT CHECKED", code: "drandChain", values: { chain } };
  if (network.isChained !== (previous !== undefined)) return wrong("drandPrevious");
  if (network.isChained && !HEX_BYTES.test(previous)) return wrong("drandForm");
  const at = parseInstant(entry.at);
  if (at.second !== network.genesis + (round - 1) * network.period || at.fraction !== "") return wrong("drandTime");
  return isSignedRound(network, entry) ? WELL : wrong("drandSignature", { chain: network.name, round });
}

function judgeNist({ value }) {
  if (!/^[0-9a-f]{128}$/.test(value)) return wrong("nistForm");
  return { verdict: "NOT CHECKED", code: "nistProof", values: {} };
}
