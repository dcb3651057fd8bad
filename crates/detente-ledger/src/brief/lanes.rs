//! Lanes: each affair a bar over time, above them the acts, as an SVG picture.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use detente_coder::{Act, Factuality};
use detente_lexicon::Lexicon;
use jiff::civil::Date;

use super::html::escaped;
use crate::affair::Affair;

/// Colours that are told apart by the colour-blind (Okabe and Ito), each with the colour of words on it.
const COLOURS: [(&str, &str); 7] = [
    ("#56b4e9", "#000"),
    ("#e69f00", "#000"),
    ("#009e73", "#fff"),
    ("#d55e00", "#fff"),
    ("#cc79a7", "#000"),
    ("#0072b2", "#fff"),
    ("#f0e442", "#000"),
];

/// Measures of the picture: its width, the left edge of bars, heights of a lane and of the acts above them.
const WIDTH: f64 = 760.0;
const LEFT: f64 = 190.0;
const LANE: f64 = 26.0;
const ACTS: f64 = 56.0;

/// Letters that a label beside a lane has room for, and the width of a letter in a bar.
const LONGEST_LABEL: usize = 28;
const LETTER: f64 = 6.4;

/// The most years with a line of their own.
const MOST_YEARS: i32 = 12;

/// Affairs and acts of a relation over time.
#[derive(Debug)]
pub(crate) struct Lanes {
    lanes: Vec<Lane>,
    /// Days, cooperative acts, conflictual acts.
    acts: BTreeMap<Date, (u32, u32)>,
}

#[derive(Debug)]
struct Lane {
    label: String,
    /// The day of each turn, the state that it brought, and the colour of that state.
    turns: Vec<(Date, String, usize)>,
}

impl Lanes {
    /// The lanes of affairs, with the acts that took place; nothing where there are not two days to draw.
    pub fn of(affairs: &[&Affair], acts: &[&Act], lexicon: &Lexicon) -> Option<Lanes> {
        let lanes: Vec<Lane> = affairs.iter().filter_map(|affair| Lane::of(affair, lexicon)).collect();
        let mut days: BTreeMap<Date, (u32, u32)> = BTreeMap::new();
        for act in acts.iter().filter(|act| act.factuality == Factuality::Actual) {
            if let Some(day) = act.date.or(act.date_reported) {
                let (cooperation, conflict) = days.entry(day).or_default();
                if act.quad_code <= 2 { *cooperation += 1 } else { *conflict += 1 }
            }
        }
        let lanes = Lanes { lanes, acts: days };
        let (first, last) = lanes.ends()?;
        (first < last && !lanes.lanes.is_empty()).then_some(lanes)
    }

    fn ends(&self) -> Option<(Date, Date)> {
        let turns = self.lanes.iter().flat_map(|lane| lane.turns.iter().map(|(day, ..)| *day));
        let days: Vec<Date> = turns.chain(self.acts.keys().copied()).collect();
        days.iter().min().copied().zip(days.iter().max().copied())
    }

    /// Draws them.
    pub fn svg(&self) -> String {
        let Some((first, last)) = self.ends() else { return String::new() };
        let all = f64::from(days(first, last).max(1));
        let x = |day: Date| LEFT + (WIDTH - LEFT - 12.0) * f64::from(days(first, day)) / all;
        let height = ACTS + LANE * self.lanes.len() as f64 + 22.0;
        let mut out = format!(
            "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-label=\"Affairs over time, from {first} to \
             {last}\">\n"
        );
        self.years(&mut out, first, last, height, x);
        self.draw_acts(&mut out, x);
        for (number, lane) in self.lanes.iter().enumerate() {
            lane.draw(&mut out, ACTS + LANE * number as f64, x, WIDTH - 12.0);
        }
        out.push_str("</svg>\n");
        out
    }

