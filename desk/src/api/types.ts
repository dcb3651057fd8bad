// The shapes of the API's answers, as the page reads them.

/** A day, YYYY-MM-DD; less exact dates are shorter (2022-03, 2022). */
export type Day = string;

/** A code of a state or an organisation. */
export type Code = string;

export type Quad = "verbal-cooperation" | "material-cooperation" | "verbal-conflict" | "material-conflict";

export interface List<Item> {
    total: number;
    offset: number;
    limit: number;
    items: Item[];
}

export interface Status {
    ledger: string;
    version: string;
    today: Day;
    changed: number;
    first: Day | null;
    last: Day | null;
    is_writable: boolean;
    outlets: { name: string; articles: number }[];
    counts: { articles: number; acts: number };
}

/** Acts by quad class, in the order of the manual. */
export type QuadCounts = [number, number, number, number];

export interface Balance {
    cooperation: number;
    conflict: number;
}

export interface State extends Balance {
    code: Code;
    name: string;
    acts: number;
    pairs: number;
    last: Day | null;
    did: QuadCounts;
    received: QuadCounts;
}

export interface Standing {
    affair: string;
    kind: string;
    subject: string | null;
    state: string;
    since: Day | null;
}

export interface Pair extends Balance {
    a: Code;
    b: Code;
    a_name: string;
    b_name: string;
    acts: number;
    mean_scale: number | null;
    last: Day | null;
    recent: number;
    /** Month, cooperation, conflict. */
    months: [string, number, number][];
    standing: Standing[];
}

export interface Entry {
    date: Day | null;
    precision: string;
    learned: Day | null;
    state_before: string | null;
    state: string | null;
    /** Whether it moved the affair. */
    moved: boolean;
    actor: Code[];
    act: string | null;
    speaker: string | null;
    text: string | null;
    source: string | null;
    article: string;
    url: string | null;
}

export interface Account {
    by: Code;
    state: string;
    act: string | null;
}

export interface Affair {
    id: string;
    kind: string;
    parties: Code[];
    from_party: Code | null;
    subject: string | null;
    /** The territory of a claim, the organisation of a membership. */
    object: string | null;
    place: string | null;
    state: string;
    since: Day | null;
    claimants: Code[];
    holder: Code | null;
    accounts: Account[];
    next: string[];
    entries: Entry[];
}

/** Acts of a day by quad class. */
export type DayCount = [Day, number, number, number, number];

export interface PairDetail {
    a: Code;
    b: Code;
    a_name: string;
    b_name: string;
    affairs: Affair[];
    days: DayCount[];
}

export interface Side {
    code: Code | null;
    name: string | null;
    sector: string[];
    office: string | null;
    text: string;
}

export interface Act {
    id: string;
    date: Day | null;
    day: Day | null;
    precision: string;
    actor: Side[];
    recipient: Side[];
    third: Side[];
    type: string;
    mode: string[];
    quad: Quad;
    scale: number;
    factuality: string;
    epoch: string;
    speaker: string | null;
    confidence: number;
    subject: string | null;
    /** The words that show it. */
    words: string;
    /** The sentence. */
    text: string;
    source: string;
    article: string;
    title: string | null;
    url: string | null;
    reports: number;
    /** What others say against it: denied, corrected, retracted. */
    against: string[];
    /** The judgement of a reviewer by which it stands so. */
    review: { judgement: string; verdict: string; reviewer: string; at: string; note: string | null } | null;
}

export interface Mark {
    role: string;
    start: number;
    end: number;
}

export interface Passage {
    article: string;
    source: string | null;
    date: Day | null;
    url: string | null;
    field: string;
    text: string;
    /** Where the passage begins in its article, in characters. */
    start: number;
    end: number;
    marks: Mark[];
}

export interface Report {
    act: string;
    article: string;
    source: string;
    title: string | null;
    date: Day | null;
    url: string | null;
    why: string | null;
}

