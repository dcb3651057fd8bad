// Asks the API, keeps what it answered until the ledger changes.

import { useEffect, useRef, useState } from "preact/hooks";
import { parse, KEPT } from "../address";
import { seen } from "../characters";

const BASE = "api/v1";
const KEEP = 200;

type Value = string | number | boolean | null | undefined;

/** What an address of the API is asked with. */
export type Asked = Record<string, Value | Value[]>;

/** The address of a question, relative to the page. */
export function address(path: string[], asked: Asked = {}): string {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(asked)) {
        for (const one of Array.isArray(value) ? value : [value]) {
            if (one !== null && one !== undefined && one !== "" && one !== false) query.append(key, String(one));
        }
    }
    const tail = query.toString();
    return `${BASE}/${path.map(encodeURIComponent).join("/")}${tail === "" ? "" : `?${tail}`}`;
}

/** The day as of which the whole page asks. */
export function asOf(): Asked {
    const { query } = parse(location.hash);
    return Object.fromEntries(KEPT.map((key) => [key, query.get(key)]));
}

async function answer<T>(response: Response): Promise<T> {
    if (response.ok) return (response.status === 204 ? undefined : JSON.parse(seen(await response.text()))) as T;
    let message = `${response.status} ${response.statusText}`;
    try {
        const said = (await response.json()) as { error?: string };
        if (said.error) message = said.error;
    } catch {
        // The answer is no JSON; the status says what is known.
    }
    throw new Error(message);
}

/** Asks; a server that still reads its ledger says when to ask again. */
async function read(url: string): Promise<Response> {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    const wait = response.status === 503 ? Number(response.headers.get("Retry-After")) : 0;
    if (!(wait > 0)) return response;
    await new Promise((done) => setTimeout(done, wait * 1000));
    return read(url);
}

/** How often all answers were forgotten. */
let generation = 0;
const kept = new Map<string, Promise<unknown>>();
const known = new Map<string, unknown>();

/** Asks once; the answer is kept until the ledger changes. */
export function get<T>(url: string): Promise<T> {
    const there = kept.get(url);
    if (there) return there as Promise<T>;
    const asked = read(url).then((response) => answer<T>(response));
    kept.set(url, asked);
    const of = generation;
    asked.then(
        (value) => of === generation && known.set(url, value),
        () => of === generation && kept.delete(url),
    );
    for (const oldest of kept.keys()) {
        if (kept.size <= KEEP) break;
        kept.delete(oldest);
        known.delete(oldest);
    }
    return asked;
}

/** Asks for what will be wanted in a moment; whoever wants it meets the same answer, or the same error. */
export function ahead(url: string): void {
    get(url).catch(() => undefined);
}

/** Whether the answer is there already. */
export function isKnown(url: string): boolean {
    return known.has(url);
}

const waiting = new Set<() => void>();

/** Forgets all answers and lets the views ask again. */
export function forget(): void {
    kept.clear();
    known.clear();
    generation += 1;
    for (const wake of waiting) wake();
}

/** Sends a change; all answers are asked for anew after it. */
export async function send<T>(method: "POST" | "DELETE", url: string, body?: unknown, changes = true): Promise<T> {
    const response = await fetch(url, {
        method,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-Detente": "desk" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer<T>(response);
    if (changes) forget();
    return said;
}

const WATCH = 20_000; // ms

/** Asks now and then whether somebody else changed the ledger, and forgets all answers if so. */
export function useChanges(changed: number | undefined): void {
    useEffect(() => {
        if (changed === undefined) return;
        const timer = setInterval(() => {
            if (document.visibilityState !== "visible") return;
            fetch(address(["status"]))
                .then((response) => answer<{ changed: number }>(response))
                .then(
                    (status) => status.changed !== changed && forget(),
                    () => undefined, // The server is away; the next question will say so.
                );
        }, WATCH);
        return () => clearInterval(timer);
    }, [changed]);
}

/** An answer on its way: the last one stays until the next is there. */
export interface Asking<T> {
    data: T | undefined;
    error: Error | undefined;
    busy: boolean;
}

/** Asks and renders again when the answer is there; `null` asks nothing. */
export function useAnswer<T>(url: string | null): Asking<T> {
    const [, render] = useState(0);
    const [asked, setAsked] = useState(generation);
    const state = useRef<Asking<T> & { url: string | null; asked: number }>({ data: undefined, error: undefined, busy: false, url: null, asked: -1 });
    const now = state.current;
    if (url !== null && (now.url !== url || now.asked !== asked) && known.has(url)) {
        Object.assign(now, { data: known.get(url) as T, error: undefined, busy: false, url, asked });
    }
    useEffect(() => {
        const wake = () => setAsked(generation);
        waiting.add(wake);
        return () => void waiting.delete(wake);
    }, []);
    // One question at a time: while a brush moves, the newest waits until the one on its way is answered.
    const isAsking = url !== null && !now.busy && (now.url !== url || now.asked !== asked);
    // It is on its way before the view is drawn.
    if (isAsking) ahead(url);
    useEffect(() => {
        if (url === null || !isAsking) return;
        Object.assign(now, { busy: true, url, asked });
        const end = (found: Partial<Asking<T>>) => {
            Object.assign(now, found, { busy: false });
            render((n) => n + 1);
        };
        get<T>(url).then(
            (data) => end({ data, error: undefined }),
            (error: Error) => end({ error }),
        );
    }, [url, asked, now.busy]);
    if (url === null) return { data: undefined, error: undefined, busy: false };
    return isAsking ? { ...now, busy: true } : now;
}
