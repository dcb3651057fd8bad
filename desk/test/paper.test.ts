// What leaves the screen, and the widths in between: links, paper, saved pictures and very wide screens show what the view shows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { articles, brush, chainFiles, launch, look, openDesk, type Desk } from "./desk";

let browser: Browser;
let desk: Desk;
before(async () => {
    browser = await launch();
    // Thirty states, each at odds with three others, crowd a network; one act is recalled from long ago.
    const names = ("Norway Finland Japan Kenya Brazil Canada India Egypt Turkey Greece Poland Chile Peru Mexico Ghana Nigeria Vietnam Thailand Nepal Iraq " +
        "Morocco Tunisia Spain Portugal Denmark Sweden Austria Hungary Cuba Panama").split(" ");
    const pairs = names.flatMap((one, i) => [1, 4, 9].map((step) => `${one} accused ${names[(i + step) % names.length]} on Monday.`));
    const made = articles([
        { title: "Many quarrels", date: "2022-06-07", source: "Meridian Wire", text: pairs.join(" ") },
        { title: "Long ago", date: "2022-06-08", source: "Meridian Wire", text: "Norway signed a treaty with Finland on 3 May 1995." },
    ]);
    desk = await openDesk([...chainFiles(), made], "2022-12-31");
});
after(async () => {
    await browser.close();
    await desk.close();
});

async function open(hash: string, there: string, options: { width?: number; height?: number; dark?: boolean } = {}) {
    const seen = await look(browser, options);
    await seen.page.goto(desk.url + hash);
    await seen.page.locator(there).first().waitFor();
    await seen.page.waitForLoadState("networkidle");
    return seen;
}

async function saved(page: Page, card: string, kind: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("region", { name: card }).getByRole("button", { name: kind, exact: true }).click()]);
    return readFileSync(await download.path(), "utf8");
}

test("a view of an earlier day says so, on the screen, on paper and in what is saved", { timeout: 120_000 }, async () => {
    const { page, context } = await open("#/pair/QKE/QOR?as_of=2022-05-01&from=2022-02-01", ".act-row");
    try {
        assert.equal(await page.locator(".as-of-mark").innerText(), "The ledger as it stood on 1 May 2022.");
        await page.emulateMedia({ media: "print" });
        assert.ok(await page.locator(".as-of-mark").isVisible());
        await page.emulateMedia({ media: "screen" });
        const svg = await saved(page, "Acts over time", "SVG");
        assert.match(svg, /Acts over time, from 1 Feb 2022, as it stood on 1 May 2022/);
        assert.match(svg, />Kestria – Orsenia</);
        await page.goto(`${desk.url}#/relations?as_of=2022-05-01`);
        await page.locator(".view-head", { hasText: /\d+ of \d+ articles, \d+ of \d+ acts/ }).waitFor();
        await page.goto(`${desk.url}#/review?as_of=2022-05-01`);
        await page.locator(".as-of-mark", { hasText: "This view shows today" }).waitFor();
        await page.goto(`${desk.url}#/relations`);
        await page.locator(".pairs .pair").first().waitFor();
        assert.equal(await page.locator(".as-of-mark").count(), 0);
    } finally {
        await context.close();
    }
});

test("what changed as known by a day is what was learned by it", { timeout: 60_000 }, async () => {
    const { page, context } = await look(browser);
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("/diff?") && asked.push(request.url()));
    try {
        await page.goto(`${desk.url}#/relations?known_by=2022-05-01`);
        await page.getByRole("region", { name: "What changed lately" }).waitFor();
        await page.waitForLoadState("networkidle");
        assert.ok(asked.length > 0 && asked.every((url) => url.includes("by=known")), asked.join(" "));
    } finally {
        await context.close();
    }
});

