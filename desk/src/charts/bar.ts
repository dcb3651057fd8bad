// Bars of a chart, drawn as one path.

/** The outline of a bar on a line at `base`: it stands where `high` is above 0 and hangs where it is below. */
export function bar(x: number, base: number, wide: number, high: number): string {
    return `M${x.toFixed(1)} ${base.toFixed(1)}h${wide.toFixed(1)}v${(-high).toFixed(1)}h${(-wide).toFixed(1)}z`;
}
