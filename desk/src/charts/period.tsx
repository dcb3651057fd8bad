// A strip of acts over the whole time with a brush on it: the period chosen narrows the view.

import { brushX, type BrushBehavior, type D3BrushEvent } from "d3-brush";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Day, DayCount } from "../api/types";
import { useWidth } from "../parts/width";
import { binDays, bins, dateDay, dateWords, dayDate, dayNumber, dayText, isDay, monthEnd } from "../time";
import { sides } from "./balance";
import { bar } from "./bar";
import { TimeAxis, timeScale } from "./time_axis";

const HEIGHT = 46;
const AXIS = 14;
const MIDDLE = (HEIGHT - AXIS) / 2;
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

    const x = useMemo(() => timeScale(first, last, 0, width), [first, last, width]);
    const [up, down, most] = useMemo(() => {
        const size = binDays(first, last, width / 3);
        const all: { day: number; counts: readonly number[]; end?: number }[] = monthly
            ? days.map(([day, ...counts]) => ({ day: Math.max(first, dayNumber(day)), counts, end: monthEnd(dayNumber(day)) + 1 })).filter(({ end }) => end > first)
            : bins(days, first, last, size);
        const top = Math.max(1, ...all.flatMap(({ counts }) => Object.values(sides(counts))));
        const y = scaleLinear([0, top], [0, MIDDLE]);
        let [above, below] = ["", ""];
        for (const { day, counts, end } of all) {
            const left = x(dayDate(day));
            const wide = Math.max(0.8, x(dayDate(Math.min(last + 1, end ?? day + size))) - left - 0.4);
            const { cooperation, conflict } = sides(counts);
            if (cooperation > 0) above += bar(left, MIDDLE, wide, y(cooperation));
            if (conflict > 0) below += bar(left, MIDDLE, wide, -y(conflict));
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
                    const [a, b] = chosen.map((at) => dateDay(x.invert(at))) as [number, number];
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

    return (
        <div class="period">
            <div ref={ref}>
                <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`Acts from ${dateWords(dayText(first))} to ${dateWords(dayText(last))}, at most ${most} at once. Drag to choose a period, or use the dates below.`}>
                    <path class="fill-cooperation" d={up} />
                    <path class="fill-conflict" d={down} />
                    <path class="axis" d={`M0 ${MIDDLE}H${width}`} />
                    <TimeAxis x={x} y={HEIGHT - 3} apart={90} />
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
