// The frame of the desk: the bar above, and the view that the address names.

import { useEffect, useRef } from "preact/hooks";
import { useAddress, link, type Address } from "./address";
import { address, useAnswer, useChanges } from "./api/client";
import type { Status } from "./api/types";
import { Names, useStates } from "./parts/names";
import { AsOf, AsOfMark } from "./parts/as_of";
import { Guard } from "./parts/guard";
import { Finder } from "./parts/finder";
import { ThemeSwitch } from "./parts/theme";
import { Notes } from "./parts/notes";
import { Relations } from "./relations/relations";
import { PairView } from "./pair/pair_view";
import { ActView } from "./act/act_view";
import { MapView } from "./map/map_view";
import { NetworkView } from "./network/network_view";
import { AddView } from "./add/add_view";
import { ReviewView } from "./review/review_view";
import { SearchView } from "./search/search_view";

const VIEWS = [
    ["relations", "Relations"],
    ["map", "Map"],
    ["network", "Network"],
    ["add", "Add"],
    ["review", "Review"],
] as const;

export function App() {
    const here = useAddress();
    const status = useAnswer<Status>(address(["status"]));
    useChanges(status.data?.changed);
    const states = useStates();
    const main = useRef<HTMLElement>(null);
    const view = here.path[0] ?? "relations";
    const place = here.path.join("/");
    const first = useRef(true);
    useEffect(() => {
        document.title = `${titleOf(here, states.name)} – Detente`;
    }, [here, states]);
    useEffect(() => {
        if (first.current) first.current = false;
        else {
            main.current?.focus({ preventScroll: true });
            scrollTo(0, 0);
        }
    }, [place]);
    const current = view === "pair" || view === "act" || view === "search" ? "relations" : view;
    return (
        <Names.Provider value={states}>
            <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
                Skip to the view
            </a>
            <header class="bar">
                <a class="brand" href={link(["relations"])} aria-label="Detente, all relations">
                    <svg viewBox="0 0 22 22" width="22" height="22" aria-hidden="true">
                        <path class="brand-left" d="M0 8a8 8 0 0 1 8-8v16a8 8 0 0 1-8-8z" />
                        <path class="brand-right" d="M22 14a8 8 0 0 1-8 8V6a8 8 0 0 1 8 8z" />
                    </svg>
                    Detente
                </a>
                <nav aria-label="Views">
                    {VIEWS.map(([path, words]) => (
                        <a href={link([path])} aria-current={current === path ? "page" : undefined}>
                            {words}
                        </a>
                    ))}
                </nav>
                <Finder />
                <AsOf status={status.data} />
                <ThemeSwitch />
            </header>
            <main id="main" tabindex={-1} ref={main}>
                {status.error && (
                    <p class="trouble" role="alert">
                        The ledger does not answer: {status.error.message}
                    </p>
                )}
                <AsOfMark view={view} query={here.query} />
                <Guard place={place}>
                    <View here={here} status={status.data} />
                </Guard>
            </main>
            <Notes />
        </Names.Provider>
    );
}

function View({ here, status }: { here: Address; status: Status | undefined }) {
    const [view, one, two] = here.path;
    const { query } = here;
    switch (view) {
        case "pair":
            if (one && two) return <PairView a={one} b={two} query={query} />;
            break;
        case "act":
            if (one) return <ActView id={one} />;
            break;
        case "map":
            return <MapView query={query} status={status} />;
        case "network":
            return <NetworkView query={query} status={status} />;
        case "add":
            return <AddView />;
        case "review":
            return <ReviewView query={query} status={status} />;
        case "search":
            return <SearchView query={query} />;
        case "relations":
        case undefined:
            return <Relations query={query} status={status} />;
    }
    return (
        <p class="trouble" role="alert">
            There is no view at this address. <a href={link(["relations"])}>All relations</a>
        </p>
    );
}

function titleOf(here: Address, name: (code: string) => string): string {
    const [view, one, two] = here.path;
    if (view === "pair" && one && two) return `${name(one)} – ${name(two)}`;
    if (view === "act") return "An act";
    if (view === "search") return `“${here.query.get("q") ?? ""}”`;
    return VIEWS.find(([path]) => path === view)?.[1] ?? "Relations";
}