export interface TreeWord {
    id: number;
    word: string;
    lemma: string;
    upos: string;
    head: number;
    relation: string;
    /** In characters of the passage. */
    start: number;
    end: number;
}

export interface Explanation {
    rule: { name: string; sentence: string | null };
    tree: TreeWord[];
    steps: string[];
}

export interface ActDetail extends Act {
    /** As PLOVER JSON. */
    json: { evidence?: { start: number; end: number } };
    passages: Passage[];
    /** All reports, the one that stands for the act first. */
    told_by: Report[];
    explanation: Explanation | null;
    answers: Act[];
    /** What it says that it answers, in its own words. */
    because_of: string[];
    answered_by: Act[];
    spoken_against_by: Act[];
    affairs: { id: string; kind: string; parties: Code[]; subject: string | null; state: string }[];
    judgements: Judgement[];
}

/** An act as a reviewer reads it. */
export interface Reading {
    type: string;
    mode?: string[];
    actor: ReadSide[];
    recipient: ReadSide[];
    factuality: string;
    date?: string | null;
}

export interface ReadSide {
    code?: Code | null;
    name?: string | null;
}

export interface Judgement {
    id: string;
    reviewer: string;
    at: string;
    verdict: string;
    undoes?: string | null;
    targets?: { act: string; article: string; type: string; actor: string[]; recipient: string[] }[];
    passage?: { article: string; field: string; start: number; end: number } | null;
    readings?: Reading[];
    note?: string | null;
    is_undone: boolean;
    /** Acts that it finds in the ledger. */
    acts: string[];
    /** Whether the ledger follows it. */
    counts: boolean;
}

export interface QueueItem extends Act {
    coded_confidence: number;
}

export interface BlindPassage {
    article: string;
    field: string;
    start: number;
    end: number;
    text: string;
    /** The passage before it, for whom is meant by "he". */
    before: string | null;
    source: string;
    title: string | null;
    date: Day | null;
    url: string | null;
}

export interface Hit {
    article: string;
    source: string;
    title: string | null;
    date: Day | null;
    url: string | null;
    text: string;
    marks: { start: number; end: number }[];
    acts: { id: string; day: Day | null; type: string; actors: string[]; recipients: string[]; factuality: string }[];
}

export interface Network {
    nodes: { code: Code; name: string; acts: number }[];
    links: { a: Code; b: Code; acts: number; cooperation: number; conflict: number; scale: number | null }[];
}

export interface Place {
    name: string;
    lat: number | null;
    lon: number | null;
    country: Code | null;
    precision: string | null;
    acts: number;
}

export interface Territory {
    code: Code;
    name: string;
    claimants: Code[];
    claimant_names: string[];
    holder: Code | null;
    holder_name: string | null;
    since: Day | null;
    lat: number | null;
    lon: number | null;
    /** Kilometres. */
    reach: number | null;
}

export interface Change {
    id: string;
    kind: string;
    parties: Code[];
    subject: string | null;
    before: string | null;
    after: string | null;
    since: Day | null;
}

export interface Counted {
    groups: string[];
    items: { period: string; acts: number; groups: number[] }[];
}

export interface CodedSentence {
    text: string;
    start: number;
    end: number;
    acts: CodedAct[];
}

export interface CodedAct extends Act {
    marks: Mark[];
}

export interface Coded {
    sentences: CodedSentence[];
    affairs: { kind: string; parties: Code[]; state: string; subject: string | null }[];
    left_out: { text: string; why: string }[];
    /** The day of publication that the text states. */
    date: Day | null;
}

export interface Added {
    article: string;
    acts: Act[];
    new: boolean;
    /** Another article says nearly the same. */
    near: boolean;
}

export interface Agreement {
    reviewers: [string, string];
    acts: number;
    passages: number;
    fields: Record<string, AgreementRow>;
    types: Record<string, AgreementRow>;
}

export interface AgreementRow {
    n: number;
    agreement: number | null;
    kappa: number | null;
    alpha: number | null;
}
