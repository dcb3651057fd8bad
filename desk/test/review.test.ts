// Reviewers at work: fields corrected one by one, a missed act added, passages coded blind by two and how far they agree.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { chainFiles, launch, look, markWords, openDesk, type Desk } from "./desk";

let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

interface ActAnswer {
    id: string;
    type: string;
    date: string | null;
    actor: { code: string | null }[];
    recipient: { code: string | null }[];
    judgements: { verdict: string; reviewer: string; is_undone: boolean }[];
}

/** Does something on a desk of its own, and asks that the console stayed silent. */
async function onDesk(width: number, go: (page: Page, desk: Desk) => Promise<void>): Promise<void> {
    const desk = await openDesk(chainFiles(), "2022-12-31");
    const { page, context, complaints } = await look(browser, { width });
    try {
        await go(page, desk);
        assert.deepEqual(complaints, []);
    } finally {
        await context.close();
        await desk.close();
    }
}

async function api<T>(page: Page, desk: Desk, path: string): Promise<T> {
    const response = await page.request.get(`${desk.url}api/v1/${path}`);
    assert.equal(response.status(), 200, path);
    return (await response.json()) as T;
}

const field = (page: Page, name: string) => page.locator(".fields").getByRole(name === "Date" ? "textbox" : "combobox", { name, exact: true });

for (const width of [1440, 360]) {
    test(`type, actor, recipient and date of an act are corrected at ${width} px`, { timeout: 120_000 }, async () =>
        onDesk(width, async (page, desk) => {
            const acts = await api<{ items: { id: string }[] }>(page, desk, "acts?who=QOR&who=QKE&type=SANCTION&factuality=actual&recipient=QOR");
            const id = acts.items[0]?.id ?? "";
            const act = () => api<ActAnswer>(page, desk, `acts/${id}`);
            const codes = (sides: { code: string | null }[]) => sides.map(({ code }) => code).join(" ");
            const coded = await act();
            await page.goto(`${desk.url}#/act/${id}`);
            await page.locator(".act-pane .reviewer input").fill("Ada Abara");
            const correct = async (name: string, value: string, shown: () => Promise<void>) => {
                await page.getByRole("button", { name: /^Correct/ }).click();
                if (name === "Type") await field(page, name).selectOption(value);
                else await field(page, name).fill(value);
                await page.getByRole("button", { name: "Keep the correction" }).click();
                await page.locator(".correct-form").waitFor({ state: "detached" });
                await shown();
            };
            const heading = page.locator(".act-pane h1");
            const facts = page.locator(".act-pane .act-facts");
            await correct("Type", "COERCE", () => facts.locator(".badge").filter({ hasText: "coerce" }).waitFor());
            await correct("Actor", "NOR", () => heading.filter({ hasText: "Norway" }).waitFor());
            await correct("Recipient", "QKE, QOR", () => heading.filter({ hasText: "Kestria" }).waitFor());
            await correct("Date", "2022-03", () => facts.getByText("Mar 2022").waitFor());
            const now = await act();
            assert.deepEqual([now.type, codes(now.actor), codes(now.recipient)], ["COERCE", "NOR", "QKE QOR"]);
            assert.match(now.date ?? "", /^2022-03/);
            // A form in which nothing is changed makes no judgement.
            await page.getByRole("button", { name: /^Correct/ }).click();
            await page.getByRole("button", { name: "Keep the correction" }).click();
            await page.getByText("Nothing differs from what is coded").waitFor();
            assert.equal((await act()).judgements.length, now.judgements.length);
            // Each is taken back, and the act is as it was coded.
            const undo = page.locator(".act-pane .judgements").getByRole("button", { name: "Undo" });
            for (let left = await undo.count(); left > 0; left--) {
                await undo.first().click();
                await page.waitForFunction((n) => document.querySelectorAll(".act-pane .judgements button").length === n, left - 1);
            }
            const last = await act();
            assert.deepEqual([last.type, codes(last.actor), codes(last.recipient), last.date], [coded.type, codes(coded.actor), codes(coded.recipient), coded.date]);
        }));

    test(`a missed act is added by its words at ${width} px`, { timeout: 120_000 }, async () =>
        onDesk(width, async (page, desk) => {
            const words = "imposed sanctions";
            const acts = await api<{ items: { id: string; text: string }[] }>(page, desk, "acts?who=QOR&who=QKE&type=SANCTION&factuality=actual&recipient=QOR");
            const near = acts.items.find((act) => act.text.includes(words));
            const before = await api<{ total: number; items: { id: string }[] }>(page, desk, "acts?who=NOR&who=QKE&type=AID");
            await page.goto(`${desk.url}#/act/${near?.id}`);
            await page.locator(".act-pane .reviewer input").fill("Ada Abara");
            await page.locator(".act-pane h1").click();
            await page.keyboard.press("m");
            const keep = page.getByRole("button", { name: "Keep the missed act" });
            assert.ok(await keep.isDisabled(), "words and type are needed");
            await markWords(page, words);
            await page.locator(".span-chosen mark").filter({ hasText: words }).waitFor();
            await field(page, "Type").selectOption("AID");
            await field(page, "Actor").fill("NOR");
            await field(page, "Recipient").fill("QKE");
            await field(page, "Factuality").selectOption("requested");
            await keep.click();
            await page.getByText("The missed act is kept.").waitFor();
            const found = await api<{ total: number; items: { id: string; factuality: string }[] }>(page, desk, "acts?who=NOR&who=QKE&type=AID");
            assert.equal(found.total, before.total + 1);
            const made = found.items.find((one) => before.items.every((other) => other.id !== one.id));
            assert.equal(made?.factuality, "requested");
            // It has a page like any other, its words marked, and goes when it is taken back.
            await page.goto(`${desk.url}#/act/${made?.id}`);
            await page.locator(".act-pane h1").filter({ hasText: "Norway" }).waitFor();
            const marked = await page.locator(".act-pane .marked").first().locator("mark.role-evidence [data-start]").allInnerTexts();
            assert.equal(marked.join(""), words);
            await page.goto(`${desk.url}#/review?show=judgements`);
            await page.locator(".judgements li").filter({ hasText: "missed" }).getByRole("button", { name: "Undo" }).click();
            await page.getByText("Nobody has judged an act yet.").waitFor();
            assert.equal((await api<{ total: number }>(page, desk, "acts?who=NOR&who=QKE&type=AID")).total, before.total);
        }));
}

