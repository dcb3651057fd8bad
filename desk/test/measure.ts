// Measures the desk in the browser on a large ledger: `measure.ts LEDGER [ROUNDS]`. Times are from the user's act to the frame that shows its outcome.

import type { Page } from "playwright-core";
import { launch, look, serve } from "./desk";

const [ledger, rounds = "15"] = process.argv.slice(2);
if (!ledger) throw new Error("name the ledger");
const ROUNDS = Number(rounds);

/** Middle and worst of some times, in milliseconds. */
function told(what: string, times: number[]): void {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0);
    console.log(`${what.padEnd(48)} median ${at(0.5).padStart(5)} ms, 90th percentile ${at(0.9).padStart(5)} ms, of ${sorted.length}`);
}

/** In the page: does something and waits until `shown` holds in a frame. Handed over as text, since the page allows no code made of strings. */
async function timed(page: Page, act: string, shown: string): Promise<number> {
    return page.evaluate<number>(`new Promise((done, fail) => {
        const holds = () => ${shown};
        const begin = performance.now();
        { ${act} }
        const check = () => {
            if (holds()) requestAnimationFrame(() => done(performance.now() - begin));
            else if (performance.now() - begin > 20000) fail(new Error("never shown: " + holds));
            else setTimeout(check, 1);
        };
        check();
    })`);
}

const desk = await serve(ledger);
const browser = await launch();

// First picture: a fresh browser on a server that has answered before, and on one that has not.
const first: number[] = [];
for (let round = 0; round <= Math.min(ROUNDS, 8); round++) {
    const { page, context } = await look(browser);
    const begin = performance.now();
    await page.goto(desk.url, { waitUntil: "commit" });
    await page.locator(".pairs .pair").first().waitFor();
    await page.locator(".matrix .cell").first().waitFor();
    const took = performance.now() - begin;
    if (round === 0) console.log(`${"first picture, server just started".padEnd(48)}        ${took.toFixed(0).padStart(5)} ms`);
    else first.push(took);
    await context.close();
}
told("first picture (list and matrix)", first);

const { page } = await look(browser);
// Counts questions on their way, each until its answer is read.
await page.addInitScript(`
    window.__open = 0; // of what fits on the screen
    window.__below = 0; // of the rest of a list
    window.__asked = 0;
    const asked = window.fetch;
    const isBelow = (url) => /[?&]offset=/.test(url);
    window.fetch = (...what) => (isBelow(what[0]) ? window.__below++ : window.__open++, window.__asked++, asked(...what));
    const read = Response.prototype.text;
    Response.prototype.text = function () { return read.call(this).finally(() => setTimeout(() => isBelow(this.url) ? window.__below-- : window.__open--)); };
`);
await page.goto(desk.url);
await page.locator(".pairs .pair").nth(20).waitFor();
const links = (await page.locator(".pairs .pair").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""))).filter((href) => href !== "");

const switches: number[] = [];
const repeated: number[] = [];
for (const [round, href] of links.slice(0, ROUNDS * 2).entries()) {
    const name = /#\/pair\/(\w+)\/(\w+)/.exec(href);
    if (!name) continue;
    const shown = `document.querySelector(".pair-view h1 a")?.getAttribute("href")?.includes("who=${name[1]}") && document.querySelector(".pair-view h1 a:last-child")?.getAttribute("href")?.includes("who=${name[2]}") && document.querySelector(".act-row") !== null && document.querySelector(".acts")?.getAttribute("aria-busy") === "false"`;
    switches.push(await timed(page, `location.hash = ${JSON.stringify(href)}`, shown));
    if (round % 2 === 1) {
        // Back to a pair seen before.
        const back = links[round - 1] as string;
        const before = /#\/pair\/(\w+)\/(\w+)/.exec(back);
        repeated.push(await timed(page, `location.hash = ${JSON.stringify(back)}`, `document.querySelector(".pair-view h1 a")?.getAttribute("href")?.includes("who=${before?.[1]}") && document.querySelector(".pair-view h1 a:last-child")?.getAttribute("href")?.includes("who=${before?.[2]}") && document.querySelector(".acts")?.getAttribute("aria-busy") === "false"`));
    }
}
told("switch to a pair, its pictures and acts", switches);
told("switch to a pair seen before", repeated);

const brushes: number[] = [];
const lists: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
    const [from, until] = [`20${15 + (round % 6)}-0${1 + (round % 9)}-01`, `20${17 + (round % 6)}-0${1 + (round % 9)}-01`];
    const act = `const hash = location.hash.replace(/\\?.*/, ""); window.__label = document.querySelector("svg.picture").getAttribute("aria-label"); location.hash = hash + "?from=${from}&until=${until}"`;
    brushes.push(await timed(page, act, `document.querySelector("svg.picture").getAttribute("aria-label") !== window.__label`));
    await page.waitForLoadState("networkidle");
    const other = act.replaceAll(from, from.replace("-01", "-15"));
    lists.push(await timed(page, other, `document.querySelector("svg.picture").getAttribute("aria-label") !== window.__label && document.querySelector(".acts")?.getAttribute("aria-busy") === "false" && performance.now() > 0`));
}
told("brush: pictures follow", brushes);
told("brush: pictures and list of acts follow", lists);

