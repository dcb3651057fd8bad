// The axis of time that pictures over days share.

import { scaleUtc, type ScaleTime } from "d3-scale";
import { dayDate } from "../time";

export type TimeScale = ScaleTime<number, number>;

/** The room for the axis under a picture, and beside its right end, in pixels. */
export const BOTTOM = 20;
export const RIGHT = 8;

/** Days from the beginning of `from` to the end of `until`, between two places. */
export function timeScale(from: number, until: number, left: number, right: number): TimeScale {
    return scaleUtc([dayDate(from), dayDate(until + 1)], [left, right]);
}

interface Props {
    x: TimeScale;
    /** The line of the words. */
    y: number;
    /** About how far the words stand apart. */
    apart?: number;
    /** Down to where lines are drawn over the picture. */
    lines?: number;
}

export function TimeAxis({ x, y, apart = 110, lines }: Props) {
    const [left, right] = x.range() as [number, number];
    const ticks = x.ticks(Math.max(2, Math.floor((right - left) / apart)));
    const words = x.tickFormat(ticks.length);
    return (
        <>
            {lines !== undefined && <path class="grid" d={ticks.map((time) => `M${x(time)} 0V${lines}`).join("")} />}
            {ticks.map((time) => (
                <text class="tick" x={x(time)} y={y} text-anchor={x(time) < 20 ? "start" : x(time) > right - 30 ? "end" : "middle"}>
                    {words(time)}
                </text>
            ))}
        </>
    );
}
