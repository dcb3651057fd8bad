// A sparkline: cooperation above the line, conflict below it, month by month.

import { memo } from "../parts/memo";
import { bar } from "./bar";

const WIDTH = 150;
const HEIGHT = 30;

interface Props {
    /** Month (YYYY-MM), cooperation, conflict. */
    months: readonly [string, number, number][];
    /** First and last month shown, so that lines under one another share their time. */
    first: string;
    last: string;
}

/** Months since the year 0. */
export function monthNumber(month: string): number {
    return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export const Spark = memo(function Spark({ months, first, last }: Props) {
    const [from, until] = [monthNumber(first), monthNumber(last)];
    const step = WIDTH / Math.max(1, until - from + 1);
    const most = Math.max(1, ...months.flatMap(([, cooperation, conflict]) => [cooperation, conflict]));
    const middle = HEIGHT / 2;
    // Square roots keep single acts visible beside bursts.
    const height = (n: number) => (n === 0 ? 0 : Math.max(1, Math.sqrt(n / most) * (middle - 1)));
    let above = "";
    let below = "";
    let [cooperation, conflict] = [0, 0];
    for (const [month, good, bad] of months) {
        const x = (monthNumber(month) - from) * step;
        if (x < 0) continue;
        const wide = Math.max(1, step - 0.5);
        if (good > 0) above += bar(x, middle, wide, height(good));
        if (bad > 0) below += bar(x, middle, wide, -height(bad));
        cooperation += good;
        conflict += bad;
    }
    return (
        <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={`${first} to ${last}: ${cooperation} cooperation, ${conflict} conflict`}>
            <path class="fill-cooperation" d={above} />
            <path class="fill-conflict" d={below} />
            <path class="axis" d={`M0 ${middle}H${WIDTH}`} />
        </svg>
    );
});
