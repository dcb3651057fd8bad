// Runs the tests by Node's own runner: `node test/run.mjs [part of a file's name]`.
// `node test/run.mjs screenshots.ts [arguments]` runs that program instead.
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { bundle, HERE } from "./bundle.mjs";

const [wanted = ".test.", ...rest] = process.argv.slice(2);
const isProgram = wanted.endsWith(".ts") && !wanted.endsWith(".test.ts");
const names = isProgram ? [wanted] : (await readdir(HERE)).filter((name) => /\.test\.ts$/.test(name) && name.includes(wanted)).sort();
if (names.length === 0) throw new Error(`no file of tests is named like ${wanted}`);
let failed = false;
// One file after another: each has a browser and a server of its own.
for (const file of await bundle(names)) {
    const options = isProgram ? [file, ...rest] : ["--test", "--test-reporter=spec", file];
    const child = spawn(process.execPath, options, { stdio: "inherit" });
    failed = (await new Promise((done) => child.on("close", done))) !== 0 || failed;
}
process.exit(failed ? 1 : 0);
