// Recomputes the chain vectors without any of the Python code: its own serialiser, sign by sign, and Node's hashes.
//
//     node docs/chain.js tests/ledger/vectors.json

"use strict";
const { createHash, createHmac } = require("node:crypto");
const { readFileSync } = require("node:fs");

const SHORT = { 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" };

function sign(character) {
  const code = character.codePointAt(0);
  if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) throw new Error(`U+${code.toString(16)} is refused`);
  if (SHORT[code]) return SHORT[code];
  return code < 32 ? "\\u" + code.toString(16).padStart(4, "0") : character;
}

function canonical(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (typeof value === "string") return '"' + Array.from(value, sign).join("") + '"';
  if (Number.isSafeInteger(value)) return BigInt(value).toString();
  throw new Error(`not in a preimage: ${value}`);
}

const bytes = (value) => Buffer.from(canonical(value), "utf8");
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const mac = (salt, value) => createHmac("sha256", Buffer.from(salt, "hex")).update(bytes(value)).digest("hex");
const byBytes = (...keys) => (a, b) => keys.map((key) => Buffer.compare(Buffer.from(a[key]), Buffer.from(b[key]))).find((n) => n) ?? 0;

const HEADER = ("kind family effective_on period_id recorded_at about_on entered_by on_behalf_of confirmed_by decision_id " +
  "reverses corrects agreement_id document privacy idem_scope idem_key fingerprint facts").split(" ");
const DEED = "kind period_id account_id entry_id entered_by decision_id recorded_at facts".split(" ");
const LINE = "programme amount quantity_milli quantity_unit method".split(" ");

const vectors = JSON.parse(readFileSync(process.argv[2], "utf8"));
let compared = 0;

function same(what, found, expected) {
  compared += 1;
  if (found !== expected) throw new Error(`${what}: ${found} is not ${expected}`);
}

function preimage(link) {
  const { row } = link;
  if (link.subject === "A") return ["hourstead.act.1", vectors.uid, row.act_id, ...DEED.map((name) => row[name])];
  const texts = [...link.texts].sort(byBytes("part")).map((text) => [text.part, text.mac]);
  const lines = link.lines.map((line) => [
    line.line, line.account_id, ...vectors.leaves[line.account_id], ...LINE.map((name) => line[name]),
  ]);
  return ["hourstead.entry.1", vectors.uid, row.entry_id, ...HEADER.map((name) => row[name]), texts, lines];
}

for (const { value, bytes: expected } of vectors.canonical) same("canonical", bytes(value).toString("hex"), expected);
for (const n of vectors.names) {
  same("name", mac(n.salt, ["hourstead.name.1", vectors.uid, n.party_id, n.act_id, n.part, n.body]), n.mac);
}
same("registers", sha256(bytes([...vectors.registers.rows].sort(byBytes(0, 1)))).toString("hex"), vectors.registers.digest);

let previous = sha256(Buffer.from("hourstead.chain.1" + vectors.uid));
same("genesis", previous.toString("hex"), vectors.genesis);
for (const link of vectors.links) {
  for (const text of link.texts ?? []) {
    same("text", mac(text.salt, ["hourstead.text.1", vectors.uid, text.entry_id, text.part, text.body]), text.mac);
  }
  same("preimage", canonical(preimage(link)), link.preimage);
  const digest = sha256(bytes(preimage(link)));
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(link.seq));
  previous = sha256(Buffer.from("hourstead.link.1"), previous, number, digest);
  same(`digest ${link.seq}`, digest.toString("hex"), link.digest);
  same(`hash ${link.seq}`, previous.toString("hex"), link.hash);
}
console.log(`${compared} values are the same`);
