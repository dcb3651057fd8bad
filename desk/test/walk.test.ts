// The way of an analyst through the desk, on a wide screen and on a narrow one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { brush, chainFiles, launch, look, markWords, openDesk, type Desk } from "./desk";

let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

/** The number before "acts" over the list. */
async function actCount(page: Page): Promise<number> {
    const head = page.locator(".acts > header h2");
    await page.waitForFunction(() => /^\d/.test(document.querySelector(".acts > header h2")?.textContent ?? "") && document.querySelector(".acts")?.getAttribute("aria-busy") === "false");
    return Number((await head.innerText()).replace(/\D/g, ""));
}

/** A part of the way; what goes wrong says where, and the way ends there. */
async function step(what: string, go: () => Promise<void>): Promise<void> {
    try {
        await go();
    } catch (error) {
        throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
}

async function saved(page: Page, card: string, kind: string): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("region", { name: card }).getByRole("button", { name: kind, exact: true }).click()]);
    return readFileSync(await download.path());
}

for (const width of [1440, 360]) {
    test(`an analyst's way at ${width} px`, { timeout: 300_000 }, async () => {
        const desk: Desk = await openDesk(chainFiles(), "2022-12-31");
        const { page, context, complaints } = await look(browser, { width, height: width < 500 ? 780 : 900 });
        try {
            await step("finds a pair by name", async () => {
                await page.goto(desk.url);
                await page.locator(".pairs .pair").first().waitFor();
                await page.keyboard.press("/");
                await page.keyboard.type("orsen kestr");
                await page.getByRole("option", { name: /Kestria/ }).first().waitFor();
                await page.keyboard.press("Enter");
                await page.getByRole("heading", { level: 1, name: /Kestria/ }).waitFor();
                assert.match(page.url(), /#\/pair\/Q(OR\/QKE|KE\/QOR)/);
                assert.ok((await page.locator(".lanes .lane").count()) > 0, "affairs have lanes");
            });

            let all = 0;
            await step("brushes a period, and everything follows", async () => {
                all = await actCount(page);
                const before = await page.locator("svg.picture").first().getAttribute("aria-label");
                await brush(page, 0.2, 0.5);
                await page.waitForFunction(() => location.hash.includes("from=") && location.hash.includes("until="));
                const some = await actCount(page);
                assert.ok(some > 0 && some < all, `${some} of ${all} acts are in the period`);
                assert.notEqual(await page.locator("svg.picture").first().getAttribute("aria-label"), before);
                const [from, until] = [/from=([\d-]+)/.exec(page.url())?.[1] ?? "", /until=([\d-]+)/.exec(page.url())?.[1] ?? ""];
                const response = await page.request.get(`${desk.url}api/v1/acts?who=QOR&who=QKE&from=${from}&until=${until}`);
                assert.equal(((await response.json()) as { total: number }).total, some, "the list is what the API says of the period");
            });

            await step("the link keeps the whole view", async () => {
                const other = await context.newPage();
                await other.goto(page.url());
                assert.equal(await actCount(other), await actCount(page));
                await other.close();
                await page.getByRole("button", { name: "all time" }).click();
                assert.equal(await actCount(page), all);
            });

            let act = "";
            await step("opens an act and sees the marked words", async () => {
                const row = page.locator(".acts .act-row").filter({ has: page.locator(".type", { hasText: "sanction" }) }).first();
                act = (await row.getAttribute("data-act")) ?? "";
                await row.click();
                await page.locator(".act-pane .marked mark.role-evidence").first().waitFor();
                const answer = (await (await page.request.get(`${desk.url}api/v1/acts/${act}`)).json()) as { passages: { text: string; marks: { role: string; start: number; end: number }[] }[] };
                const passage = answer.passages[0];
                assert.ok(passage);
                const shown = await page
                    .locator(".act-pane .marked")
                    .first()
                    .locator("[data-start]")
                    .allInnerTexts();
                assert.equal(shown.join(""), passage.text);
                const evidence = passage.marks.find((mark) => mark.role === "evidence");
                assert.ok(evidence);
                const marked = await page.locator(".act-pane .marked").first().locator("mark.role-evidence [data-start]").allInnerTexts();
                assert.equal(marked.join(""), Array.from(passage.text).slice(evidence.start, evidence.end).join(""));
                assert.ok((await page.locator(".act-pane .tag-actor").count()) > 0, "the actor's words are named");
                assert.ok((await page.locator(".act-pane .tree text.word").count()) > 3, "the tree is drawn");
            });

            await step("corrects the act, and takes it back", async () => {
                await page.locator(".act-pane .reviewer input").fill("Ada Abara");
                await page.locator(".act-pane .judge").getByRole("button", { name: /^Correct/ }).click();
                await page.locator(".fields select").first().selectOption("THREATEN");
                const words = (await page.locator(".act-pane .marked mark.role-evidence [data-start]").first().innerText()).trim();
                await markWords(page, words);
                await page.locator(".span-chosen mark").waitFor();
                await page.getByRole("button", { name: "Keep the correction" }).click();
                await page.locator(".act-pane .judgements li").filter({ hasText: "correct" }).waitFor();
                await page.locator(".act-pane .act-facts .badge").filter({ hasText: "threaten" }).waitFor();
                await page.locator(".act-pane .judgements").getByRole("button", { name: "Undo" }).click();
                await page.locator(".act-pane .act-facts .badge").filter({ hasText: "sanction" }).waitFor();
                assert.equal(await page.locator(".act-pane .judgements li").filter({ hasText: "correct" }).count(), 0);
                await page.keyboard.press("Escape");
                await page.locator(".act-pane").waitFor({ state: "detached" });
            });

            await step("adds a text, coded sentence by sentence", async () => {
                const before = await actCount(page);
                const pair = page.url();
                await page.getByRole("navigation").getByRole("link", { name: "Add" }).click();
                await page.getByLabel("Headline").fill("Orsenia recalls ambassador");
                await page.getByLabel("Day of publication").fill("2022-12-20");
                await page.getByLabel("Outlet").fill("Meridian Wire");
                await page.getByLabel("Text", { exact: true }).fill("Orsenia recalled its ambassador from Kestria on Monday. It rained in Velmar. Kestria condemned Orsenia.");
                await page.locator(".sentences .marked").first().waitFor();
                assert.ok((await page.locator(".sentences > li").count()) >= 3);
                assert.ok((await page.locator(".sentences .silent").count()) >= 1, "a sentence without an act stands there too");
                await page.getByRole("button", { name: "Add to the ledger" }).click();
                await page.locator(".added li").filter({ hasText: "Orsenia recalls ambassador" }).waitFor();
                await page.goto(pair);
                await page.reload();
                const now = await actCount(page);
                assert.ok(now > before, `${now} acts after, ${before} before`);
            });

            await step("shows the ledger as of a day", async () => {
                const now = await actCount(page);
                await page.getByLabel("What the day means").selectOption("as_of");
                await page.getByLabel("Day as of which the ledger is shown, as a date").fill("2022-04-10");
                await page.waitForFunction(() => location.hash.includes("as_of=2022-04-10"));
                await page.waitForFunction((n) => Number((document.querySelector(".acts > header h2")?.textContent ?? "").replace(/\D/g, "")) < n, now);
                const then = await actCount(page);
                assert.ok(then > 0 && then < now, `${then} acts as of 10 April, ${now} today`);
                // What was added today was not known at the end of the year.
                await page.getByLabel("What the day means").selectOption("known_by");
                await page.getByLabel("Day as of which the ledger is shown, as a date").fill("2022-12-31");
                await page.waitForFunction((n) => Number((document.querySelector(".acts > header h2")?.textContent ?? "").replace(/\D/g, "")) > n, then);
                assert.ok((await actCount(page)) < now);
                await page.getByRole("button", { name: "today", exact: true }).click();
                await page.waitForFunction((n) => (document.querySelector(".acts > header h2")?.textContent ?? "").startsWith(`${n} `), now);
            });

            await step("saves pictures and data", async () => {
                const svg = (await saved(page, "Acts over time", "SVG")).toString();
                assert.match(svg, /^<svg/);
                assert.match(svg, /fill="rgb/);
                assert.doesNotMatch(svg, /class="/);
                const png = await saved(page, "Affairs", "PNG");
                assert.equal(png.subarray(1, 4).toString(), "PNG");
                const csv = (await saved(page, "Acts over time", "CSV")).toString();
                assert.match(csv, /^day,verbal_cooperation/);
            });

            await step("names claimants and holder of disputed territories", async () => {
                await page.getByRole("navigation").getByRole("link", { name: "Map" }).click();
                const crimea = page.locator(".territories tr").filter({ has: page.getByRole("rowheader", { name: "Crimea" }) });
                await crimea.waitFor();
                assert.deepEqual((await crimea.locator("td").allInnerTexts()).slice(0, 2), ["Ukraine, Russia", "Russia"]);
                await page.locator(".map-word").filter({ hasText: "nobody's word on any dispute" }).waitFor();
                await page.waitForFunction(() => document.querySelectorAll(".map path.territory").length > 50);
            });

            await step("shows the network of a period", async () => {
                await page.getByRole("navigation").getByRole("link", { name: "Network" }).click();
                await page.locator(".network .node").first().waitFor();
                const nodes = await page.locator(".network .node").count();
                await page.getByLabel("until").fill("2022-03-01");
                await page.waitForFunction((n) => document.querySelectorAll(".network .node").length < n, nodes);
            });

            assert.deepEqual(complaints, []);
        } finally {
            await context.close();
            await desk.close();
        }
    });
}