/** What a reviewer says of a passage: the type of the act that its first words show, or that it shows none. */
type Said = "CONSULT" | "AGREE" | null;

/** Codes the next passages blind and tells their texts. */
async function codeBlind(page: Page, desk: Desk, reviewer: string, said: Said[]): Promise<string[]> {
    await page.goto("about:blank");
    await page.goto(`${desk.url}#/review?show=blind`);
    await page.locator(".review > .view-head .reviewer input").fill(reviewer);
    const passage = page.locator(".passage .marked");
    await passage.waitFor();
    await page.waitForLoadState("networkidle");
    const texts: string[] = [];
    for (const type of said) {
        assert.equal(await page.locator(".passage mark").count(), 0, "a passage to be coded blind shows nothing that was coded");
        const text = await passage.innerText();
        texts.push(text);
        if (type !== null) {
            const words = text.split(" ").slice(0, 2).join(" ");
            await markWords(page, words);
            await page.locator(".span-chosen mark").filter({ hasText: words }).waitFor();
            await field(page, "Type").selectOption(type);
            await field(page, "Actor").fill("QOR");
            await field(page, "Recipient").fill("QKE");
            await page.getByRole("button", { name: "Note this act" }).click();
            await page.locator(".passage mark.role-evidence").waitFor();
        }
        await page.getByRole("button", { name: /^Done/ }).click();
        await page.waitForFunction((shown) => document.querySelector(".passage .marked")?.textContent !== shown, text);
    }
    return texts;
}

test("two reviewers code the same passages blind, and their agreement is shown", { timeout: 180_000 }, async () =>
    onDesk(1440, async (page, desk) => {
        const one = await codeBlind(page, desk, "Ada", ["CONSULT", "AGREE", null]);
        const other = await codeBlind(page, desk, "Boris", ["CONSULT", "CONSULT", null]);
        assert.deepEqual([...other].sort(), [...one].sort(), "the second reviewer gets the passages of the first");
        await page.goto(`${desk.url}#/review?show=agreement`);
        const card = page.getByRole("region", { name: "Agreement", exact: true });
        await card.getByText("3 passages coded by both, no act judged by both.").waitFor();
        const cells = (name: string) => card.locator("tr").filter({ has: page.getByRole("rowheader", { name, exact: true }) }).locator("td").allInnerTexts();
        // By hand: one of two types alike; by chance as many would be.
        assert.deepEqual(await cells("type"), ["2", "0.50", "0.00", "0.00"]);
        assert.equal((await cells("actor"))[1], "1.00");
        assert.equal((await cells("recipient"))[1], "1.00");
        const gold = (await (await page.request.get(`${desk.url}api/v1/review/gold?reviewer=Ada`)).text()).trim().split("\n").map((line) => JSON.parse(line) as object);
        assert.ok(gold.length > 0, "what was coded blind is in the gold file");
    }));

test("the queue shows the least confident first, and is narrowed by type, state and confidence", { timeout: 120_000 }, async () =>
    onDesk(1440, async (page, desk) => {
        interface QueueAnswer {
            total: number;
            items: { id: string; coded_confidence: number; type: string }[];
        }
        const all = await api<QueueAnswer>(page, desk, "review/queue?reviewer=Ada&limit=1000");
        const confidences = all.items.map((item) => item.coded_confidence);
        assert.deepEqual(confidences, [...confidences].sort((a, b) => a - b));
        await page.addInitScript(() => location.protocol === "http:" && localStorage.setItem("detente.reviewer", "Ada"));
        await page.goto(`${desk.url}#/review`);
        const heading = page.locator(".queue h2").first();
        await heading.filter({ hasText: `${all.total} acts to judge` }).waitFor();
        const filters = page.getByRole("group", { name: "Narrow what is to be judged" });
        await filters.getByLabel("any type").selectOption("SANCTION");
        const sanctions = all.items.filter((item) => item.type === "SANCTION");
        assert.ok(sanctions.length > 2 && sanctions.length < all.total);
        await heading.filter({ hasText: `${sanctions.length} acts to judge` }).waitFor();
        await filters.getByLabel("any confidence").selectOption("0..0.8");
        const unsure = sanctions.filter((item) => item.coded_confidence <= 0.8);
        await heading.filter({ hasText: new RegExp(`^${unsure.length} acts? to judge`) }).waitFor();
        assert.ok(page.url().includes("confidence=0..0.8"), "the address keeps it");
        // One that is judged leaves the queue; taken back, it is there again.
        await filters.getByLabel("any confidence").selectOption("");
        await heading.filter({ hasText: `${sanctions.length} acts to judge` }).waitFor();
        await page.locator(".act-pane h1").click();
        await page.keyboard.press("a");
        await heading.filter({ hasText: `${sanctions.length - 1} acts to judge` }).waitFor();
        await page.locator(".notes").getByRole("button", { name: /undo/i }).click();
        await heading.filter({ hasText: `${sanctions.length} acts to judge` }).waitFor();
    }));
