// Every view at three widths and in both colours: axe-core finds no serious fault, nothing overflows, the console stays silent.

import AxeCore from "axe-core";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { chainFiles, launch, look, openDesk, type Desk } from "./desk";

let browser: Browser;
let desk: Desk;
let act = "";
before(async () => {
    browser = await launch();
    desk = await openDesk(chainFiles(), "2022-12-31");
    const acts = (await (await fetch(`${desk.url}api/v1/acts?who=QOR&who=QKE`)).json()) as { items: { id: string }[] };
    act = acts.items[0]?.id ?? "";
});
after(async () => {
    await browser.close();
    await desk.close();
});

const VIEWS: [string, () => string, string][] = [
    ["relations", () => "#/relations", ".pairs .pair"],
    ["a pair", () => "#/pair/QKE/QOR?from=2022-02-01&until=2022-10-01", ".act-row"],
    ["a pair with an act and an affair", () => `#/pair/QKE/QOR?act=${act}`, ".act-pane .marked"],
    ["an act", () => `#/act/${act}`, ".act-pane .tree text.word"],
    ["map", () => "#/map?territory=XCRI", ".map .land"],
    ["network", () => "#/network", ".network .node"],
    ["add", () => "#/add", ".draft"],
    ["review", () => "#/review", ".act-pane .marked"],
    ["judgements", () => "#/review?show=judgements", ".card"],
    ["agreement", () => "#/review?show=agreement", ".card"],
    ["search", () => "#/search?q=talks", ".hit"],
    ["nowhere", () => "#/nowhere", ".trouble"],
];

for (const { width, dark } of [
    { width: 1440, dark: false },
    { width: 360, dark: true },
    { width: 3840, dark: true },
]) {
    for (const [name, hash, there] of VIEWS) {
        test(`${name} at ${width} px, ${dark ? "dark" : "light"}`, { timeout: 120_000 }, async () => {
            const { page, context, complaints } = await look(browser, { width, height: 900, dark });
            try {
                await page.addInitScript(() => localStorage.setItem("detente.reviewer", "Ada"));
                await page.goto(desk.url + hash());
                await page.locator(there).first().waitFor();
                await page.waitForLoadState("networkidle");
                assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0, "nothing is wider than the screen");
                await page.evaluate(AxeCore.source);
                const faults = await page.evaluate(async () => {
                    const axe = (globalThis as unknown as { axe: { run: () => Promise<AxeCore.AxeResults> } }).axe;
                    const found = await axe.run();
                    return found.violations
                        .filter(({ impact }) => impact === "serious" || impact === "critical")
                        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary ?? ""}`).join(" | ")}`);
                });
                assert.deepEqual(faults, []);
                assert.deepEqual(complaints, []);
            } finally {
                await context.close();
            }
        });
    }
}
