// A ledger full of hostile text shows as text: no script runs, no element comes of it, no link leads to a script.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { articles, launch, look, openDesk, type Desk } from "./desk";

const NASTY = [
    `<script>alert("script")</script>`,
    `<img src=x onerror="alert('image')">`,
    `<svg onload=alert(1)><a href="javascript:alert(2)">here</a></svg>`,
    `"><iframe srcdoc="<script>parent.alert(3)</script>"></iframe>`,
    `{{constructor.constructor("alert(4)")()}} \${alert(5)}`,
];
const TURNED = "Velmar\u202etxt.exe\u2066 hidden\u2069";
const LONG = "Longname".repeat(4000);
const HUGE = "Outlet ".repeat(150_000); // 1 MB

let browser: Browser;
let desk: Desk;
before(async () => {
    browser = await launch();
    const records = NASTY.map((nasty, i) => ({
        id: `n${i}`,
        source: `${nasty} ${i === 0 ? TURNED : ""}`,
        url: i % 2 === 0 ? "javascript:alert('address')" : `https://example.org/"onmouseover="alert(6)`,
        date: `2022-0${i + 1}-10`,
        title: `Orsenia sanctions Kestria ${nasty}`,
        text: `Orsenia imposed sanctions on Kestria over ${nasty} on Monday. Kestria's minister Jo ${TURNED} ${nasty} criticised Orsenia. Orsenia suspended talks with Kestria on the ${nasty} treaty.`,
    }));
    records.push({ id: "long", source: HUGE, url: `https://example.org/${LONG}`, date: "2022-07-01", title: `Orsenia thanks Kestria ${LONG}`, text: `Orsenia praised Kestria for the ${LONG} treaty on Friday. Orsenia and Kestria signed the ${LONG.slice(0, 900)} agreement.` });
    desk = await openDesk([articles(records)], "2022-12-31");
});
after(async () => {
    await browser.close();
    await desk.close();
});

/** What hostile text would have made, had it become markup. */
const made = () => ({
    elements: document.querySelectorAll("#desk script, #desk iframe, #desk img, #desk svg[onload], #desk [onerror], #desk [onload], #desk [onmouseover]").length,
    links: [...document.querySelectorAll("a")].filter((a) => !/^https?:$/.test(new URL(a.getAttribute("href") ?? "", location.href).protocol)).length,
    turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent ?? ""),
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
});

for (const width of [1440, 360]) {
    test(`hostile text stays text at ${width} px`, { timeout: 240_000 }, async () => {
        const { page, context, complaints } = await look(browser, { width });
        try {
            const acts = (await (await fetch(`${desk.url}api/v1/acts?limit=200`)).json()) as { items: { id: string; text: string }[] };
            assert.ok(
                acts.items.some((act) => act.text.includes("<script>")),
                "the ledger holds the hostile text",
            );
            const hashes = ["#/relations", "#/pair/QKE/QOR", "#/map", "#/network", "#/search?q=sanctions", "#/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "#/review", ...acts.items.map((act) => `#/act/${act.id}`), `#/pair/%3Cscript%3E/${encodeURIComponent("javascript:alert(1)")}`, "#/act/%3Cimg%20src=x%20onerror=alert(1)%3E"];
            await page.addInitScript(() => location.protocol === "http:" && localStorage.setItem("detente.reviewer", "<b onclick=alert(7)>Ada</b>"));
            for (const hash of hashes) {
                await page.goto("about:blank");
                await page.goto(desk.url + hash);
                await page.waitForLoadState("networkidle");
                assert.deepEqual(await page.evaluate(made), { elements: 0, links: 0, turned: false, over: 0 }, hash);
            }
            // The article's own words are there, letter by letter.
            await page.goto(`${desk.url}#/search?q=sanctions`);
            await page.locator(".hit .marked").first().waitFor();
            assert.ok((await page.locator(".hit .marked").allInnerTexts()).join(" ").includes(`<script>alert("script")</script>`));
            // Pasted text does not become markup either.
            await page.goto(`${desk.url}#/add`);
            await page.getByLabel("Text", { exact: true }).fill(`Orsenia sanctioned Kestria over ${NASTY.join(" ")}.`);
            await page.locator(".sentences > li").first().waitFor();
            assert.deepEqual(await page.evaluate(made), { elements: 0, links: 0, turned: false, over: 0 });
            // Two addresses above name nothing that is there; the browser reports the server's answer to them.
            assert.deepEqual(
                complaints.filter((one) => !/the server responded with a status of 4\d\d/.test(one)),
                [],
            );
        } finally {
            await context.close();
        }
    });
}
