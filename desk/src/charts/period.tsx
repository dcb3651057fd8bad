// A strip of acts over the whole time with a brush on it: the period chosen narrows the view.

import { brushX, type BrushBehavior, type D3BrushEvent } from "d3-brush";
import { scaleLinear, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Day, DayCount } from "../api/types";
import { useWidth } from "../parts/width";
import { binDays, bins, dateWords, dayDate, dayNumber, dayText, isDay, monthEnd } from "../time";

const HEIGHT = 46;
const AXIS = 14;
const PACE = 60; // ms between two tellings while the brush moves; browsers take some hundred changes of an address in ten seconds

interface Props {
    days: readonly DayCount[];
    /** First and last day of the strip. */
    first: number;
    last: number;
    from: Day | null;
    until: Day | null;
    /** Whether each of `days` counts a whole month. */
    monthly?: boolean;
    /** Called while the brush moves and when it rests. */
    onChange: (from: Day | null, until: Day | null) => void;
}

export function Period({ days, first, last, from, until, monthly, onChange }: Props) {
    const [ref, width] = useWidth<HTMLDivElement>();
    const group = useRef<SVGGElement>(null);
    const brush = useRef<BrushBehavior<unknown> | null>(null);
    const moving = useRef(false);
    const toldAt = useRef(0);
    const told = useRef(onChange);
    told.current = onChange;

    const x = useMemo(() => scaleUtc([dayDate(first), dayDate(last + 1)], [0, width]), [first, last, width]);
    const [up, down, most] = useMemo(() => {
        const size = binDays(first, last, width / 3);
        const all: { day: number; counts: readonly number[]; end?: number }[] = monthly
            ? days.map(([day, ...counts]) => ({ day: Math.max(first, dayNumber(day)), counts, end: monthEnd(dayNumber(day)) + 1 })).filter(({ end }) => end > first)
            : bins(days, first, last, size);
        const top = Math.max(1, ...all.map(({ counts }) => Math.max(...sides(counts))));
        const y = scaleLinear([0, top], [0, (HEIGHT - AXIS) / 2]);
        const middle = (HEIGHT - AXIS) / 2;
        let [above, below] = ["", ""];
        for (const { day, counts, end } of all) {
            const left = x(dayDate(day));
            const wide = Math.max(0.8, x(dayDate(Math.min(last + 1, end ?? day + size))) - left - 0.4);
            const bar = (h: number) => `M${left.toFixed(1)} ${middle}h${wide.toFixed(1)}v${h.toFixed(1)}h${(-wide).toFixed(1)}z`;
            const [good, ill] = sides(counts);
            if (good > 0) above += bar(-y(good));
            if (ill > 0) below += bar(y(ill));
        }
        return [above, below, top];
    }, [days, first, last, x, width, monthly]);

    useEffect(() => {
        if (!group.current) return;
        const made = brushX<unknown>()
            .extent([
                [0, 0],
                [width, HEIGHT - AXIS],
            ])
            .on("brush end", (event: D3BrushEvent<unknown>) => {
                if (!event.sourceEvent) return;
                moving.current = event.type === "brush";
                if (moving.current && performance.now() - toldAt.current < PACE) return;
                toldAt.current = performance.now();
                const chosen = event.selection as [number, number] | null;
                if (chosen) {
                    const [a, b] = chosen.map((at) => x.invert(at).getTime() / 86_400_000) as [number, number];
                    told.current(dayText(Math.floor(a + 0.001)), dayText(Math.max(Math.floor(a), Math.ceil(b - 0.001) - 1)));
                } else if (event.type === "end") told.current(null, null);
            });
        brush.current = made;
        select(group.current).call(made);
    }, [x, width]);

    useEffect(() => {
        if (!group.current || !brush.current || moving.current) return;
        const [a, b] = [isDay(from) ? dayNumber(from) : null, isDay(until) ? dayNumber(until) : null];
        const chosen: [number, number] | null = a === null && b === null ? null : [Math.max(0, x(dayDate(a ?? first))), Math.min(width, x(dayDate((b ?? last) + 1)))];
        brush.current.move(select(group.current), chosen && chosen[1] > chosen[0] ? chosen : null);
    }, [from, until, x, width, first, last]);

    const middle = (HEIGHT - AXIS) / 2;
    const ticks = x.ticks(Math.max(2, Math.floor(width / 90)));
    const tick = x.tickFormat(ticks.length);
    return (
        <div class="period">
            <div ref={ref}>
                <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`Acts from ${dateWords(dayText(first))} to ${dateWords(dayText(last))}, at most ${most} at once. Drag to choose a period, or use the dates below.`}>
                    <path class="fill-cooperation" d={up} />
                    <path class="fill-conflict" d={down} />
                    <path class="axis" d={`M0 ${middle}H${width}`} />
                    {ticks.map((at) => (
                        <text class="tick" x={x(at)} y={HEIGHT - 3} text-anchor={x(at) < 20 ? "start" : x(at) > width - 30 ? "end" : "middle"}>
                            {tick(at)}
                        </text>
                    ))}
                    <g class="brush" ref={group} />
                </svg>
            </div>
            <div class="dates" role="group" aria-label="Period">
                <label>
                    from{" "}
                    <input type="date" value={from ?? dayText(first)} onChange={(event) => isDay(event.currentTarget.value) && onChange(event.currentTarget.value, until)} />
                </label>
                <label>
                    until{" "}
                    <input type="date" value={until ?? dayText(last)} onChange={(event) => isDay(event.currentTarget.value) && onChange(from, event.currentTarget.value)} />
                </label>
                {[
                    ["last 30 days", 30],
                    ["last year", 365],
                ].map(([words, length]) => (
                    <button class="quiet" disabled={last - first < Number(length)} onClick={() => onChange(dayText(last - Number(length) + 1), dayText(last))}>
                        {words}
                    </button>
                ))}
                <button class="quiet" disabled={!from && !until} onClick={() => onChange(null, null)}>
                    all time
                </button>
            </div>
        </div>
    );
}

/** Cooperation and conflict of four quad classes. */
function sides(counts: readonly number[]): [number, number] {
    const [a = 0, b = 0, c = 0, d = 0] = counts;
    return [a + b, c + d];
}
