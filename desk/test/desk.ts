// A desk to test: a ledger made of articles, the server on it, a browser before it.

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(process.cwd(), process.cwd().endsWith("desk") ? ".." : ".");
export const PROGRAM = process.env["PROGRAM"] ?? join(ROOT, "target/release/detente");
/** A folder whose files stand for the page that lies in the program. */
const PAGE = process.env["PAGE"];
export const CHAIN = join(ROOT, "examples/chain");
export const LEXICON = join(CHAIN, "lexicon");

/** The articles of the example: a year between Orsenia and Kestria. */
export function chainFiles(): string[] {
    return readdirSync(CHAIN)
        .filter((name) => name.endsWith(".jsonl"))
        .sort()
        .map((name) => join(CHAIN, name));
}

export interface Desk {
    /** Where it answers, with a slash at the end. */
    url: string;
    ledger: string;
    close: () => Promise<void>;
}

/** A ledger of these files, learned on a day, and a server on it. */
export async function openDesk(files: string[], learned?: string): Promise<Desk> {
    const folder = mkdtempSync(join(tmpdir(), "desk-"));
    const ledger = join(folder, "test.db");
    if (files.length > 0) {
        execFileSync(PROGRAM, ["add", ledger, ...files, "--lexicon", LEXICON, ...(learned ? ["--learned", learned] : [])], { stdio: ["ignore", "ignore", "inherit"] });
    }
    return serve(ledger, () => rmSync(folder, { recursive: true, force: true }));
}

/** A server on a ledger. */
export async function serve(ledger: string, after: () => void = () => undefined): Promise<Desk> {
    const child = spawn(PROGRAM, ["serve", ledger, "--listen", "127.0.0.1:0", "--lexicon", LEXICON], { stdio: ["ignore", "pipe", "pipe"] });
    const url = await address(child);
    return {
        url,
        ledger,
        close: async () => {
            const gone = new Promise((done) => child.on("close", done));
            child.kill("SIGINT");
            await gone;
            after();
        },
    };
}

function address(child: ChildProcess): Promise<string> {
    return new Promise((done, fail) => {
        let said = "";
        const hear = (bytes: Buffer) => {
            said += bytes.toString();
            const found = /http:\/\/[^\s"]+/.exec(said);
            if (found) done(found[0].endsWith("/") ? found[0] : `${found[0]}/`);
        };
        child.stdout?.on("data", hear);
        child.stderr?.on("data", hear);
        child.on("close", (code) => fail(new Error(`detente serve ended with ${code}: ${said}`)));
    });
}

/** A file of articles, one a line. */
export function articles(records: Record<string, string>[]): string {
    const file = join(mkdtempSync(join(tmpdir(), "desk-articles-")), "articles.jsonl");
    writeFileSync(file, records.map((record) => JSON.stringify(record)).join("\n"));
    return file;
}

export function launch(): Promise<Browser> {
    // Containers give Chromium no sandbox of its own.
    return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
}

/** Draws the pointer over a strip, from one share of its width to another, and tells where the strip lies. */
export async function brush(page: Page, from: number, to: number): Promise<{ x: number; width: number }> {
    const box = await page.locator(".brush .overlay").boundingBox();
    if (!box) throw new Error("no strip to brush");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 4 });
    await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
    await page.mouse.up();
    return box;
}

export interface Look {
    page: Page;
    context: BrowserContext;
    /** Everything that the console or the page itself complained of. */
    complaints: string[];
}

export async function look(browser: Browser, options: { width?: number; height?: number; dark?: boolean } = {}): Promise<Look> {
    const context = await browser.newContext({ viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, colorScheme: options.dark ? "dark" : "light", locale: "en-GB", acceptDownloads: true });
    context.setDefaultTimeout(30_000);
    if (PAGE) await replacePage(context, PAGE);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(`${error.name}: ${error.message}`));
    page.on("dialog", (dialog) => {
        complaints.push(`a dialog opened: ${dialog.message()}`);
        void dialog.dismiss();
    });
    return { page, context, complaints };
}

/** Answers with the files of a folder, under the headers with which the server gives its own. */
async function replacePage(context: BrowserContext, folder: string): Promise<void> {
    await context.route(/^http:\/\/127\.0\.0\.1:\d+\/(?!api\/)/, async (route) => {
        const path = new URL(route.request().url()).pathname;
        const file = join(folder, path === "/" ? "index.html" : path);
        if (!existsSync(file)) return route.continue().catch(() => undefined);
        const response = await route.fetch().catch(() => undefined);
        // A page that was closed meanwhile asks for nothing any more.
        if (response) await route.fulfill({ response, body: readFileSync(file) }).catch(() => undefined);
    });
}

/** Marks words in the passage on the page, as a user does with the mouse. */
export async function markWords(page: Page, words: string): Promise<void> {
    await page.locator(".passage .marked").first().evaluate((root, wanted) => {
        const holders = [...root.querySelectorAll("[data-start]")].map((holder) => holder.firstChild as Text);
        const whole = holders.map((node) => node.data).join("");
        const at = whole.indexOf(wanted);
        if (at < 0) throw new Error(`the passage does not hold ${wanted}: ${whole}`);
        const find = (offset: number): [Text, number] => {
            let before = 0;
            for (const node of holders) {
                if (offset <= before + node.data.length) return [node, offset - before];
                before += node.data.length;
            }
            throw new Error("beyond the passage");
        };
        const range = document.createRange();
        range.setStart(...find(at));
        range.setEnd(...find(at + wanted.length));
        const selection = getSelection();
        selection?.removeAllRanges();
        selection?.addRange(range);
    }, words);
}
