// The search box: finds states, pairs of them, and words in the passages.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { link } from "../address";
import { useNames } from "./names";
import type { State } from "../api/types";

interface Found {
    words: string;
    more: string;
    href: string;
}

/** States whose name or code begins a word with what was typed, the most active first. */
export function matching(states: readonly State[], typed: string): State[] {
    const wanted = typed.trim().toLocaleLowerCase();
    if (wanted === "") return [];
    const begins = (text: string) => {
        const lower = text.toLocaleLowerCase();
        return lower.startsWith(wanted) || lower.includes(` ${wanted}`) || lower.includes(`-${wanted}`);
    };
    return states.filter((state) => begins(state.name) || begins(state.code)).sort((a, b) => b.acts - a.acts);
}

/** Pairs that the words name: `japan kor` is Japan and South Korea. */
export function matchingPairs(states: readonly State[], typed: string): [State, State][] {
    const words = typed.trim().split(/[\s,–-]+/).filter((word) => word !== "and");
    const found: [State, State][] = [];
    for (let cut = 1; cut < words.length; cut++) {
        const left = matching(states, words.slice(0, cut).join(" ")).slice(0, 3);
        const right = matching(states, words.slice(cut).join(" ")).slice(0, 3);
        for (const a of left) for (const b of right) if (a.code !== b.code) found.push([a, b]);
    }
    return found;
}

export function Finder() {
    const { all } = useNames();
    const [typed, type] = useState("");
    const [open, setOpen] = useState(false);
    const [at, move] = useState(0);
    const input = useRef<HTMLInputElement>(null);
    const found = useMemo<Found[]>(() => {
        if (typed.trim() === "") return [];
        const pairs = matchingPairs(all, typed).slice(0, 5).map(([a, b]) => ({ words: `${a.name} – ${b.name}`, more: "pair", href: link(["pair", a.code, b.code]) }));
        const states = matching(all, typed).slice(0, 6).map((state) => ({ words: state.name, more: state.code, href: link(["relations"], { who: state.code }) }));
        return [...pairs, ...states, { words: `“${typed.trim()}”`, more: "in passages", href: link(["search"], { q: typed.trim() }) }];
    }, [typed, all]);
    useEffect(() => move(0), [typed]);
    useEffect(() => {
        const key = (event: KeyboardEvent) => {
            const on = event.target as HTMLElement;
            if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName)) return;
            event.preventDefault();
            input.current?.focus();
        };
        addEventListener("keydown", key);
        return () => removeEventListener("keydown", key);
    }, []);
    const go = (one: Found | undefined) => {
        if (!one) return;
        setOpen(false);
        type("");
        input.current?.blur();
        location.hash = one.href;
    };
    const shown = open && found.length > 0;
    return (
        <div class="finder" role="search">
            <input
                ref={input}
                type="text"
                autocomplete="off"
                placeholder="Find a state, a pair, words"
                aria-label="Find a state, a pair or words in passages"
                role="combobox"
                aria-expanded={shown}
                aria-controls="found"
                aria-autocomplete="list"
                aria-activedescendant={shown ? `found-${at}` : undefined}
                title="Press / to come here"
                value={typed}
                onInput={(event) => (type(event.currentTarget.value), setOpen(true))}
                onFocus={() => setOpen(true)}
                onBlur={() => setTimeout(() => setOpen(false), 150)}
                onKeyDown={(event) => {
                    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                        event.preventDefault();
                        move((at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(1, found.length));
                    } else if (event.key === "Enter") go(found[at]);
                    else if (event.key === "Escape") setOpen(false);
                }}
            />
            <ul id="found" role="listbox" aria-label="What was found" hidden={!shown}>
                {shown &&
                    found.map((one, i) => (
                        <li id={`found-${i}`} role="option" aria-selected={i === at} onMouseDown={(event) => event.preventDefault()} onClick={() => go(one)} onMouseEnter={() => move(i)}>
                            <span class="clip">{one.words}</span> <small>{one.more}</small>
                        </li>
                    ))}
            </ul>
        </div>
    );
}
