// Review: the queue of acts to be judged, coding of passages without seeing what was coded, and how far reviewers agree.

import { address } from "../api/client";
import type { Status } from "../api/types";
import { Tabs } from "../parts/tabs";
import { AgreementTable } from "./agreement_table";
import { BlindQueue } from "./blind_queue";
import { JudgementList } from "./judgement_list";
import { Queue } from "./queue";
import { QueueFilters } from "./queue_filters";
import { ReviewerField, useReviewer } from "./reviewer";

const WAYS = [
    ["queue", "Acts to judge"],
    ["blind", "Code passages blind"],
    ["judgements", "Judgements"],
    ["agreement", "Agreement"],
] as const;

export function ReviewView({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const [reviewer] = useReviewer();
    const way = WAYS.find(([key]) => key === query.get("show"))?.[0] ?? "queue";
    return (
        <div class="review">
            <div class="view-head">
                <h1>Review</h1>
                <Tabs label="What to show" name="show" options={WAYS} value={way} otherwise="queue" />
                <ReviewerField />
                <a class="quiet" href={address(["review", "gold"])} download="gold.jsonl" title="A gold file that detente score reads">
                    Gold file
                </a>
            </div>
            {(way === "queue" || way === "blind") && <QueueFilters query={query} status={status} />}
            {(way === "queue" || way === "blind") && reviewer.trim() === "" ? (
                <p class="empty">Write your name above: judgements carry it, and two reviewers can be compared.</p>
            ) : way === "queue" ? (
                <Queue query={query} reviewer={reviewer.trim()} />
            ) : way === "blind" ? (
                <BlindQueue query={query} reviewer={reviewer.trim()} />
            ) : way === "judgements" ? (
                <JudgementList />
            ) : (
                <AgreementTable query={query} />
            )}
        </div>
    );
}
