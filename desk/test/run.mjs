// Bundles the tests and runs them by Node's own runner: `node test/run.mjs [part of a file's name]`.
import { build } from "esbuild";
import { spawn } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "../node_modules/.desk-tests");
const wanted = process.argv[2] ?? ".test.";

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const names = (await readdir(HERE)).filter((name) => /\.test\.ts$/.test(name) && name.includes(wanted)).sort();
await build({
    entryPoints: names.map((name) => join(HERE, name)),
    outdir: OUT,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    packages: "external",
    logLevel: "warning",
});
// One file after another: each has a browser and a server of its own.
let failed = false;
for (const name of names) {
    const child = spawn(process.execPath, ["--test", "--test-reporter=spec", join(OUT, name.replace(/\.ts$/, ".mjs"))], { stdio: "inherit" });
    failed = (await new Promise((done) => child.on("close", done))) !== 0 || failed;
}
process.exit(failed ? 1 : 0);
