// How far two reviewers agree: share of the same answers, Cohen's kappa, Krippendorff's alpha, for each field and type.

import { narrow } from "../address";
import { address, useAnswer } from "../api/client";
import type { Agreement, AgreementRow, Judgement } from "../api/types";
import { SaveCsv } from "../charts/picture";
import { Waiting } from "../parts/waiting";
import { many } from "../terms";

const COLUMNS = ["n", "agreement", "kappa", "alpha"] as const;

export function AgreementTable({ query }: { query: URLSearchParams }) {
    const judgements = useAnswer<{ items: Judgement[] }>(address(["review", "judgements"], { limit: 1000 }));
    const reviewers = [...new Set((judgements.data?.items ?? []).map((one) => one.reviewer))].sort();
    const one = query.get("one") ?? reviewers[0] ?? "";
    const two = query.get("two") ?? reviewers.find((name) => name !== one) ?? "";
    const agreement = useAnswer<Agreement>(one && two && one !== two ? address(["review", "agreement"], { reviewer: [one, two] }) : null);
    const found = agreement.data;
    const choose = (key: "one" | "two", value: string, words: string) => (
        <label>
            {words}{" "}
            <select value={value} onChange={(event) => narrow({ [key]: event.currentTarget.value })}>
                {reviewers.map((name) => (
                    <option value={name}>{name}</option>
                ))}
            </select>
        </label>
    );
    const rows = (agreement: Agreement) => [...Object.entries(agreement.fields).map(([key, row]) => [key, row] as const), ...Object.entries(agreement.types).map(([key, row]) => [key.toLowerCase(), row] as const)];
    return (
        <section class="card" aria-label="Agreement">
            <header>
                <h2>Agreement</h2>
                {reviewers.length > 1 && (
                    <>
                        {choose("one", one, "of")} {choose("two", two, "and")}
                    </>
                )}
                {found && (
                    <div class="saves">
                        <SaveCsv file="agreement" rows={() => [["what", ...COLUMNS], ...rows(found).map(([key, row]) => [key, ...COLUMNS.map((column) => row[column])])]} />
                    </div>
                )}
            </header>
            {reviewers.length < 2 ? (
                <p class="empty">Two reviewers must have judged the same passages. Each writes a name above and codes blind.</p>
            ) : (
                <Waiting on={agreement}>
                    {(data) => (
                        <>
                            <p class="quiet-words">
                                {many(data.passages, "passage")} coded by both, {data.acts === 0 ? "no act" : many(data.acts, "act")} judged by both.
                            </p>
                            <div class="scroll" tabindex={0} role="region" aria-label="Table of agreement">
                                <table>
                                    <thead>
                                        <tr>
                                            <th scope="col">field or type</th>
                                            <th scope="col">judged by both</th>
                                            <th scope="col">agreement</th>
                                            <th scope="col">Cohen's kappa</th>
                                            <th scope="col">Krippendorff's alpha</th>
                                        </tr>
                                    </thead>
                                    <tbody>
                                        {rows(data).map(([key, row]) => (
                                            <Row words={key} row={row} />
                                        ))}
                                    </tbody>
                                </table>
                            </div>
                        </>
                    )}
                </Waiting>
            )}
        </section>
    );
}

function Row({ words, row }: { words: string; row: AgreementRow }) {
    const figure = (n: number | null) => (n === null ? "–" : n.toFixed(2));
    return (
        <tr>
            <th scope="row">{words}</th>
            <td>{row.n}</td>
            <td>{figure(row.agreement)}</td>
            <td>{figure(row.kappa)}</td>
            <td>{figure(row.alpha)}</td>
        </tr>
    );
}
