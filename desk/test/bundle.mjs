// Bundles TypeScript of the tests into files that Node runs, also an old one.
import { build } from "esbuild";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "../node_modules/.desk-tests");

/** Bundles the named files and tells where the bundles lie. */
export async function bundle(names) {
    await rm(OUT, { recursive: true, force: true });
    await mkdir(OUT, { recursive: true });
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
    return names.map((name) => join(OUT, name.replace(/\.tsx?$/, ".mjs")));
}
