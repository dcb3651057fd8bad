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
    articles: number;
    acts: number;
    affairs: number;
    changed: number;
    today: Day;
    first: Day | null;
    last: Day | null;
    version: string;
}

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
    did: Balance;
    received: Balance;
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
    learned: Day;
    state_before: string | null;
    state: string;
    actor: Code | null;
    act: string | null;
    passage: string | null;
    text: string | null;
    source: string | null;
    url: string | null;
}

export interface Account {
    by: Code | null;
    state: string;
}

export interface Affair {
    id: string;
    kind: string;
    parties: Code[];
    from_party: Code | null;
    subject: string | null;
    place: string | null;
    state: string;
    since: Day | null;
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
    sector: string | null;
    text: string | null;
}

export interface Act {
    id: string;
    date: Day | null;
    day: Day | null;
    precision: string | null;
    actor: Side[];
    recipient: Side[];
    type: string;
    mode: string | null;
    quad: Quad;
    scale: number;
    factuality: string;
    epoch: string;
    confidence: number;
    subject: string | null;
    text: string | null;
    source: string | null;
    article: string;
    reports: number;
    corrected: boolean;
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
    source: string | null;
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
    rule: string | null;
    tree: TreeWord[];
    steps: string[];
}

export interface ActDetail extends Act {
    json: unknown;
    passages: Passage[];
    /** All reports, the one that stands for the act first. */
    reported: Report[];
    explanation: Explanation | null;
    answers: Act[];
    answered_by: Act[];
    affairs: { id: string; kind: string; state: string }[];
    judgements: Judgement[];
}

export interface Judgement {
    id: string;
    act: string | null;
    reviewer: string;
    verdict: string;
    fields: Record<string, unknown> | null;
    note: string | null;
    when: string | null;
}

export interface Hit {
    article: string;
    source: string | null;
    date: Day | null;
    text: string;
    marks: { start: number; end: number }[];
    acts: Act[];
}

export interface Network {
    nodes: { code: Code; name: string; acts: number }[];
    links: { a: Code; b: Code; acts: number; cooperation: number; conflict: number; scale: number | null }[];
}

export interface Place {
    name: string;
    lat: number;
    lon: number;
    country: Code | null;
    precision: string | null;
    acts: number;
}

export interface Territory {
    code: Code;
    name: string;
    claimants: Code[];
    holder: Code | null;
    since: Day | null;
}

export interface Change {
    affair: string;
    kind: string;
    subject: string | null;
    parties: Code[];
    before: string | null;
    after: string | null;
    date: Day | null;
}

export interface CodedSentence {
    text: string;
    start: number;
    end: number;
    acts: CodedAct[];
}

export interface CodedAct extends Omit<Act, "article" | "reports" | "corrected"> {
    marks: Mark[];
}

export interface Coded {
    sentences: CodedSentence[];
    affairs: { kind: string; parties: Code[]; state: string; subject: string | null }[];
    left_out: { text: string; reason: string }[];
}

export interface Added {
    article: string;
    acts: number;
    new: boolean;
}

export interface Agreement {
    fields: Record<string, AgreementRow>;
    types: Record<string, AgreementRow>;
}

export interface AgreementRow {
    n: number;
    agreement: number | null;
    kappa: number | null;
    alpha: number | null;
}
