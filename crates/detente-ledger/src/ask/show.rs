//! Where a pair, a state or an affair stands, and the latest acts.

use std::collections::{BTreeMap, BTreeSet};

use detente_coder::{Coded, Span};
use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde::Serialize;

use super::Table;
use crate::affair::joint;
use crate::{
    Affair, Entry,
    brief::{Block, Brief, Note, Notes, Numbers, Page, Source, Style, shorten, shown_date},
    store::{Against, ArticleFacts, Error, Ledger, Report, Select, StoredAct, Times, Who},
};

/// The longest title of an article in a remark, in characters.
const LONGEST_LIST: usize = 300;

/// Affairs as they stand at a time, and acts.
#[derive(Debug, Serialize)]
pub struct Show {
    /// The day as of which they stand; none: now.
    pub as_of: Option<Date>,
    /// The day by which it was known; none: all that is known.
    pub known_by: Option<Date>,
    /// The affairs, in order of parties and kind.
    pub affairs: Vec<Affair>,
    /// The latest acts, or those of the one affair, in order of time.
    pub acts: Vec<StoredAct>,
    /// Whom it is about; nobody in particular where it is about one affair.
    #[serde(skip)]
    who: Who,
    /// It is about one affair.
    #[serde(skip)]
    is_one: bool,
    #[serde(skip)]
    sources: Vec<Source>,
    /// Acts that speak against others, by id.
    #[serde(skip)]
    speaking: BTreeMap<String, StoredAct>,
    #[serde(skip)]
    articles: BTreeMap<String, ArticleFacts>,
}

