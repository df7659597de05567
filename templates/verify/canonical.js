// Canonical JSON (section 1): RFC 8785 without floats and null, strings in NFC, keys in ASCII.

import { decodeText, encodeText, refuse } from "./bytes.js";

const ASCII = /^[\0-\x7f]*$/;
const LONE_SURROGATE = /\p{Cs}/u;
/** So many lists and objects may stand inside each other (section 1 of the page of the protocol). */
const DEPTH = 64;

/** The value of one canonical text; refuses any other text. What is canonical is what writing the value again would give. */
export function parseCanonical(text, where) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    refuse("notJson", { where });
  }
  if (renderCanonical(value, where, 0) !== text) refuse("notCanonical", { where });
  return value;
}

export function parseCanonicalBytes(bytes, where) {
  return parseCanonical(decodeText(bytes, where), where);
}

/** The canonical bytes of a value that a canonical text gave. */
export function canonicalBytes(value) {
  return encodeText(renderCanonical(value, "", 0));
}

export function renderCanonical(value, where, depth) {
  switch (typeof value) {
    case "string":
      return renderString(value, where);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value)) refuse("notInteger", { where });
      return String(value);
    default:
      break;
  }
  if (value === null) refuse("null", { where });
  if (depth >= DEPTH) refuse("tooDeep", { where });
  if (Array.isArray(value)) return `[${value.map((item) => renderCanonical(item, where, depth + 1)).join(",")}]`;
  const keys = Object.keys(value).sort();
  const members = keys.map((key) => {
    if (!ASCII.test(key)) refuse("keyNotAscii", { where });
    return `${JSON.stringify(key)}:${renderCanonical(value[key], where, depth + 1)}`;
  });
  return `{${members.join(",")}}`;
}

function renderString(text, where) {
  if (!ASCII.test(text)) {
    if (LONE_SURROGATE.test(text)) refuse("surrogate", { where });
    if (text.normalize("NFC") !== text) refuse("notNfc", { where });
  }
  return JSON.stringify(text);
}

/** Whether two values of canonical texts are the same. */
export function isEqual(left, right) {
  return renderCanonical(left, "", 0) === renderCanonical(right, "", 0);
}
