// Acts by quad class over time: cooperation stands up, conflict hangs down, with the mean of thirty days over both.

import { scaleLinear, scaleUtc } from "d3-scale";
import { line } from "d3-shape";
import { useMemo, useState } from "preact/hooks";
import type { DayCount } from "../api/types";
import { QUADS, QUAD_WORDS } from "../terms";
import { binDays, bins, binWords, dateWords, dayDate, dayText, runningMean } from "../time";

const TOP = 8;
const BOTTOM = 20;

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
    const inner = width - left - 8;
    const drawn = useMemo(() => {
        const x = scaleUtc([dayDate(from), dayDate(until + 1)], [left, left + inner]);
        const size = binDays(from, until, inner / 6);
        const all = bins(days, from, until, size);
        const up = Math.max(1, ...all.map(({ counts }) => counts[0] + counts[1]));
        const down = Math.max(1, ...all.map(({ counts }) => counts[2] + counts[3]));
        const y = scaleLinear([up, -down], [TOP, height - BOTTOM]).nice(4);
        const paths = ["", "", "", ""];
        for (const { day, counts } of all) {
            const x0 = x(dayDate(day));
            const wide = Math.max(1, Math.min(inner + left, x(dayDate(day + size))) - x0 - (size > 1 || inner / (until - from + 1) > 3 ? 1 : 0));
            const bar = (q: 0 | 1 | 2 | 3, base: number) => {
                const n = counts[q];
                if (n > 0) {
                    const [y0, y1] = q < 2 ? [y(base), y(base + n)] : [y(-base), y(-base - n)];
                    paths[q] += `M${x0.toFixed(1)} ${y0.toFixed(1)}h${wide.toFixed(1)}V${y1.toFixed(1)}h${(-wide).toFixed(1)}z`;
                }
                return base + n;
            };
            bar(0, bar(1, 0));
            bar(2, bar(3, 0));
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
    }, [days, from, until, inner, left, height]);
    const { x, y, size, all, paths, means, mean } = drawn;
    const ticks = x.ticks(Math.max(2, Math.floor(inner / 110)));
    const tick = x.tickFormat(ticks.length);
    const pointed = at === null ? undefined : all[at];
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
                    const day = x.invert(event.clientX - box.left).getTime() / 86_400_000;
                    const bin = Math.floor((day - from) / size);
                    point(bin >= 0 && bin < all.length ? bin : null);
                }}
                onMouseLeave={() => point(null)}
            >
                {y.ticks(5).filter(Number.isInteger).map((n) => (
                    <g>
                        <path class="grid" d={`M${left} ${y(n)}H${width - 8}`} />
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
                <path class="axis" d={`M${left} ${y(0)}H${width - 8}`} />
                {ticks.map((time) => (
                    <text class="tick" x={x(time)} y={height - 5} text-anchor={x(time) > width - 30 ? "end" : "middle"}>
                        {tick(time)}
                    </text>
                ))}
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
                            {mean[Math.min(mean.length - 1, pointed.day - from + size - 1)]?.cooperation.toFixed(2)} / {mean[Math.min(mean.length - 1, pointed.day - from + size - 1)]?.conflict.toFixed(2)} a day
                        </>
                    ) : (
                        <>acts by {binWords(size)}</>
                    )}
                </span>
            </p>
        </>
    );
}