const acts: number[] = [];
const rows = await page.locator(".act-row").evaluateAll((all) => all.map((one) => one.getAttribute("data-act") ?? ""));
for (const id of rows.slice(0, ROUNDS)) {
    acts.push(await timed(page, `document.querySelector('.act-row[data-act="${id}"]').click()`, `document.querySelector(".act-pane .foot a")?.getAttribute("href")?.includes("${id}") && document.querySelector(".act-pane").getAttribute("aria-busy") === "false"`));
}
told("open an act", acts);

await page.goto(`${desk.url}#/relations`);
await page.locator(".pairs .pair").nth(20).waitFor();
const narrowing: number[] = [];
for (const word of ["jap", "ken", "per", "vie", "pol", "egy", "tur", "ind", "aus", "nep", "tan", "gha"]) {
    narrowing.push(
        await timed(
            page,
            `const box = document.querySelector(".list input"); box.value = "${word}"; box.dispatchEvent(new Event("input", { bubbles: true }))`,
            `[...document.querySelectorAll(".pairs .pair strong")].length > 0 && [...document.querySelectorAll(".pairs .pair strong")].every((one) => one.textContent.toLowerCase().includes("${word}"))`,
        ),
    );
}
told("search the pairs by name", narrowing);
const words: number[] = [];
for (const word of ["ambassador", "treaty", "sanctions", "railway", "pipeline", "prisoners", "cattle", "visa", "fishing", "customs"]) {
    words.push(await timed(page, `location.hash = "#/search?q=${word}"`, `document.querySelector("h1").textContent.includes("${word}") && document.querySelector(".hit mark") !== null && document.querySelector(".hit .marked").textContent.toLowerCase().includes("${word.slice(0, 4)}")`));
}
told("search words in passages", words);

/** Changes the address; the page follows when it has asked something and all that it asked for the screen is answered, or for the lists below it as well. */
const goTo = async (hash: string, shown = "window.__asked > 0 && window.__open === 0") => {
    // What the last view asked is answered by then.
    await page.waitForTimeout(200);
    return timed(page, `window.__asked = window.__open = window.__below = 0; location.hash = ${JSON.stringify(hash)}`, shown);
};

const days: string[] = [];
for (let round = 0; round < ROUNDS; round++) days.push(`20${15 + (round % 8)}-${String(1 + (round % 12)).padStart(2, "0")}-1${round % 9}`);
await page.goto(`${desk.url}#/relations`);
await page.locator(".pairs .pair").nth(20).waitFor();
await page.waitForLoadState("networkidle");
const relations: number[] = [];
for (const day of days) relations.push(await goTo(`#/relations?as_of=${day}`));
told("as of another day: relations", relations);
const whole: number[] = [];
for (const day of days) whole.push(await goTo(`#/relations?as_of=${day.slice(0, 8)}2${day.slice(9)}`, `window.__asked > 0 && window.__open === 0 && document.querySelector(".list").getAttribute("aria-busy") === "false"`));
told("as of another day: relations, all 60 pairs", whole);
const pair: number[] = [];
const [, one, other] = /#\/pair\/(\w+)\/(\w+)/.exec(links[0] ?? "") ?? [];
await page.goto(`${desk.url}#/pair/${one}/${other}`);
await page.locator(".act-row").first().waitFor();
await page.waitForLoadState("networkidle");
for (const day of days) pair.push(await goTo(`#/pair/${one}/${other}?as_of=${day}`));
told("as of another day: a pair", pair);
await page.goto(`${desk.url}#/map`);
await page.locator(".map .land").first().waitFor();
const maps: number[] = [];
for (const day of days) maps.push(await goTo(`#/map?as_of=${day}`));
told("as of another day: map", maps);
await page.goto(`${desk.url}#/network`);
await page.locator(".network .node").first().waitFor();
const networks: number[] = [];
// Other days: the answers for those above are known.
for (const day of days) networks.push(await goTo(`#/network?as_of=${day.slice(0, 8)}2${day.slice(9)}`));
told("as of another day: network", networks);

await page.evaluate(() => localStorage.setItem("detente.reviewer", "Ada"));
await page.reload();
const queues: number[] = [];
for (const type of ["", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT"]) {
    queues.push(await goTo(`#/review?type=${type}`));
}
told("queue of review, by type", queues);

await browser.close();
await desk.close();
