// Builds the page into dist/. With --check it builds apart and fails unless dist/ holds the same bytes.
import { build } from "esbuild";
import { readFile, writeFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import countries from "i18n-iso-countries";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");
const LIMIT = 150_000; // bytes, all files packed by gzip
// Shapes of world-atlas that have no number of ISO 3166: the codes that the lexicon gives them.
const UNNUMBERED = { Kosovo: "XKX", "N. Cyprus": "XNC", Somaliland: "XSO" };

/** The land of the map: shapes of Natural Earth, known by the lexicon's codes. */
async function world() {
    const atlas = JSON.parse(await readFile(join(HERE, "node_modules/world-atlas/countries-110m.json"), "utf8"));
    delete atlas.objects.land;
    for (const shape of atlas.objects.countries.geometries) {
        const code = shape.id ? countries.numericToAlpha3(shape.id) : UNNUMBERED[shape.properties.name];
        if (!code) throw new Error(`world-atlas has a shape without a code: ${shape.properties.name}`);
        shape.id = code;
    }
    return JSON.stringify(atlas);
}

async function make(folder) {
    await mkdir(folder, { recursive: true });
    await build({
        entryPoints: { app: join(HERE, "src/main.tsx") },
        absWorkingDir: HERE,
        outdir: folder,
        bundle: true,
        minify: true,
        format: "esm",
        target: ["es2022"],
        jsx: "automatic",
        jsxImportSource: "preact",
        legalComments: "eof",
        charset: "utf8",
        logLevel: "warning",
    });
    await build({ entryPoints: { app: join(HERE, "src/style/app.css") }, absWorkingDir: HERE, outdir: folder, bundle: true, minify: true, logLevel: "warning" });
    for (const file of ["index.html", "icon.svg"]) {
        await writeFile(join(folder, file), await readFile(join(HERE, "src", file)));
    }
    await writeFile(join(folder, "world.json"), await world());
}

async function files(folder) {
    const names = (await readdir(folder)).sort();
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))])));
}

function weigh(built) {
    let total = 0;
    for (const [name, bytes] of built) {
        const packed = gzipSync(bytes, { level: 9 }).length;
        total += packed;
        console.log(`${name.padEnd(12)} ${String(bytes.length).padStart(8)} bytes ${String(packed).padStart(8)} packed`);
    }
    console.log(`${"all".padEnd(12)} ${"".padStart(14)} ${String(total).padStart(8)} packed, limit ${LIMIT}`);
    if (total > LIMIT) throw new Error(`the page is ${total} bytes packed, more than ${LIMIT}`);
}

if (process.argv.includes("--check")) {
    const folder = await mkdtemp(join(tmpdir(), "desk-"));
    try {
        await make(folder);
        const [wanted, there] = [await files(folder), await files(DIST)];
        const names = [...new Set([...wanted.keys(), ...there.keys()])].sort();
        const wrong = names.filter((name) => !(wanted.get(name) && there.get(name)?.equals(wanted.get(name))));
        if (wrong.length > 0) {
            console.error(`desk/dist is not what the sources build: ${wrong.join(", ")}. Run "npm run build" in desk/ and commit dist/.`);
            process.exit(1);
        }
        weigh(wanted);
        console.log("desk/dist is what the sources build");
    } finally {
        await rm(folder, { recursive: true });
    }
} else {
    await rm(DIST, { recursive: true, force: true });
    await make(DIST);
    weigh(await files(DIST));
}