test("a saved map says what it must not be taken for", { timeout: 60_000 }, async () => {
    const { page, context } = await open("#/map", ".map .territory");
    try {
        const svg = await saved(page, "States by what they did", "SVG");
        const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((one) => one[1]).join(" ");
        assert.match(words, /nobody's word on any dispute/);
        assert.match(words, /Hatched: disputed/);
    } finally {
        await context.close();
    }
});

test("a link keeps how near the map is, and how much of a list is shown", { timeout: 120_000 }, async () => {
    const { page, context } = await open("#/map", ".map .land");
    const place = (one: Page) => one.locator(".map > g").getAttribute("transform");
    try {
        for (let i = 0; i < 3; i++) await page.getByRole("button", { name: "Nearer" }).click();
        // The link follows a moment after the map: first as near as it is drawn, then where it was moved to.
        await page.waitForFunction(() => {
            const drawn = /scale\(([\d.]+)\)/.exec(document.querySelector(".map > g")?.getAttribute("transform") ?? "")?.[1];
            const kept = /[?&]at=([\d.]+)/.exec(location.hash)?.[1];
            return drawn !== "1" && Number(drawn).toFixed(2) === kept;
        });
        const zoomed = page.url();
        await page.locator("svg.map").focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction((before) => location.href !== before, zoomed);
        const other = await context.newPage();
        await other.goto(page.url());
        await other.waitForFunction(() => /scale\((?!1\))/.test(document.querySelector(".map > g")?.getAttribute("transform") ?? ""));
        const numbers = async (one: Page) => ((await place(one)) ?? "").match(/-?[\d.]+/g)?.map(Number) ?? [];
        const [here, there] = [await numbers(page), await numbers(other)];
        here.forEach((n, i) => assert.ok(Math.abs(n - (there[i] ?? NaN)) < 3, `${here} and ${there}`));
        await page.getByRole("button", { name: "Whole world" }).click();
        await page.waitForFunction(() => !/[?&]at=/.test(location.hash));

        await page.goto(`${desk.url}#/relations`);
        await page.getByRole("button", { name: "Show more" }).first().click();
        await page.waitForFunction(() => document.querySelectorAll(".pairs .pair").length > 60);
        await other.goto(page.url());
        await other.waitForFunction(() => document.querySelectorAll(".pairs .pair").length > 60);
    } finally {
        await context.close();
    }
});

test("a sheet of paper holds the pictures whole, black on white", { timeout: 120_000 }, async () => {
    for (const [hash, there] of [
        ["#/map", ".map .land"],
        ["#/pair/QKE/QOR", ".act-row"],
    ] as const) {
        const { page, context } = await open(hash, there, { dark: true });
        try {
            await page.evaluate(() => (document.documentElement.dataset["theme"] = "dark"));
            // As the browser does when it prints: the views hear of it, then the sheet is laid out.
            await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
            await page.setViewportSize({ width: 718, height: 1000 });
            await page.emulateMedia({ media: "print" });
            const wide = await page.evaluate(() => [...document.querySelectorAll("svg")].filter((svg) => svg.getBoundingClientRect().right > innerWidth + 1).map((svg) => svg.getAttribute("aria-label") ?? svg.outerHTML.slice(0, 80)));
            assert.deepEqual(wide, [], hash);
            const shown = await page.evaluate(() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector("h1") as Element).color);
            assert.equal(shown, "rgb(255, 255, 255)rgb(28, 35, 40)", hash);
        } finally {
            await context.close();
        }
    }
});

test("names in a crowded network stand apart, and each is shown when its state is pointed at", { timeout: 120_000 }, async () => {
    for (const width of [360, 1440]) {
        const { page, context } = await open("#/network", ".network .node", { width });
        try {
            const over = await page.evaluate(() => {
                const boxes = [...document.querySelectorAll(".node text:not(.crowded)")].map((text) => [text.textContent, text.getBoundingClientRect()] as const);
                return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).flatMap(([other, b]) => (a.left + 2 < b.right && b.left + 2 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom ? [`${one} over ${other}`] : [])));
            });
            assert.deepEqual(over, [], `${width}`);
            const hidden = page.locator(".node", { has: page.locator(".crowded") }).first();
            if ((await hidden.count()) > 0) {
                await hidden.focus();
                assert.equal(await hidden.locator("text").evaluate((text) => getComputedStyle(text).visibility), "visible");
            }
        } finally {
            await context.close();
        }
    }
});

test("an act of long ago does not press the others into a corner", { timeout: 60_000 }, async () => {
    const { page, context } = await open("#/network", ".network .node");
    try {
        const strip = await page.locator(".period svg").getAttribute("aria-label");
        assert.match(strip ?? "", /^Acts from [^ ]+ [^ ]+ 2022 /);
        await page.getByRole("textbox", { name: "from" }).fill("1995-01-01");
        await page.waitForFunction(() => /1995/.test(document.querySelector(".period svg")?.getAttribute("aria-label") ?? ""));
    } finally {
        await context.close();
    }
});

test("on a very wide screen views fill the width and stay readable, and the brush meets the pointer", { timeout: 120_000 }, async () => {
    const { page, context, complaints } = await open("#/pair/QKE/QOR", ".act-row", { width: 3840, height: 2160 });
    try {
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0);
        const main = await page.locator("main").boundingBox();
        assert.ok(main && main.width > 3600, `${main?.width}`);
        const tick = await page.locator(".tick").first().evaluate((text) => text.getBoundingClientRect().height);
        assert.ok(tick >= 16, `a tick is ${tick} pixels high`);
        const box = await brush(page, 0.25, 0.5);
        await page.locator(".brush .selection").waitFor();
        const chosen = await page.locator(".brush .selection").boundingBox();
        assert.ok(chosen && Math.abs(chosen.x - (box.x + box.width * 0.25)) < 20 && Math.abs(chosen.x + chosen.width - (box.x + box.width * 0.5)) < 20, JSON.stringify({ box, chosen }));
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
    }
});
