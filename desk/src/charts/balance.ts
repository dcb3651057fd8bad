// Colours between conflict and cooperation. Orange and blue are told apart by all common kinds of colour blindness.

import { scaleLinear } from "d3-scale";
import type { Balance } from "../api/types";

const scale = scaleLinear<string>([-1, -0.4, 0, 0.4, 1], ["#c8501e", "#e59b63", "#b5b5a8", "#6fa9d2", "#1f6fae"]).clamp(true);

/** Acts of both sides, of counts by quad class. */
export function sides([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Balance {
    return { cooperation: a + b, conflict: c + d };
}

/** The colour of a share: all conflict is orange, all cooperation blue, as much of both grey. */
export function balanceColour(cooperation: number, conflict: number): string {
    const all = cooperation + conflict;
    return scale(all === 0 ? 0 : (cooperation - conflict) / all);
}

/** One side alone, from little to much (0 to 1). */
export function amountColour(side: "cooperation" | "conflict", share: number): string {
    return (side === "cooperation" ? scaleLinear<string>([0, 1], ["#c9dcec", "#12588f"]) : scaleLinear<string>([0, 1], ["#f3d9c2", "#b23f10"])).clamp(true)(share);
}
