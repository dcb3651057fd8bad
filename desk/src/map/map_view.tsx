// The map: states coloured by what they did or received, places of acts, disputed territories hatched with claimants and holder named.

import { geoCircle, geoEqualEarth, geoPath, geoGraticule10, type GeoPermissibleObjects } from "d3-geo";
import { scaleSqrt } from "d3-scale";
import type { Feature, Geometry } from "geojson";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { link, narrow, toggle } from "../address";
import { address, asOf, get, useAnswer } from "../api/client";
import type { List, Place, State, Status, Territory } from "../api/types";
import { amountColour, balanceColour, sides } from "../charts/balance";
import { Picture } from "../charts/picture";
import { memo } from "../parts/memo";
import { PeriodOfAll, periodOf } from "../parts/period_of_all";
import { Tabs } from "../parts/tabs";
import { Waiting } from "../parts/waiting";
import { useWidth } from "../parts/width";
import { many, QUADS } from "../terms";
import { dateWords } from "../time";

interface Land {
    code: string;
    /** What the base map calls it: for states without acts. */
    name: string;
    shape: Feature<Geometry>;
}

const ROLES = [
    ["did", "what they did"],
    ["received", "what they received"],
] as const;
// Always the same, so that the map is not drawn again for each of them.
const NO_PLACES: Place[] = [];
const NO_TERRITORIES: Territory[] = [];
const MEASURES = [
    ["balance", "balance"],
    ["cooperation", "cooperation"],
    ["conflict", "conflict"],
] as const;

const NOBODYS_WORD = "The base map (Natural Earth) is nobody's word on any dispute. It draws lines that states contest; hatched areas are about where a territory lies, not its borders.";