impl Show {
    /// What stands between whom, with the latest acts.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, who: &Who, times: Times, latest: usize, lexicon: &Lexicon) -> Result<Show, Error> {
        let affairs = |times| ledger.affairs(who, times, lexicon);
        Ok(Show::standing(ledger, who, times, latest, affairs)?.joined(lexicon))
    }

    /// Reads what [`Show::of`] shows of codes as they stand now, before there is a lexicon; [`Show::of_ahead`] finishes it. Nothing
    /// where a word is no code of a side of the ledger, or other times or what is not settled yet need the lexicon.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn ahead(ledger: &Ledger, words: &[String], times: Times, latest: usize) -> Result<Option<Show>, Error> {
        ledger.at_once(|| {
            if !ledger.narrowed(times)?.is_now() || !ledger.is_settled()? {
                return Ok(None);
            }
            let codes: Vec<String> = words.iter().map(|word| word.trim().to_uppercase()).collect();
            for code in &codes {
                if !ledger.has_side(code)? {
                    return Ok(None);
                }
            }
            let who = match codes.as_slice() {
                [] => Who::All,
                [one] => Who::One(one.clone()),
                [one, other] if one != other => Who::Pair(one.clone(), other.clone()),
                _ => return Ok(None),
            };
            Show::standing(ledger, &who, times, latest, |_| ledger.kept_affairs(&who)).map(Some)
        })
    }

    /// What was read ahead, where that is what is asked for; else as [`Show::of`].
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of_ahead(
        ahead: Option<Show>,
        ledger: &Ledger,
        who: &Who,
        times: Times,
        latest: usize,
        lexicon: &Lexicon,
    ) -> Result<Show, Error> {
        match ahead.filter(|ahead| ahead.who == *who) {
            Some(ahead) => Ok(ahead.joined(lexicon)),
            None => Show::of(ledger, who, times, latest, lexicon),
        }
    }

    fn standing(
        ledger: &Ledger,
        who: &Who,
        times: Times,
        latest: usize,
        affairs: impl FnOnce(Times) -> Result<Vec<Affair>, Error>,
    ) -> Result<Show, Error> {
        ledger.at_once(|| {
            let narrowed = ledger.narrowed(times)?;
            let affairs = affairs(narrowed)?;
            let mut acts = Vec::new();
            if latest > 0 {
                let select = Select { who: who.clone(), times: narrowed, latest: Some(latest), ..Select::default() };
                ledger.acts(&select, |act| acts.push(act))?;
            }
            Show::with(ledger, affairs, acts, times, false).map(|show| Show { who: who.clone(), ..show })
        })
    }

    /// Tells memberships in one row that the same words moved.
    fn joined(self, lexicon: &Lexicon) -> Show {
        Show { affairs: joint(self.affairs, lexicon), ..self }
    }

    /// One affair by its id, with all its acts.
    ///
    /// # Errors
    ///
    /// When there is no such affair or the ledger cannot be read.
    pub fn affair(ledger: &Ledger, id: &str, times: Times, lexicon: &Lexicon) -> Result<Show, Error> {
        ledger.at_once(|| {
            let narrowed = ledger.narrowed(times)?;
            let affairs: Vec<Affair> = ledger.affair(id, narrowed, lexicon)?.into_iter().collect();
            let ids: BTreeSet<&str> =
                affairs.iter().flat_map(|affair| &affair.entries).filter_map(|entry| entry.act.as_deref()).collect();
            let mut acts = ledger.acts_at(&ids, narrowed)?;
            acts.sort_by(|a, b| (a.day, &a.act.id).cmp(&(b.day, &b.act.id)));
            Show::with(ledger, affairs, acts, times, true)
        })
    }

    fn with(
        ledger: &Ledger,
        affairs: Vec<Affair>,
        acts: Vec<StoredAct>,
        times: Times,
        is_one: bool,
    ) -> Result<Show, Error> {
        let mut show = Show {
            as_of: times.as_of,
            known_by: times.known_by,
            affairs,
            acts,
            who: Who::All,
            is_one,
            sources: Vec::new(),
            speaking: BTreeMap::new(),
            articles: BTreeMap::new(),
        };
        for (by, _) in show.acts.iter().flat_map(|act| &act.against) {
            if let Some(act) = ledger.act(by)? {
                show.speaking.insert(by.clone(), act);
            }
        }
        let mut uids: BTreeSet<String> = BTreeSet::new();
        for affair in &show.affairs {
            let told: Vec<&Entry> = match is_one {
                true => affair.entries.iter().collect(),
                false => {
                    let accounts = affair
                        .accounts
                        .iter()
                        .flat_map(|account| affair.entries.iter().rev().find(|entry| entry.act == account.act));
                    affair.mover().into_iter().chain(accounts).collect()
                }
            };
            uids.extend(told.into_iter().map(|entry| entry.article.clone()));
        }
        for act in show.acts.iter().chain(show.speaking.values()) {
            uids.insert(act.article.uid.clone());
            uids.extend(act.reports.iter().map(|report| report.article.uid.clone()));
        }
        for uid in uids {
            if let Some((facts, source)) = ledger.source(&uid)? {
                show.sources.push(source);
                show.articles.insert(uid, facts);
            }
        }
        Ok(show)
    }

    /// The affairs as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&[
            "id",
            "kind",
            "parties",
            "subject",
            "object",
            "place",
            "state",
            "since",
            "since_precision",
            "next",
            "accounts",
            "entries",
        ]);
        for affair in &self.affairs {
            let accounts = affair.accounts.iter().map(|account| format!("{}: {}", account.by, account.state));
            table.rows.push(vec![
                affair.id.clone(),
                affair.kind.clone(),
                affair.parties.join(" "),
                affair.subject.clone().unwrap_or_default(),
                affair.object.clone().unwrap_or_default(),
                affair.place.clone().unwrap_or_default(),
                affair.state.clone(),
                shown_date(affair.since, affair.since_precision).unwrap_or_default(),
                affair.since_precision.to_string(),
                affair.next.join("; "),
                accounts.collect::<Vec<_>>().join("; "),
                affair.entries.len().to_string(),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self, style: Style, lexicon: &Lexicon) -> String {
        self.page(lexicon).text(style)
    }

    /// Writes it as one HTML file that needs nothing else, with a picture of each relation over time.
    pub fn html(&self, title: &str, lexicon: &Lexicon) -> String {
        self.page(lexicon).html(title)
    }

    fn page(&self, lexicon: &Lexicon) -> Page {
        let acts = self.acts.iter().map(|stored| Coded { acts: vec![stored.act.clone()], ..Coded::default() });
        let coded: Vec<Coded> = if self.is_one { Vec::new() } else { acts.collect() };
        let brief = Brief { coded: &coded, sources: &self.sources, affairs: &self.affairs, lexicon };
        let mut numbers = Numbers::new(&self.sources);
        let mut page = Page::default();
        let times = [("as of", self.as_of), ("as known by", self.known_by)];
        let times: Vec<String> =
            times.iter().filter_map(|(what, day)| day.map(|day| format!("{what} {day}"))).collect();
        if !times.is_empty() {
            let mut line = times.join(", ");
            line[..1].make_ascii_uppercase();
            page.push(Block::Line(line));
        }
        if self.affairs.is_empty() && self.acts.is_empty() {
            page.push(Block::Line("Nothing is known.".to_owned()));
            return page;
        }
        brief.relations(&self.notes(&brief), "Latest acts", &mut numbers, &mut page);
        if self.is_one {
            self.entries(&brief, &mut numbers, &mut page);
        }
        numbers.passages(true, &mut page);
        page
    }

    /// The entries of the one affair, with the other reports of each.
    fn entries(&self, brief: &Brief<'_>, numbers: &mut Numbers<'_>, page: &mut Page) {
        for affair in &self.affairs {
            page.push(Block::Heading("Entries"));
            let mut before: Option<&str> = None;
            for entry in &affair.entries {
                let mut line = shown_date(entry.date, entry.date_precision).unwrap_or_else(|| "no date".to_owned());
                let state = match (&entry.state, entry.moved) {
                    (Some(state), true) => match before {
                        Some(before) => format!("{before} → {state}"),
                        None => format!("→ {state}"),
                    },
                    (Some(state), false) => format!("({state})"),
                    (None, _) => "(noted)".to_owned(),
                };
                line.push_str(&format!("  {state}"));
                if !entry.movers.is_empty() {
                    let movers: Vec<String> = entry.movers.iter().map(|code| brief.name(code)).collect();
                    line.push_str(&format!(" — {}", movers.join(" and ")));
                }
                let word = brief.word(&entry.attribution);
                if !word.is_empty() {
                    line.push_str(&format!(", says {word}"));
                }
                line.push_str(&numbers.of_entry(entry).unwrap_or_default());
                page.push(Block::Item(line));
                if entry.moved {
                    before = entry.state.as_deref();
                }
                for note in self
                    .acts
                    .iter()
                    .filter(|act| Some(&act.act.id) == entry.act.as_ref())
                    .flat_map(|act| self.of_act(act, brief))
                {
                    let shown = note.shown.and_then(|(article, field, span)| numbers.of(&article, field, span));
                    page.push(Block::Detail(format!("{}{}", note.text, shown.unwrap_or_default())));
                }
            }
        }
    }

    fn notes(&self, brief: &Brief<'_>) -> Notes {
        let mut notes = Notes::new();
        for affair in &self.affairs {
            let entries = if affair.entries.len() == 1 { "entry" } else { "entries" };
            let mut text = format!("affair {}, {} {entries}", affair.id, affair.entries.len());
            if !affair.next.is_empty() {
                text.push_str(&format!("; could come next: {}", affair.next.join(", ")));
            }
            notes.insert(affair.id.clone(), vec![Note { text, shown: None }]);
        }
        for act in &self.acts {
            notes.insert(act.act.id.clone(), self.of_act(act, brief));
        }
        notes
    }

    /// Other reports of an act, what speaks against it and what a reviewer said of it.
    fn of_act(&self, stored: &StoredAct, brief: &Brief<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        if !stored.reports.is_empty() {
            let label = |report: &Report| match report.is_after_review {
                true => format!("{} (after the act was judged)", report.article.label()),
                false => report.article.label(),
            };
            let labels: BTreeSet<String> = stored.reports.iter().map(label).collect();
            let labels = labels.into_iter().collect::<Vec<_>>().join("; ");
            notes.push(Note { text: format!("also told by {}", shorten(&labels, LONGEST_LIST)), shown: None });
        }
        for (by, how) in &stored.against {
            let Some(speaking) = self.speaking.get(by) else { continue };
            let act = &speaking.act;
            let word = brief.word(&act.attribution);
            let who = if word.is_empty() { speaking.article.label() } else { word };
            let text = match how {
                Against::Denied => format!("denied by {who}"),
                Against::Corrected => format!("corrected by {}", speaking.article.label()),
                Against::Retracted => format!("taken back by {}", speaking.article.label()),
            };
            let sentence = Span { start: act.text_info.start, end: act.text_info.end };
            notes.push(Note { text, shown: Some((act.article.clone(), act.text_info.field, sentence)) });
        }
        notes.extend(stored.review.iter().map(|review| Note { text: review.line(), shown: None }));
        notes
    }

    /// The articles that are referred to, by their uids.
    pub fn articles(&self) -> &BTreeMap<String, ArticleFacts> {
        &self.articles
    }
}
