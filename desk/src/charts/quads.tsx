// Acts by quad class over time: cooperation stands up, conflict hangs down, with the mean of thirty days over both.

import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useMemo, useState } from "preact/hooks";
import type { DayCount } from "../api/types";
import { QUADS, QUAD_WORDS } from "../terms";
import { binDays, bins, binWords, dateDay, dateWords, dayDate, dayText, runningMean } from "../time";
import { sides } from "./balance";
import { bar } from "./bar";
import { BOTTOM, RIGHT, TimeAxis, timeScale } from "./time_axis";

const TOP = 8;

interface Props {
    days: readonly DayCount[];
    from: number;
    until: number;
    width: number;
    height: number;
    left: number;
}

export function Quads({ days, from, until, width, height, left }: Props) {
    const [at, point] = useState<number | null>(null);
    const right = width - RIGHT;
    const inner = right - left;
    const drawn = useMemo(() => {
        const x = timeScale(from, until, left, right);
        const size = binDays(from, until, inner / 6);
        const all = bins(days, from, until, size);
        const both = all.map(({ counts }) => sides(counts));
        const up = Math.max(1, ...both.map(({ cooperation }) => cooperation));
        const down = Math.max(1, ...both.map(({ conflict }) => conflict));
        const y = scaleLinear([up, -down], [TOP, height - BOTTOM]).nice(4);
        const paths = ["", "", "", ""];
        for (const { day, counts } of all) {
            const x0 = x(dayDate(day));
            const wide = Math.max(1, Math.min(right, x(dayDate(day + size))) - x0 - (size > 1 || inner / (until - from + 1) > 3 ? 1 : 0));
            const stack = (q: 0 | 1 | 2 | 3, base: number) => {
                const end = base + (q < 2 ? counts[q] : -counts[q]);
                if (end !== base) paths[q] += bar(x0, y(base), wide, y(base) - y(end));
                return end;
            };
            stack(0, stack(1, 0));
            stack(2, stack(3, 0));
        }
        const mean = runningMean(days, from, until);
        // More than two points a pixel show nothing more.
        const every = Math.max(1, Math.floor(mean.length / (inner * 2)));
        const thinned = mean.filter((_, i) => i % every === 0);
        const path = (side: "cooperation" | "conflict") =>
            line<(typeof mean)[number]>()
                .x((one) => x(dayDate(one.day + 0.5)))
                .y((one) => y((side === "cooperation" ? 1 : -1) * one[side] * size))(thinned) ?? "";
        return { x, y, size, all, paths, means: [path("cooperation"), path("conflict")], mean };
    }, [days, from, until, left, right, height]);
    const { x, y, size, all, paths, means, mean } = drawn;
    const pointed = at === null ? undefined : all[at];
    const meanThen = pointed && mean[Math.min(mean.length - 1, pointed.day - from + size - 1)];
    const total = all.reduce((sum, { counts }) => counts.map((n, q) => n + (sum[q] ?? 0)), [0, 0, 0, 0]);
    const words = QUADS.map((quad, q) => `${total[q]} ${QUAD_WORDS[quad]}`).join(", ");
    return (
        <>
            <svg
                class="picture"
                width={width}
                height={height}
                viewBox={`0 0 ${width} ${height}`}
                role="img"
                aria-label={`Acts by ${binWords(size)} from ${dateWords(dayText(from))} to ${dateWords(dayText(until))}: ${words}`}
                onMouseMove={(event) => {
                    const box = event.currentTarget.getBoundingClientRect();
                    const day = dateDay(x.invert(((event.clientX - box.left) / box.width) * width));
                    const bin = Math.floor((day - from) / size);
                    point(bin >= 0 && bin < all.length ? bin : null);
                }}
                onMouseLeave={() => point(null)}
            >
                {y.ticks(5).filter(Number.isInteger).map((n) => (
                    <g>
                        <path class="grid" d={`M${left} ${y(n)}H${right}`} />
                        <text class="tick" x={left - 6} y={y(n)} dy="0.32em" text-anchor="end">
                            {Math.abs(n)}
                        </text>
                    </g>
                ))}
                <text class="tick" x={left - 26} y={(y(0) + TOP) / 2} text-anchor="middle" transform={`rotate(-90 ${left - 26} ${(y(0) + TOP) / 2})`}>
                    cooperation
                </text>
                <text class="tick" x={left - 26} y={(y(0) + height - BOTTOM) / 2} text-anchor="middle" transform={`rotate(-90 ${left - 26} ${(y(0) + height - BOTTOM) / 2})`}>
                    conflict
                </text>
                {QUADS.map((quad, q) => (
                    <path class={`quad ${quad}`} d={paths[q]} />
                ))}
                <path class="mean" d={means[0]} />
                <path class="mean" d={means[1]} />
                <path class="axis" d={`M${left} ${y(0)}H${right}`} />
                <TimeAxis x={x} y={height - 5} />
                {pointed && <path class="pointer" d={`M${x(dayDate(pointed.day + size / 2))} ${TOP}V${height - BOTTOM}`} />}
            </svg>
            <p class="legend">
                {QUADS.map((quad) => (
                    <span>
                        <i class={`swatch ${quad}`} /> {QUAD_WORDS[quad]}
                    </span>
                ))}
                <span>
                    <i class="swatch mean" /> mean of 30 days
                </span>
                <span class="reading">
                    {pointed ? (
                        <>
                            {dateWords(dayText(pointed.day))}
                            {size > 1 && <> – {dateWords(dayText(Math.min(until, pointed.day + size - 1)))}</>}: {QUADS.map((_, q) => pointed.counts[q as 0]).join(" · ")}
                            {", mean "}
                            {meanThen?.cooperation.toFixed(2)} / {meanThen?.conflict.toFixed(2)} a day
                        </>
                    ) : (
                        <>acts by {binWords(size)}</>
                    )}
                </span>
            </p>
        </>
    );
}
