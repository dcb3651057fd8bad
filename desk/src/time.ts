// Days as numbers, and sums over them.

import type { Day, DayCount } from "./api/types";

const MS = 86_400_000;

/** Days since 1970 of a date; a month or year counts from its first day. */
export function dayNumber(day: Day): number {
    const [year, month, date] = day.split("-");
    return Date.UTC(Number(year), Number(month ?? 1) - 1, Number(date ?? 1)) / MS;
}

export function dayText(number: number): Day {
    return new Date(Math.round(number) * MS).toISOString().slice(0, 10);
}

export function isDay(text: string | null | undefined): text is Day {
    return typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text));
}

/** The beginning of a day, for scales of time. */
export function dayDate(number: number): Date {
    return new Date(number * MS);
}

/** Days since 1970 of an instant, with the part of the day that is gone. */
export function dateDay(date: Date): number {
    return date.getTime() / MS;
}

export function today(): number {
    return Math.floor(dateDay(new Date()));
}

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** `2 Apr 2022`, `Apr 2022`, `2022`: as exact as it is known. */
export function dateWords(day: Day | null): string {
    if (!day) return "no date";
    const parts = day.split("-").length;
    if (!/^\d{4}(-\d{2}){0,2}$/.test(day)) return day;
    if (parts === 1) return day;
    return (parts === 2 ? MONTH : SHORT).format(dayDate(dayNumber(day)));
}

/** Bins that fit a period: at most about `most` of them. */
export function binDays(from: number, until: number, most: number): number {
    const wanted = (until - from + 1) / most;
    for (const size of [1, 2, 7, 14, 28, 91, 182, 364, 1820]) if (size >= wanted) return size;
    return 3640;
}

export function binWords(size: number): string {
    if (size === 1) return "day";
    if (size === 7) return "week";
    return `${size} days`;
}

/** Acts summed over bins of `size` days that begin at `from`. */
export function bins(days: readonly DayCount[], from: number, until: number, size: number): { day: number; counts: [number, number, number, number] }[] {
    const count = Math.max(1, Math.ceil((until - from + 1) / size));
    const out = Array.from({ length: count }, (_, i) => ({ day: from + i * size, counts: [0, 0, 0, 0] as [number, number, number, number] }));
    for (const [day, ...quads] of days) {
        const at = dayNumber(day);
        if (at < from || at > until) continue;
        const bin = out[Math.floor((at - from) / size)];
        if (bin) for (let q = 0; q < 4; q++) bin.counts[q as 0] += quads[q] ?? 0;
    }
    return out;
}

/** The mean of the `window` days that end on each day, for each side: acts of cooperation and of conflict a day. */
export function runningMean(days: readonly DayCount[], from: number, until: number, window = 30): { day: number; cooperation: number; conflict: number }[] {
    const length = until - from + 1 + window;
    const start = from - window;
    const coop = new Float64Array(length + 1);
    const conf = new Float64Array(length + 1);
    for (const [day, vc, mc, vx, mx] of days) {
        const at = dayNumber(day) - start;
        if (at < 0 || at >= length) continue;
        coop[at + 1] = (coop[at + 1] ?? 0) + vc + mc;
        conf[at + 1] = (conf[at + 1] ?? 0) + vx + mx;
    }
    for (let i = 1; i <= length; i++) {
        coop[i] = (coop[i] ?? 0) + (coop[i - 1] ?? 0);
        conf[i] = (conf[i] ?? 0) + (conf[i - 1] ?? 0);
    }
    const out = [];
    for (let day = from; day <= until; day++) {
        const at = day - start + 1;
        out.push({ day, cooperation: ((coop[at] ?? 0) - (coop[at - window] ?? 0)) / window, conflict: ((conf[at] ?? 0) - (conf[at - window] ?? 0)) / window });
    }
    return out;
}

/** The last day of the month of a day. */
export function monthEnd(day: number): number {
    const date = dayDate(day);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / MS;
}