    fn years(&self, out: &mut String, first: Date, last: Date, height: f64, x: impl Fn(Date) -> f64) {
        let years = i32::from(last.year()) - i32::from(first.year());
        let step = (years / MOST_YEARS + 1) as usize;
        let text = |out: &mut String, at: f64, anchor: &str, words: &str| {
            let y = height - 6.0;
            let _ = writeln!(
                out,
                "<text class=\"axis\" x=\"{at:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
            );
        };
        if years == 0 {
            text(out, x(first), "start", &first.to_string());
            text(out, x(last), "end", &last.to_string());
        }
        for year in (first.year()..=last.year()).skip(1).step_by(step) {
            let Ok(day) = Date::new(year, 1, 1) else { continue };
            let at = x(day);
            let bottom = height - 20.0;
            let _ = writeln!(out, "<line class=\"grid\" x1=\"{at:.1}\" y1=\"4\" x2=\"{at:.1}\" y2=\"{bottom:.1}\"/>");
            text(out, at, "middle", &year.to_string());
        }
    }

    fn draw_acts(&self, out: &mut String, x: impl Fn(Date) -> f64) {
        let middle = ACTS / 2.0;
        let most = self.acts.values().map(|(one, other)| *one.max(other)).max().unwrap_or(1).max(1);
        let tall = |count: u32| (middle - 6.0) * f64::from(count) / f64::from(most);
        let _ = writeln!(
            out,
            "<text class=\"label\" x=\"0\" y=\"{:.1}\">cooperation</text>\n<text class=\"label\" x=\"0\" y=\"{:.1}\">conflict</text>\n\
             <line class=\"grid\" x1=\"{LEFT}\" y1=\"{middle}\" x2=\"{WIDTH}\" y2=\"{middle}\"/>",
            middle - 8.0,
            middle + 16.0
        );
        for (day, (cooperation, conflict)) in &self.acts {
            let at = x(*day) - 1.0;
            for (count, y, class) in [(cooperation, middle - tall(*cooperation), "good"), (conflict, middle, "bad")] {
                if *count > 0 {
                    let _ = writeln!(
                        out,
                        "<rect class=\"{class}\" x=\"{at:.1}\" y=\"{y:.1}\" width=\"2.4\" height=\"{:.1}\"><title>{day}: \
                         {count}</title></rect>",
                        tall(*count)
                    );
                }
            }
        }
    }
}

impl Lane {
    fn of(affair: &Affair, lexicon: &Lexicon) -> Option<Lane> {
        let machine = lexicon.machines.iter().find(|machine| machine.kind == affair.kind.as_str());
        let colour = |state: &str| {
            let place = machine.and_then(|machine| machine.states.iter().position(|known| known == state));
            place.unwrap_or_default() % COLOURS.len()
        };
        let moved = affair.entries.iter().filter(|entry| entry.moved);
        let turns: Vec<(Date, String, usize)> = moved
            .filter_map(|entry| {
                let (day, state) = (entry.date?, entry.state.as_deref()?);
                Some((day, state.to_owned(), colour(state)))
            })
            .collect();
        let about = affair.subject.as_deref().or(affair.object.as_deref());
        let label = about.map_or_else(|| affair.kind.clone(), |about| format!("{}: {about}", affair.kind));
        (!turns.is_empty()).then_some(Lane { label, turns })
    }

    fn draw(&self, out: &mut String, top: f64, x: impl Fn(Date) -> f64, right: f64) {
        let base = top + LANE * 0.66;
        let _ = writeln!(
            out,
            "<text class=\"label\" x=\"0\" y=\"{base:.1}\">{}<title>{}</title></text>",
            escaped(&super::shorten(&self.label, LONGEST_LABEL)),
            escaped(&self.label)
        );
        for (number, (day, state, colour)) in self.turns.iter().enumerate() {
            let from = x(*day);
            let next = self.turns.get(number + 1);
            let to = next.map_or(right, |(day, ..)| x(*day)).max(from + 3.0);
            let (fill, ink) = COLOURS[*colour];
            let end = next.map_or_else(|| "since".to_owned(), |(day, ..)| format!("until {day}, from"));
            let _ = writeln!(
                out,
                "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\" fill=\"{fill}\"><title>{} {end} \
                 {day}</title></rect>",
                top + 3.0,
                to - from,
                LANE - 6.0,
                escaped(state)
            );
            if LETTER * state.chars().count() as f64 + 8.0 < to - from {
                let _ = writeln!(
                    out,
                    "<text class=\"state\" x=\"{:.1}\" y=\"{base:.1}\" fill=\"{ink}\">{}</text>",
                    from + 4.0,
                    escaped(state)
                );
            }
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
