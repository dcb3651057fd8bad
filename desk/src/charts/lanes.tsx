// The lane chart of affairs: one lane each, a bar for each state while it stood, a tick where an entry moved it.

import { scaleUtc } from "d3-scale";
import type { Affair, Code } from "../api/types";
import { affairWords, tone } from "../terms";
import { dateWords, dayDate, dayNumber, dayText } from "../time";

const LANE = 26;
const BOTTOM = 20;

interface Props {
    affairs: readonly Affair[];
    from: number;
    until: number;
    width: number;
    left: number;
    chosen: string | null;
    name: (code: Code) => string;
    choose: (affair: string) => void;
}

interface Span {
    state: string;
    begin: number;
    end: number;
    open: boolean;
}

/** The states of an affair one after another, each until the next begins; entries that change nothing are left out. */
export function spans(affair: Affair, until: number): Span[] {
    const out: Span[] = [];
    const moves = affair.entries.flatMap(({ date, state, moved }) => (moved && date !== null && state !== null ? [{ begin: dayNumber(date), state }] : []));
    for (const { begin, state } of moves.sort((a, b) => a.begin - b.begin)) {
        const last = out.at(-1);
        if (last && last.state === state) continue;
        if (last) {
            last.end = begin;
            last.open = false;
        }
        out.push({ state, begin, end: until + 1, open: true });
    }
    return out;
}

/** A text cut to about so many pixels. */
function fit(text: string, pixels: number, each = 6.1): string {
    const room = Math.floor(pixels / each);
    const letters = Array.from(text);
    return letters.length <= room ? text : room < 3 ? "" : `${letters.slice(0, room - 1).join("")}…`;
}

export function Lanes({ affairs, from, until, width, left, chosen, name, choose }: Props) {
    // A narrow picture names each affair above its lane, a wide one beside it.
    const above = left < 120;
    const lane = above ? LANE + 14 : LANE;
    const height = affairs.length * lane + BOTTOM + 4;
    const x = scaleUtc([dayDate(from), dayDate(until + 1)], [left, width - 8]);
    const inside = (day: number) => Math.min(width - 8, Math.max(left, x(dayDate(day))));
    const ticks = x.ticks(Math.max(2, Math.floor((width - left) / 110)));
    const tick = x.tickFormat(ticks.length);
    return (
        <svg class="picture lanes" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${affairs.length} affairs from ${dateWords(dayText(from))} to ${dateWords(dayText(until))}`}>
            <defs>
                <pattern id="paused" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="paused-ground" width="6" height="6" />
                    <rect class="paused-stripe" width="2.5" height="6" />
                </pattern>
            </defs>
            {ticks.map((time) => (
                <g>
                    <path class="grid" d={`M${x(time)} 0V${height - BOTTOM}`} />
                    <text class="tick" x={x(time)} y={height - 5} text-anchor={x(time) > width - 30 ? "end" : "middle"}>
                        {tick(time)}
                    </text>
                </g>
            ))}
            {affairs.map((affair, i) => {
                const y = i * lane + 4 + (above ? 14 : 0);
                const words = affairWords(affair, name);
                const shown = spans(affair, until);
                const undated = shown.length === 0;
                return (
                    <g class={affair.id === chosen ? "lane chosen" : "lane"} onClick={() => choose(affair.id)}>
                        <rect
                            class="lane-ground"
                            x="0"
                            y={y - 3 - (above ? 14 : 0)}
                            width={width}
                            height={lane - 1}
                            tabindex={0}
                            role="button"
                            aria-pressed={affair.id === chosen}
                            aria-label={`${words}: ${affair.state}${affair.since ? ` since ${dateWords(affair.since)}` : ""}`}
                            onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose(affair.id))}
                        >
                            <title>
                                {words}: {affair.state}
                                {affair.since ? ` since ${dateWords(affair.since)}` : ""}
                            </title>
                        </rect>
                        <text class="lane-name" x={above ? 2 : left - 8} y={above ? y - 4 : y + 10} dy={above ? 0 : "0.32em"} text-anchor={above ? "start" : "end"}>
                            {fit(words, above ? width - 8 : left - 14)}
                        </text>
                        {undated && (
                            <text class="tick" x={left + 2} y={y + 10} dy="0.32em">
                                {affair.state}, since when is not said
                            </text>
                        )}
                        {shown.map((span) => {
                            const [x0, x1] = [inside(span.begin), inside(span.end)];
                            if (x1 <= x0 || span.begin > until) return null;
                            const over = tone(affair.kind, span.state) === "over";
                            return (
                                <g>
                                    <rect class={`stand ${tone(affair.kind, span.state)}`} x={x0} y={over ? y + 8 : y} width={Math.max(2, x1 - x0 - 1)} height={over ? 4 : 20} rx="2">
                                        <title>
                                            {span.state}: {dateWords(dayText(span.begin))} – {span.open ? "" : dateWords(dayText(span.end))}
                                        </title>
                                    </rect>
                                    <text class={over ? "stand-word outside" : `stand-word on-${tone(affair.kind, span.state)}`} x={x0 + 5} y={over ? y + 4 : y + 10} dy="0.34em">
                                        {fit(span.state, x1 - x0 - 7, 5.9)}
                                    </text>
                                </g>
                            );
                        })}
                        {affair.entries.map((entry) => {
                            if (!entry.date) return null;
                            const day = dayNumber(entry.date);
                            if (day < from || day > until) return null;
                            return (
                                <circle class={entry.moved ? "entry" : "entry still"} cx={inside(day)} cy={y + 20} r="2.5">
                                    <title>
                                        {dateWords(entry.date)}: {entry.state ?? "spoken of"}
                                    </title>
                                </circle>
                            );
                        })}
                    </g>
                );
            })}
        </svg>
    );
}
