// Make drand_bls.min.js again: by hand, and in no build of the project. Copy the two .mjs files into an empty folder elsewhere (what
// npm installs must not lie under templates/, which goes into the wheel as it is), and there:
//
//     npm install --no-save --no-package-lock @noble/curves@2.4.0 @noble/hashes@2.4.0 esbuild@0.28.2
//     node build.mjs
//
// Then copy drand_bls.min.js back. The same versions give the same bytes. The licence of both noble packages is LICENSE-noble.txt.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";

const version = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
const [curves, hashes] = [await version("@noble/curves"), await version("@noble/hashes")];

await build({
  entryPoints: ["drand_bls.mjs"],
  outfile: "drand_bls.min.js",
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "drandBls",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  banner: { js: `/* @noble/curves ${curves}, @noble/hashes ${hashes}, (c) Paul Miller, MIT licence: vendor/LICENSE-noble.txt */` },
});
