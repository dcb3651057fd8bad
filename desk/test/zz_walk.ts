// temporary walk
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { chainFiles, launch, look, openDesk } from "./desk";
const [folder, only] = process.argv.slice(2);
const desk = await openDesk(chainFiles(), "2022-12-31");
const browser = await launch();
const acts = (await (await fetch(`${desk.url}api/v1/acts?who=QOR&who=QKE&type=SANCTION&factuality=actual`)).json()) as { items: { id: string; reports: number }[] };
const act = [...acts.items].sort((a, b) => b.reports - a.reports)[0]?.id ?? "";
const affairs = (await (await fetch(`${desk.url}api/v1/affairs?who=QOR&who=QKE`)).json()) as { items: { id: string }[] };
const affair = affairs.items[0]?.id ?? "";
const shots: [string, string, string, ((page: Page) => Promise<void>)?][] = [
 ["relations", "#/relations", ".pairs .pair"],
 ["pair", "#/pair/QKE/QOR", ".act-row"],
 ["pairact", `#/pair/QKE/QOR?act=${act}`, ".act-pane .marked"],
 ["pairaffair", `#/pair/QKE/QOR?affair=${affair}`, ".lane"],
 ["act", `#/act/${act}`, ".tree text.word"],
 ["map", "#/map", ".map .land"],
 ["network", "#/network", ".network .node"],
 ["add", "#/add", ".draft", async (page) => {
   await page.getByLabel("Headline").fill("Orsenia suspends talks on the Tolva");
   await page.getByLabel("Text", { exact: true }).fill("Orsenia suspended the talks with Kestria on the Tolva treaty on Monday. It had rained for a week.\n\nKestria accused Orsenia of bad faith and said that it had no plans to recall its ambassador from Velmar.");
   await page.locator(".sentences .marked").first().waitFor(); }],
 ["review", "#/review", ".act-pane .marked"],
 ["blind", "#/review?show=blind", ".passage"],
 ["judgements", "#/review?show=judgements", ".card"],
 ["agreement", "#/review?show=agreement", ".card"],
 ["search", "#/search?q=talks", ".hit"],
 ["asof", "#/pair/QKE/QOR?as_of=2022-04-10", ".act-row"],
];
for (const [width, height, dark] of [[360, 780, false], [360, 780, true], [1440, 900, false], [1440, 900, true], [3840, 2160, false], [3840, 2160, true]] as [number, number, boolean][]) {
  for (const [name, hash, there, before] of shots) {
    const file = `${name}-${width}-${dark ? "dark" : "light"}`;
    if (only && !file.match(only)) continue;
    const { page, context, complaints } = await look(browser, { width, height, dark });
    await page.addInitScript(() => localStorage.setItem("detente.reviewer", "Ada"));
    await page.goto(desk.url + hash);
    try { await page.locator(there).first().waitFor({ timeout: 8000 }); } catch { console.log("not there", file); }
    await before?.(page);
    await page.waitForLoadState("networkidle");
    writeFileSync(join(folder!, `${file}.png`), await page.screenshot({ fullPage: width < 500 || width === 1440 }));
    if (complaints.length) console.log(file, complaints.join("; "));
    await context.close();
  }
}
await browser.close(); await desk.close();
