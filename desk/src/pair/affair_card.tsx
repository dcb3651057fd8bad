// An affair with all its entries and the sentences that moved it.

import { link, narrow } from "../address";
import type { Affair, Entry } from "../api/types";
import { useNames } from "../parts/names";
import { SourceLink } from "../parts/source_link";
import { affairWords, standsWords, tone } from "../terms";
import { dateWords } from "../time";

export function AffairCard({ affair }: { affair: Affair }) {
    const { name } = useNames();
    return (
        <section class="card affair" aria-label={affairWords(affair, name)}>
            <header>
                <h2 dir="auto">{affairWords(affair, name)}</h2>
                <span class={`badge ${tone(affair.kind, affair.state)}`}>{standsWords(affair)}</span>
                <button class="quiet" onClick={() => narrow({ affair: null })} aria-label="Close the affair">
                    ×
                </button>
            </header>
            {affair.claimants.length > 0 && (
                <p>
                    Claimed by {affair.claimants.map(name).join(", ")}; {affair.holder ? `held by ${name(affair.holder)}` : "held by none, or divided"}.
                </p>
            )}
            {affair.accounts.length > 1 && (
                <ul class="accounts">
                    {affair.accounts.map((account) => (
                        <li>
                            By the account of {name(account.by)}: <b>{account.state}</b>
                        </li>
                    ))}
                </ul>
            )}
            <ol class="entries">
                {distinct(affair.entries).reverse().map((entry) => (
                    <li>
                        <time>{dateWords(entry.date)}</time>
                        <span>
                            {entry.state ? <b class={`tone-${tone(affair.kind, entry.state)}`}>{entry.state}</b> : "spoken of"}
                            {entry.actor.length > 0 && <> by {entry.actor.map(name).join(", ")}</>}
                            {entry.state && !entry.moved && <small> (moves nothing)</small>}
                            {entry.act && (
                                <>
                                    {" · "}
                                    <a href={link(["act", entry.act])}>the act</a>
                                </>
                            )}
                        </span>
                        {entry.text && <q dir="auto">{entry.text}</q>}
                        <small>
                            <SourceLink source={entry.source} url={entry.url} />
                            {entry.learned && <> · known since {dateWords(entry.learned)}</>}
                        </small>
                    </li>
                ))}
            </ol>
            {affair.next.length > 0 && <p class="quiet-words">Could come next: {affair.next.join(", ")}.</p>}
        </section>
    );
}

/** Entries that a reader can tell apart: several reports may say the same in the same words. */
function distinct(entries: readonly Entry[]): Entry[] {
    const seen = new Set<string>();
    return entries.filter((entry) => {
        const key = JSON.stringify([entry.date, entry.state, entry.moved, entry.text, entry.source]);
        return !seen.has(key) && seen.add(key);
    });
}
