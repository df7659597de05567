// Run the page's engine, as the page holds it: node run_engine.mjs ENGINE.js < questions, a JSON line each:
//   {"open": "path of a zip, a receipt or a folder"}                   what the page would show
//   {"open": …, "describe": "id"}                                      what it would say of that company
//   {"round": {"chain": …, "round": …, "signature": …}}                whether a drand signature verifies
// Writes a JSON line for each.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const engine = new Function(`${readFileSync(process.argv[2], "utf8")}; return inspectEngine;`)();

function filesOf(path, name) {
  if (!statSync(path).isDirectory()) return [{ name, bytes: readFileSync(path) }];
  return readdirSync(path).flatMap((entry) => filesOf(join(path, entry), `${name}/${entry}`));
}

function run(work) {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function answer({ open, describe, round }) {
  if (round !== undefined) return engine.isSignedRound(engine.NETWORKS[round.chain], round);
  const session = new engine.Session();
  const files = filesOf(open, basename(open)).filter(({ name }) => basename(name) !== "expect.txt");
  const report = run(session.answer({ type: "open", files }));
  return describe === undefined ? report : run(session.answer({ type: "describe", id: describe }));
}

for (const line of readFileSync(0, "utf8").split("\n").filter((text) => text !== "")) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
