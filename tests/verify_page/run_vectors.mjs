// Run the page's engine, as the page holds it, over folders: node run_vectors.mjs ENGINE.js < folders, one a line.
// Writes one JSON line a folder: what the page would show.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const { Session } = new Function(`${readFileSync(process.argv[2], "utf8")}; return inspectEngine;`)();

function filesOf(path, name) {
  if (!statSync(path).isDirectory()) return [{ name, bytes: readFileSync(path) }];
  return readdirSync(path).flatMap((entry) => filesOf(join(path, entry), `${name}/${entry}`));
}

for (const path of readFileSync(0, "utf8").split("\n").filter((line) => line !== "")) {
  const files = filesOf(path, basename(path)).filter(({ name }) => basename(name) !== "expect.txt");
  const work = new Session().answer({ type: "open", files });
  let step = work.next();
  while (!step.done) step = work.next();
  process.stdout.write(`${JSON.stringify({ path, ...step.value })}\n`);
}
