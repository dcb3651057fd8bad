// Takes a picture of each view: `screenshots.ts FOLDER MADE_UP_ARTICLES`.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { chainFiles, launch, look, openDesk } from "./desk";

const LIMIT = 200_000; // bytes a picture

const [folder, made] = process.argv.slice(2);
if (!folder || !made) throw new Error("say where the pictures go and where the made-up articles are");

interface Shot {
    name: string;
    hash: string;
    /** What must be there. */
    there: string;
    width?: number;
    height?: number;
    dark?: boolean;
    before?: (page: Page) => Promise<void>;
}

const desk = await openDesk([...chainFiles(), made], "2022-12-31");
const browser = await launch();
const acts = (await (await fetch(`${desk.url}api/v1/acts?who=QOR&who=QKE&type=SANCTION&factuality=actual`)).json()) as { items: { id: string; reports: number }[] };
const act = [...acts.items].sort((a, b) => b.reports - a.reports)[0]?.id ?? "";

const SHOTS: Shot[] = [
    { name: "relations", hash: "#/relations?sort=acts", there: ".pairs .pair", height: 680 },
    { name: "pair", hash: "#/pair/QKE/QOR?from=2022-01-01&until=2022-12-31", there: ".act-row", height: 960 },
    { name: "act", hash: `#/act/${act}`, there: ".tree text.word", height: 960 },
    { name: "map", hash: "#/map?role=received", there: ".map .land", width: 980, height: 680 },
    { name: "network", hash: "#/network", there: ".network .node", width: 880, height: 660 },
    {
        name: "add",
        hash: "#/add",
        there: ".draft",
        before: async (page) => {
            await page.getByLabel("Headline").fill("Orsenia suspends talks on the Tolva");
            await page.getByLabel("Day of publication").fill("2022-12-20");
            await page.getByLabel("Text", { exact: true }).fill("Orsenia suspended the talks with Kestria on the Tolva treaty on Monday. It had rained for a week.\n\nKestria accused Orsenia of bad faith and said that it had no plans to recall its ambassador from Velmar.");
            await page.locator(".sentences .marked").first().waitFor();
        },
    },
    {
        name: "review",
        hash: "#/review",
        there: ".act-pane .marked",
        before: async (page) => {
            await page.locator(".act-pane .judge").getByRole("button", { name: /^Correct/ }).click();
        },
    },
    { name: "pair-dark-narrow", hash: "#/pair/QKE/QOR", there: ".act-row", width: 360, height: 900, dark: true },
];

for (const shot of SHOTS) {
    const { page, context, complaints } = await look(browser, { width: shot.width ?? 1200, height: shot.height ?? 800, dark: shot.dark ?? false });
    await page.addInitScript(() => localStorage.setItem("detente.reviewer", "Ada"));
    await page.goto(desk.url + shot.hash);
    await page.locator(shot.there).first().waitFor();
    await shot.before?.(page);
    await page.waitForLoadState("networkidle");
    const png = await page.screenshot();
    if (complaints.length > 0) throw new Error(`${shot.name}: ${complaints.join("; ")}`);
    if (png.length > LIMIT) throw new Error(`${shot.name} is ${png.length} bytes, more than ${LIMIT}`);
    writeFileSync(join(folder, `${shot.name}.png`), png);
    console.log(`${shot.name}.png: ${png.length} bytes`);
    await context.close();
}
await browser.close();
await desk.close();
