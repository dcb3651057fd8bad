// The network of states for a period: who deals with whom, how much, how well.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { scaleSqrt } from "d3-scale";
import { useMemo, useState } from "preact/hooks";
import { link } from "../address";
import { address, asOf, useAnswer } from "../api/client";
import type { Network, Status } from "../api/types";
import { balanceColour } from "../charts/balance";
import { networkRows } from "../charts/matrix";
import { Picture } from "../charts/picture";
import { characters, cut } from "../characters";
import { PeriodOfAll, periodOf } from "../parts/period_of_all";
import { Tabs } from "../parts/tabs";
import { Waiting } from "../parts/waiting";
import { useWidth } from "../parts/width";
import { many } from "../terms";

/** Pixels below which a picture is one of a telephone: small circles, more height than width. */
const NARROW = 620;

const MOST = [
    ["20", "20 states"],
    ["40", "40 states"],
    ["80", "80 states"],
] as const;

export function NetworkView({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const { from, until } = periodOf(query);
    const network = useAnswer<Network>(address(["network"], { from, until, ...asOf() }));
    const most = MOST.find(([n]) => n === query.get("most"))?.[0] ?? "40";
    const [ref, width] = useWidth<HTMLDivElement>(1000);
    return (
        <div>
            <div class="view-head">
                <h1>Network</h1>
                <Tabs label="How many states" name="most" options={MOST} value={most} otherwise="40" />
            </div>
            <PeriodOfAll query={query} status={status} />
            <Picture title="Who deals with whom" file="network" csv={() => networkRows(network.data)} notes={["Orange: conflict, blue: cooperation; thicker: more acts; larger: a state with more acts."]}>
                <div ref={ref}>
                    <Waiting on={network}>{(data) => (data.links.length > 0 ? <Graph network={data} most={Number(most)} width={width} /> : <p class="empty">No acts between states in this period.</p>)}</Waiting>
                </div>
            </Picture>
        </div>
    );
}

interface Label {
    text: string;
    x: number;
    y: number;
    anchor: "start" | "middle" | "end";
    /** Whether it stands free; one that does not is shown while its state is pointed at. */
    fits: boolean;
}

interface Node extends SimulationNodeDatum {
    code: string;
    name: string;
    acts: number;
    r: number;
    label: Label;
}

interface Tie extends SimulationLinkDatum<Node> {
    source: Node;
    target: Node;
    acts: number;
    cooperation: number;
    conflict: number;
}

/** Nodes and ties laid out; the same network always in the same places. */
function laidOut(network: Network, most: number, width: number, height: number): { nodes: Node[]; ties: Tie[] } {
    const chosen = [...network.nodes].sort((a, b) => b.acts - a.acts || (a.code < b.code ? -1 : 1)).slice(0, most);
    const area = scaleSqrt([0, Math.max(1, ...chosen.map((one) => one.acts))], width < NARROW ? [2, 8] : [3, 26]);
    const nodes: Node[] = chosen.map((one) => ({ ...one, r: area(one.acts), label: { text: cut(one.name, 26), x: 0, y: 0, anchor: "middle", fits: true } }));
    const at = new Map(nodes.map((node) => [node.code, node]));
    const ties = network.links.flatMap((one) => {
        const [source, target] = [at.get(one.a), at.get(one.b)];
        return source && target && source !== target ? [{ ...one, source, target }] : [];
    });
    const strongest = Math.max(1, ...ties.map((tie) => tie.acts));
    const simulation = forceSimulation(nodes)
        .force(
            "tie",
            forceLink<Node, Tie>(ties)
                .distance((tie) => 50 + 90 * (1 - Math.sqrt(tie.acts / strongest)))
                .strength((tie) => 0.05 + 0.4 * Math.sqrt(tie.acts / strongest)),
        )
        .force("apart", forceManyBody().strength(-320))
        .force("x", forceX(width / 2).strength(0.05 * Math.min(1, height / width)))
        .force("y", forceY(height / 2).strength(0.08))
        .force("room", forceCollide<Node>((node) => node.r + 8))
        .stop();
    simulation.tick(220);
    const [left, right] = [Math.min(...nodes.map((n) => (n.x ?? 0) - n.r)), Math.max(...nodes.map((n) => (n.x ?? 0) + n.r))];
    const [top, bottom] = [Math.min(...nodes.map((n) => (n.y ?? 0) - n.r)), Math.max(...nodes.map((n) => (n.y ?? 0) + n.r))];
    // The layout is drawn out to fill the picture, but not beyond what keeps neighbours near.
    const [kx, ky] = [Math.min(2.2, (width - 100) / Math.max(1, right - left)), Math.min(2.2, (height - 50) / Math.max(1, bottom - top))];
    for (const node of nodes) {
        node.x = width / 2 + ((node.x ?? 0) - (left + right) / 2) * kx;
        node.y = height / 2 - 6 + ((node.y ?? 0) - (top + bottom) / 2) * ky;
    }
    ties.sort((a, b) => a.acts - b.acts);
    label(nodes, width, height);
    return { nodes, ties };
}

/** Left, top, right, bottom. */
type Box = readonly [number, number, number, number];

/** Names each state below, above or beside it, those with most acts first; none over another or over a state. */
function label(nodes: readonly Node[], width: number, height: number): void {
    const round = (node: Node): Box => [(node.x ?? 0) - node.r, (node.y ?? 0) - node.r, (node.x ?? 0) + node.r, (node.y ?? 0) + node.r];
    const taken: Box[] = nodes.map(round);
    const isFree = ([left, top, right, bottom]: Box) =>
        left >= 0 && right <= width && top >= 0 && bottom <= height && !taken.some((other) => left < other[2] && other[0] < right && top < other[3] && other[1] < bottom);
    for (const node of nodes) {
        const { x = 0, y = 0, r } = node;
        const wide = characters(node.label.text).length * 7;
        const ways: [number, number, Label["anchor"]][] = [
            [x, y + r + 11, "middle"],
            [x, y - r - 4, "middle"],
            [x + r + 3, y + 4, "start"],
            [x - r - 3, y + 4, "end"],
        ];
        const box = ([at, line, anchor]: (typeof ways)[number]): Box => {
            const left = anchor === "start" ? at : anchor === "end" ? at - wide : at - wide / 2;
            return [left - 1, line - 11, left + wide + 1, line + 4];
        };
        const way = ways.find((one) => isFree(box(one)));
        const [at, line, anchor] = way ?? (ways[0] as (typeof ways)[number]);
        Object.assign(node.label, { x: at, y: line, anchor, fits: way !== undefined });
        if (way) taken.push(box(way));
    }
}

function Graph({ network, most, width }: { network: Network; most: number; width: number }) {
    const height = Math.round(Math.max(340, Math.min(900, width * (width < NARROW ? 1.5 : 0.58), 260 + 22 * Math.min(most, network.nodes.length))));
    const { nodes, ties } = useMemo(() => laidOut(network, most, width, height), [network, most, width, height]);
    const [lit, light] = useState<string | null>(null);
    const [told, tell] = useState<string | null>(null);
    const strongest = Math.max(1, ...ties.map((tie) => tie.acts));
    const wide = scaleSqrt([0, strongest], [0.6, 9]);
    const close = new Set(lit === null ? [] : ties.flatMap((tie) => (tie.source.code === lit ? [tie.target.code] : tie.target.code === lit ? [tie.source.code] : [])));
    const faint = (code: string) => lit !== null && code !== lit && !close.has(code);
    const tieWords = (tie: Tie) => `${tie.source.name} – ${tie.target.name}: ${many(tie.acts, "act")}, ${tie.cooperation} cooperation, ${tie.conflict} conflict`;
    return (
        <>
            <svg class="picture network" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Network of ${many(nodes.length, "state")} and ${many(ties.length, "pair")}`} onMouseLeave={() => (light(null), tell(null))}>
                {ties.map((tie) => (
                    <a class={lit !== null && tie.source.code !== lit && tie.target.code !== lit ? "tie faint" : "tie"} href={link(["pair", tie.source.code, tie.target.code])} tabindex={-1} aria-label={tieWords(tie)} onMouseEnter={() => tell(tieWords(tie))}>
                        <line class="tie-reach" x1={tie.source.x} y1={tie.source.y} x2={tie.target.x} y2={tie.target.y} />
                        <line x1={tie.source.x} y1={tie.source.y} x2={tie.target.x} y2={tie.target.y} stroke={balanceColour(tie.cooperation, tie.conflict)} stroke-width={wide(tie.acts)} stroke-opacity={0.3 + 0.6 * Math.sqrt(tie.acts / strongest)} />
                    </a>
                ))}
                {nodes.map((node) => {
                    const words = `${node.name}: ${many(node.acts, "act")}`;
                    return (
                        <a
                            class={faint(node.code) ? "node faint" : "node"}
                            href={link(["relations"], { who: node.code })}
                            aria-label={words}
                            onMouseEnter={() => (light(node.code), tell(words))}
                            onFocus={() => (light(node.code), tell(words))}
                            onBlur={() => light(null)}
                        >
                            <circle cx={node.x} cy={node.y} r={node.r} />
                            <text class={node.label.fits ? undefined : "crowded"} x={node.label.x} y={node.label.y} text-anchor={node.label.anchor}>
                                {node.label.text}
                            </text>
                        </a>
                    );
                })}
            </svg>
            <p class="legend">
                <span>
                    <i class="swatch scale" /> conflict to cooperation
                </span>
                <span>thicker line, larger circle: more acts</span>
                <span class="reading">{told ?? "point at a state or a line"}</span>
            </p>
        </>
    );
}
