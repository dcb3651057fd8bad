// The matrix of pairs: a square for each pair that has acts, as large as they are many, coloured by how much of them is cooperation.

import { scaleSqrt } from "d3-scale";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { link } from "../address";
import type { Code, Network } from "../api/types";
import { characters, cut } from "../characters";
import { balanceColour } from "./balance";
import { memo } from "../parts/memo";
import type { Rows } from "./picture";

interface Props {
    network: Network;
    most: number;
    width: number;
    name: (code: Code) => string;
    /** Only this state's row and column are lit. */
    who: Code | null;
}

/** The pairs of a network, to be saved. */
export function networkRows(network: Network | undefined): Rows {
    return [["a", "b", "acts", "cooperation", "conflict", "mean_scale"], ...(network?.links ?? []).map((one) => [one.a, one.b, one.acts, one.cooperation, one.conflict, one.scale])];
}

type Link = Network["links"][number];

export const Matrix = memo(function Matrix({ network, most, width, name, who }: Props) {
    const { codes, cells } = useMemo(() => {
        const linked = new Map<Code, number>();
        for (const { a, b, acts } of network.links) {
            if (a === b) continue;
            if (who !== null && a !== who && b !== who) continue;
            for (const code of [a, b]) linked.set(code, (linked.get(code) ?? 0) + acts);
        }
        const chosen = [...linked].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, most);
        const codes = chosen.map(([code]) => code);
        const at = new Map(codes.map((code, i) => [code, i]));
        const cells = new Map<string, Link>();
        for (const one of network.links) {
            const [i, j] = [at.get(one.a), at.get(one.b)];
            if (i === undefined || j === undefined || i === j) continue;
            cells.set(`${i},${j}`, one);
            cells.set(`${j},${i}`, one);
        }
        return { codes, cells };
    }, [network, most, who]);
    const names = codes.map(name);
    const label = Math.min(120, 14 + 6.2 * Math.max(3, ...names.map((one) => characters(one).length)));
    const size = Math.max(9, Math.min(codes.length < 12 ? 44 : 26, (width - label - 4) / Math.max(1, codes.length)));
    const area = scaleSqrt([0, Math.max(1, ...[...cells.values()].map((one) => one.acts))], [2.5, size - 2]);
    const [cell, move] = useState<[number, number]>([0, 1]);
    const svg = useRef<SVGSVGElement>(null);
    const focused = useRef(false);
    const [pointed, point] = useState<[number, number] | null>(null);
    useEffect(() => {
        if (focused.current) svg.current?.querySelector<SVGElement>(`[data-cell="${cell[0]},${cell[1]}"]`)?.focus();
    }, [cell]);
    const whole = label + size * codes.length + 4;
    const words = (i: number, j: number) => {
        const one = cells.get(`${i},${j}`);
        return `${names[i]} – ${names[j]}: ${one ? `${one.acts} acts, ${one.cooperation} cooperation, ${one.conflict} conflict` : "no acts"}`;
    };
    const key = (event: KeyboardEvent) => {
        const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
        if (step) {
            event.preventDefault();
            focused.current = true;
            const clamp = (n: number) => Math.max(0, Math.min(codes.length - 1, n));
            let [i, j] = [clamp(cell[0] + (step[0] as number)), clamp(cell[1] + (step[1] as number))];
            if (i === j) [i, j] = [clamp(i + (step[0] as number)), clamp(j + (step[1] as number))];
            if (i !== j) move([i, j]);
        } else if (event.key === "Enter") open(cell[0], cell[1]);
    };
    /** The pair that lies under the pointer. */
    const under = (event: MouseEvent): [number, number] | null => {
        const box = svg.current?.getBoundingClientRect();
        if (!box) return null;
        const at = (from: number) => Math.floor(((from / box.width) * whole - label) / size);
        const [i, j] = [at(event.clientY - box.top), at(event.clientX - box.left)];
        return i !== j && cells.has(`${i},${j}`) ? [i, j] : null;
    };
    const choose = (event: MouseEvent) => {
        const pair = under(event);
        if (pair) open(...pair);
    };
    const look = (event: MouseEvent) => {
        const next = under(event);
        if (next?.[0] !== pointed?.[0] || next?.[1] !== pointed?.[1]) point(next);
    };
    const open = (i: number, j: number) => {
        const [a, b] = [codes[i], codes[j]];
        if (a && b && i !== j) location.hash = link(["pair", a, b]);
    };
    return (
        <div class="matrix">
            <svg ref={svg} class={pointed ? "picture pointed" : "picture"} width={whole} height={whole} viewBox={`0 0 ${whole} ${whole}`} role="group" aria-label="Matrix of pairs. Arrow keys move, Enter opens a pair." onMouseMove={look} onMouseLeave={() => point(null)} onClick={choose} onKeyDown={key}>
                {names.map((one, i) => (
                    <>
                        <text class={pointed?.[0] === i ? "tick lit" : "tick"} x={label - 5} y={label + size * (i + 0.5)} dy="0.32em" text-anchor="end">
                            {cut(one, 17)}
                        </text>
                        <text class={pointed?.[1] === i ? "tick lit" : "tick"} transform={`translate(${label + size * (i + 0.5)} ${label - 5}) rotate(-90)`} dy="0.32em">
                            {cut(one, 17)}
                        </text>
                    </>
                ))}
                <path class="grid" d={codes.map((_, i) => `M${label} ${label + size * i}h${size * codes.length}M${label + size * i} ${label}v${size * codes.length}`).join("")} />
                {pointed && <rect class="under" x={label + size * pointed[1]} y={label + size * pointed[0]} width={size} height={size} />}
                {codes.flatMap((_, i) =>
                    codes.map((_, j) => {
                        if (i === j) return <rect class="same" x={label + size * j} y={label + size * i} width={size} height={size} />;
                        const one = cells.get(`${i},${j}`);
                        const here = cell[0] === i && cell[1] === j;
                        if (!one && !here) return null;
                        const side = one ? area(one.acts) : size;
                        const [x, y] = [label + size * (j + 0.5), label + size * (i + 0.5)];
                        return (
                            <rect
                                class={one ? "cell square" : "cell"}
                                role="link"
                                data-cell={`${i},${j}`}
                                tabindex={here ? 0 : -1}
                                aria-label={words(i, j)}
                                x={x - side / 2}
                                y={y - side / 2}
                                width={side}
                                height={side}
                                rx={one && 1.5}
                                fill={one && balanceColour(one.cooperation, one.conflict)}
                                // Also without a pointer, as screen readers click.
                                onClick={() => open(i, j)}
                                onFocus={() => (point([i, j]), move([i, j]))}
                            />
                        );
                    }),
                )}
            </svg>
            <p class="legend">
                <span>
                    <i class="swatch scale" /> conflict to cooperation
                </span>
                <span class="reading">{pointed ? words(pointed[0], pointed[1]) : "larger squares: more acts"}</span>
            </p>
        </div>
    );
});
