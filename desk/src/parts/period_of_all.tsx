// The period strip over the whole ledger, for views that show all states.

import { useMemo } from "preact/hooks";
import { narrow } from "../address";
import { address, asOf, useAnswer } from "../api/client";
import type { Counted, Day, DayCount, Status } from "../api/types";
import { Period } from "../charts/period";
import { dayNumber, isDay } from "../time";

/** The period that the address names. */
export function periodOf(query: URLSearchParams): { from: Day | null; until: Day | null } {
    const [from, until] = [query.get("from"), query.get("until")];
    return { from: isDay(from) ? from : null, until: isDay(until) ? until : null };
}

/** Where the strip begins: what is recalled from long ago would press all the rest into a corner. */
function early(days: readonly DayCount[], begin: number, last: number): number {
    const acts = days.map(([day, ...counts]) => [dayNumber(day), counts.reduce((sum, n) => sum + n, 0)] as const);
    let left = 0.02 * acts.reduce((sum, [, n]) => sum + n, 0);
    const most = acts.find(([, n]) => (left -= n) < 0)?.[0] ?? begin;
    return Math.max(last - 365 * 30, most - begin > 5 * (last - most + 30) ? most : begin);
}

export function PeriodOfAll({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const { from, until } = periodOf(query);
    const counted = useAnswer<Counted>(address(["count"], { period: "month", by: "quad", ...asOf() }));
    const days = useMemo<DayCount[]>(() => (counted.data?.items ?? []).map((one) => [`${one.period}-01`, one.groups[0] ?? 0, one.groups[1] ?? 0, one.groups[2] ?? 0, one.groups[3] ?? 0]), [counted.data]);
    const begin = status?.first ? dayNumber(status.first) : days[0] ? dayNumber(days[0][0]) : null;
    const asked = query.get("as_of");
    const newest = status?.last ? dayNumber(status.last) : days.length > 0 ? dayNumber((days.at(-1) as DayCount)[0]) + 30 : null;
    if (begin === null || newest === null) return null;
    const last = isDay(asked) ? Math.min(newest, dayNumber(asked)) : newest;
    const start = early(days, begin, last);
    const first = from ? Math.min(dayNumber(from), start) : start;
    return (
        <section class="card strip" aria-label="Period">
            <Period days={days} first={first} last={last} from={from} until={until} monthly onChange={(f, u) => narrow({ from: f, until: u })} />
        </section>
    );
}