export function MapView({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const { from, until } = periodOf(query);
    const asked = { from, until, ...asOf() };
    const states = useAnswer<List<State>>(address(["states"], { limit: 1000, ...asked }));
    const places = useAnswer<List<Place>>(address(["places"], { limit: 500, ...asked }));
    const territories = useAnswer<List<Territory>>(address(["territories"], { limit: 1000 }));
    const [land, setLand] = useState<Land[]>([]);
    useEffect(() => {
        get<Topology<{ countries: GeometryCollection<{ name: string }> }>>("world.json").then(
            (world) => setLand(feature(world, world.objects.countries).features.map((shape) => ({ code: String(shape.id), name: shape.properties.name, shape }))),
            () => setLand([]),
        );
    }, []);
    const role = query.get("role") === "received" ? "received" : "did";
    const measure = MEASURES.find(([key]) => key === query.get("by"))?.[0] ?? "balance";
    const [ref, width] = useWidth<HTMLDivElement>(1000);
    const [told, tell] = useState<string | null>(null);
    const territory = query.get("territory");
    const chosen = territories.data?.items.find((one) => one.code === territory) ?? null;
    return (
        <div class="map-view">
            <div class="view-head">
                <h1>Map</h1>
                <Tabs label="States are coloured by" name="role" options={ROLES} value={role} otherwise="did" />
                <Tabs label="Measure" name="by" options={MEASURES} value={measure} otherwise="balance" />
            </div>
            <PeriodOfAll query={query} status={status} />
            <Picture
                title={`States by ${role === "did" ? "what they did" : "what they received"}`}
                file={`map-${role}-${measure}`}
                notes={[measure === "balance" ? "Orange: conflict, blue: cooperation." : `The darker, the more acts of ${measure}.`, "Hatched: disputed. Circles: places of acts.", NOBODYS_WORD]}
                csv={() => [["code", "name", ...["did", "received"].flatMap((role) => QUADS.map((quad) => `${role}_${quad}`))], ...(states.data?.items ?? []).map((one) => [one.code, one.name, ...one.did, ...one.received])]}
            >
                <div ref={ref}>
                    <Waiting on={states}>
                        {(data) => (
                            <World
                                land={land}
                                states={data.items}
                                places={places.data?.items ?? NO_PLACES}
                                territories={territories.data?.items ?? NO_TERRITORIES}
                                role={role}
                                measure={measure}
                                width={width}
                                tell={tell}
                                territory={territory}
                                at={query.get("at")}
                            />
                        )}
                    </Waiting>
                </div>
                <p class="legend">
                    {measure === "balance" ? (
                        <span>
                            <i class="swatch scale" /> conflict to cooperation
                        </span>
                    ) : (
                        <span>
                            <i class={`swatch amount-${measure}`} /> few to many acts of {measure}
                        </span>
                    )}
                    <span>
                        <i class="swatch hatched" /> disputed
                    </span>
                    <span>
                        <i class="swatch place" /> place of acts
                    </span>
                    <span class="reading">{told ?? "point at a state, a place or a territory"}</span>
                </p>
                <p class="map-word">
                    {NOBODYS_WORD}
                </p>
            </Picture>
            {states.data && <StateTable states={states.data.items} places={address(["places"], { ...asked, format: "csv" })} />}
            <Waiting on={territories}>{(data) => <TerritoryList territories={data.items} chosen={chosen} />}</Waiting>
        </div>
    );
}

interface WorldProps {
    land: Land[];
    states: State[];
    places: Place[];
    territories: Territory[];
    role: "did" | "received";
    measure: "balance" | "cooperation" | "conflict";
    width: number;
    tell: (words: string | null) => void;
    territory: string | null;
    /** What the address says of the stretch that is shown. */
    at: string | null;
}

/** How near the map is, and where its corner lies: in widths of the map, so that a map drawn anew shows the same stretch. */
interface Zoom {
    k: number;
    x: number;
    y: number;
}

const REST = 200; // ms until a map that is moved stands in the address

const WHOLE: Zoom = { k: 1, x: 0, y: 0 };

const nearness = (k: number) => Math.max(1, Math.min(24, k));

const World = memo(function World({ land, states, places, territories, role, measure, width, tell, territory, at }: WorldProps) {
    const height = Math.round(width * 0.487);
    const tall = height / width;
    const [zoom, setZoom] = useState<Zoom>(WHOLE);
    const drag = useRef<{ x: number; y: number; from: Zoom; moved: boolean } | null>(null);
    const drawn = useMemo(() => {
        const projection = geoEqualEarth().fitSize([width, height], { type: "Sphere" });
        const path = geoPath(projection).digits(1);
        const draw = (what: GeoPermissibleObjects) => path(what) ?? "";
        return {
            projection,
            land: land.map(({ code, name, shape }) => ({ code, name, d: draw(shape) })),
            sphere: draw({ type: "Sphere" }),
            grid: draw(geoGraticule10()),
            territories: territories.flatMap((one) => {
                const reach = reachOf(one);
                return reach ? [{ ...one, d: draw(geoCircle().center(reach.at).radius(reach.km / 111.2).precision(15)()), at: projection(reach.at) }] : [];
            }),
        };
    }, [land, territories, width, height]);
    const known = useMemo(() => new Map(states.map((one) => [one.code, one])), [states]);
    const most = Math.max(1, ...states.map((one) => (measure === "balance" ? 1 : sides(one[role])[measure])));
    const fill = (code: string): string | undefined => {
        const one = known.get(code);
        if (!one) return undefined;
        const { cooperation, conflict } = sides(one[role]);
        if (cooperation + conflict === 0) return undefined;
        if (measure === "balance") return balanceColour(cooperation, conflict);
        const amount = measure === "cooperation" ? cooperation : conflict;
        return amount === 0 ? undefined : amountColour(measure, Math.sqrt(amount / most));
    };
    const words = (code: string, called: string) => {
        const one = known.get(code);
        if (!one) return `${called}: no acts`;
        const { cooperation, conflict } = sides(one[role]);
        return `${one.name}: ${role} ${many(cooperation, "act")} of cooperation, ${conflict} of conflict`;
    };
    const area = scaleSqrt([0, Math.max(1, ...places.map((one) => one.acts))], width < 620 ? [1, 5] : [2, 11]);
    const limit = (next: Zoom): Zoom => {
        const k = nearness(next.k);
        return { k, x: Math.min(0, Math.max(1 - k, next.x)), y: Math.min(0, Math.max(tall * (1 - k), next.y)) };
    };
    const zoomBy = (factor: number, x = 1 / 2, y = tall / 2) =>
        setZoom((now) => {
            const k = nearness(now.k * factor);
            return limit({ k, x: x - ((x - now.x) / now.k) * k, y: y - ((y - now.y) / now.k) * k });
        });
    const around = ([x, y]: [number, number], k: number) => limit({ k, x: 1 / 2 - (x / width) * k, y: tall / 2 - (y / width) * k });
    // The address says how near the map is and what is in its middle, so that a link shows the same.
    const told = useRef<string | null>(null);
    useEffect(() => {
        if (at === told.current) return;
        told.current = at;
        const [k = NaN, lat = NaN, lon = NaN] = (at ?? "").split(",").map(Number);
        const middle = k > 1 && Number.isFinite(lat) && Number.isFinite(lon) ? drawn.projection([lon, lat]) : null;
        setZoom(middle ? around(middle, nearness(k)) : WHOLE);
    }, [at, drawn]);
    useEffect(() => {
        const timer = setTimeout(() => {
            const middle = zoom.k > 1 ? drawn.projection.invert?.([((1 / 2 - zoom.x) / zoom.k) * width, ((tall / 2 - zoom.y) / zoom.k) * width]) : null;
            const words = middle ? [zoom.k, middle[1], middle[0]].map((n) => n.toFixed(2)).join(",") : null;
            if (words === told.current) return;
            told.current = words;
            narrow({ at: words });
        }, REST);
        return () => clearTimeout(timer);
    }, [zoom, drawn]);
    // A territory that is chosen comes into the middle, but not where the address says what is.
    const shown = useRef(at === null ? null : territory);
    useEffect(() => {
        const one = drawn.territories.find((other) => other.code === territory);
        if (!one?.at || shown.current === territory) return;
        shown.current = territory;
        setZoom(around(one.at, 6));
    }, [territory, drawn]);
    const svg = useRef<SVGSVGElement>(null);
    useEffect(() => {
        const element = svg.current;
        if (!element) return;
        const wheel = (event: WheelEvent) => {
            if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
            event.preventDefault();
            const box = element.getBoundingClientRect();
            zoomBy(event.deltaY < 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.width);
        };
        element.addEventListener("wheel", wheel, { passive: false });
        return () => element.removeEventListener("wheel", wheel);
    }, [width, height]);
    return (
        <div class="world">
            <div class="zoom" role="group" aria-label="Zoom">
                <button aria-label="Nearer" onClick={() => zoomBy(1.6)}>
                    +
                </button>
                <button aria-label="Farther" onClick={() => zoomBy(1 / 1.6)}>
                    −
                </button>
                <button aria-label="Whole world" disabled={zoom.k === 1} onClick={() => setZoom(WHOLE)}>
                    ○
                </button>
            </div>
            <svg
                ref={svg}
                class="picture map"
                width={width}
                height={height}
                viewBox={`0 0 ${width} ${height}`}
                role="group"
                tabindex={0}
                aria-label={`World map of ${many(states.length, "state")} with acts. Plus and minus zoom, arrow keys move.`}
                onKeyDown={(event) => {
                    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
                    if (step) setZoom((now) => limit({ ...now, x: now.x + (step[0] as number) / width, y: now.y + (step[1] as number) / width }));
                    else if (event.key === "+") zoomBy(1.6);
                    else if (event.key === "-") zoomBy(1 / 1.6);
                    else return;
                    event.preventDefault();
                }}
                onPointerDown={(event) => (drag.current = { x: event.clientX, y: event.clientY, from: zoom, moved: false })}
                onPointerMove={(event) => {
                    const now = drag.current;
                    if (!now || event.buttons === 0) return;
                    if (Math.hypot(event.clientX - now.x, event.clientY - now.y) > 3) now.moved = true;
                    const whole = event.currentTarget.getBoundingClientRect().width;
                    if (now.moved && zoom.k > 1) setZoom(limit({ k: now.from.k, x: now.from.x + (event.clientX - now.x) / whole, y: now.from.y + (event.clientY - now.y) / whole }));
                }}
                onMouseLeave={() => tell(null)}
            >
                <defs>
                    <pattern id="hatch" width={5 / zoom.k} height={5 / zoom.k} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="hatch-line" width={1.6 / zoom.k} height={5 / zoom.k} />
                    </pattern>
                </defs>
                <g transform={`translate(${zoom.x * width} ${zoom.y * width}) scale(${zoom.k})`}>
                    <path class="sea" d={drawn.sphere} />
                    <path class="graticule" d={drawn.grid} stroke-width={0.5 / zoom.k} />
                    {drawn.land.map(({ code, name, d }) => (
                        <path
                            class="land"
                            d={d}
                            fill={fill(code)}
                            data-code={code}
                            stroke-width={0.6 / zoom.k}
                            onMouseEnter={() => tell(words(code, name))}
                            onClick={() => !drag.current?.moved && known.has(code) && (location.hash = link(["relations"], { who: code }))}
                        >
                            <title>{words(code, name)}</title>
                        </path>
                    ))}
                    {drawn.territories.map((one) => {
                        const told = territoryWords(one);
                        return (
                            <path
                                class={one.code === territory ? "territory chosen" : "territory"}
                                d={one.d}
                                stroke-width={(one.code === territory ? 2 : 0.8) / zoom.k}
                                onMouseEnter={() => tell(told)}
                                onClick={() => !drag.current?.moved && toggle("territory", one.code)}
                            >
                                <title>{told}</title>
                            </path>
                        );
                    })}
                    {places.map((one) => {
                        const at = one.lon === null || one.lat === null ? null : drawn.projection([one.lon, one.lat]);
                        if (!at) return null;
                        const told = `${one.name}: ${many(one.acts, "act")}`;
                        return (
                            <circle class="place" cx={at[0]} cy={at[1]} r={area(one.acts) / Math.sqrt(zoom.k)} stroke-width={1 / zoom.k} onMouseEnter={() => tell(told)}>
                                <title>{told}</title>
                            </circle>
                        );
                    })}
                </g>
            </svg>
        </div>
    );
});

const SMALL = 40; // km, where nobody says how far a territory reaches

/** Where a territory is hatched; nothing where nobody knows. */
function reachOf({ lat, lon, reach }: Territory): { at: [number, number]; km: number } | undefined {
    return lat === null || lon === null ? undefined : { at: [lon, lat], km: reach ?? SMALL };
}

/** Who claims a territory and who holds it. */
function territoryWords(one: Territory): string {
    const claimants = one.claimant_names.join(", ");
    const holder = one.holder_name ? `held by ${one.holder_name}${one.since ? ` since ${dateWords(one.since)}` : ""}` : "held by none or divided";
    return `${one.name}: claimed by ${claimants}; ${holder}`;
}

/** What the colours say, as a table. */
const StateTable = memo(function StateTable({ states, places }: { states: State[]; places: string }) {
    return (
        <details class="card">
            <summary>The map as a table</summary>
            <p class="quiet-words">
                Places of acts:{" "}
                <a href={places} download="places.csv">
                    CSV
                </a>
            </p>
            <div class="scroll" tabindex={0} role="region" aria-label="Table of states">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">state</th>
                            <th scope="col">did: cooperation</th>
                            <th scope="col">did: conflict</th>
                            <th scope="col">received: cooperation</th>
                            <th scope="col">received: conflict</th>
                        </tr>
                    </thead>
                    <tbody>
                        {states.map((one) => {
                            const [did, received] = [sides(one.did), sides(one.received)];
                            return (
                                <tr>
                                    <th scope="row">
                                        <a href={link(["relations"], { who: one.code })}>{one.name}</a>
                                    </th>
                                    <td>{did.cooperation}</td>
                                    <td>{did.conflict}</td>
                                    <td>{received.cooperation}</td>
                                    <td>{received.conflict}</td>
                                </tr>
                            );
                        })}
                    </tbody>
                </table>
            </div>
        </details>
    );
});

const TerritoryList = memo(function TerritoryList({ territories, chosen }: { territories: Territory[]; chosen: Territory | null }) {
    const [typed, type] = useState("");
    const wanted = typed.trim().toLocaleLowerCase();
    const shown = territories.filter((one) => wanted === "" || territoryWords(one).toLocaleLowerCase().includes(wanted));
    return (
        <section class="card territory-list" aria-label="Disputed territories">
            <header>
                <h2>Disputed territories</h2>
                <input type="search" placeholder="Narrow" aria-label="Narrow the disputed territories" value={typed} onInput={(event) => type(event.currentTarget.value)} />
                <div class="saves">
                    <a class="quiet" href={address(["territories"], { format: "csv" })} download="territories.csv">
                        CSV
                    </a>
                </div>
            </header>
            <div class="scroll" tabindex={0} role="region" aria-label="Table of disputed territories">
                <table class="territories">
                    <thead>
                        <tr>
                            <th scope="col">territory</th>
                            <th scope="col">claimed by</th>
                            <th scope="col">held by</th>
                            <th scope="col">since</th>
                        </tr>
                    </thead>
                    <tbody>
                        {shown.map((one) => (
                            <tr class={one === chosen ? "chosen" : undefined}>
                                <th scope="row">
                                    {reachOf(one) ? (
                                        <button class="link" aria-pressed={one === chosen} onClick={() => toggle("territory", one.code)}>
                                            {one.name}
                                        </button>
                                    ) : (
                                        one.name
                                    )}
                                </th>
                                <td>{one.claimant_names.join(", ")}</td>
                                <td>{one.holder_name ?? "none, or divided"}</td>
                                <td class="day">{one.since ? dateWords(one.since) : ""}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </section>
    );
});
