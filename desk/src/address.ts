// The address of a view: everything that is on the screen stands in the hash, so that a link shows it again.

import { useEffect, useState } from "preact/hooks";

/** A place in the desk: the path (`pair/JPN/KOR`) and what narrows it (`from=2022-01-01`). */
export interface Address {
    path: string[];
    query: URLSearchParams;
}

/** Reads a hash; what cannot be read is the front page. */
export function parse(hash: string): Address {
    const bare = hash.replace(/^#\/?/, "");
    const cut = bare.indexOf("?");
    const path = (cut < 0 ? bare : bare.slice(0, cut)).split("/").filter((part) => part !== "");
    const query = new URLSearchParams(cut < 0 ? "" : bare.slice(cut + 1));
    return { path: path.map(decoded), query };
}

function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

/** Writes a hash that `parse` reads back. */
export function format(path: string[], query: URLSearchParams): string {
    const tail = query.toString();
    return `#/${path.map(encodeURIComponent).join("/")}${tail === "" ? "" : `?${tail}`}`;
}

/** What every view keeps when another is opened: the day as of which the ledger is asked. */
export const KEPT = ["known_by", "as_of"] as const;

/** The link to a view that keeps the day. */
export function link(path: string[], set: Record<string, string | null | undefined> = {}): string {
    const query = new URLSearchParams();
    const here = parse(location.hash).query;
    for (const key of KEPT) {
        const value = here.get(key);
        if (value !== null) query.set(key, value);
    }
    for (const [key, value] of Object.entries(set)) {
        if (value !== null && value !== undefined && value !== "") query.set(key, value);
    }
    return format(path, query);
}

/** The link to an affair: beside its pair, or among the relations of its only party. */
export function affairLink(affair: { id: string; parties: readonly string[] }): string {
    const [a, b] = affair.parties;
    return a !== undefined && b !== undefined ? link(["pair", a, b], { affair: affair.id }) : link(["relations"], { who: a });
}

/** Changes what narrows the view; `null` and the empty word take a key away. */
export function narrow(set: Record<string, string | null | undefined>, step: "new" | "same" = "same"): void {
    const { path, query } = parse(location.hash);
    for (const [key, value] of Object.entries(set)) {
        if (value === null || value === undefined || value === "") query.delete(key);
        else query.set(key, value);
    }
    const hash = format(path, query);
    if (hash === location.hash) return;
    if (step === "new") {
        location.hash = hash;
    } else {
        history.replaceState(null, "", hash);
        dispatchEvent(new HashChangeEvent("hashchange"));
    }
}

/** Chooses a value, or takes it away where it is chosen already. */
export function toggle(key: string, value: string): void {
    narrow({ [key]: parse(location.hash).query.get(key) === value ? null : value });
}

/** The address now, and again whenever it changes. */
export function useAddress(): Address {
    const [address, set] = useState(() => parse(location.hash));
    useEffect(() => {
        const read = () => set(parse(location.hash));
        addEventListener("hashchange", read);
        return () => removeEventListener("hashchange", read);
    }, []);
    return address;
}
