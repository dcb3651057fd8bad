//! robots.txt (RFC 9309): what a site lets a program fetch.

use std::time::Duration;

/// The longest delay between requests that is heeded.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What a site lets us fetch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// The time that the site wants between requests.
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: String,
    allows: bool,
}

impl Robots {
    /// Reads a site's robots.txt for a program of this name: the groups that name it, else those for all.
    ///
    /// ```
    /// use detente_fetch::Robots;
    /// let robots = Robots::read("User-agent: *\nDisallow: /private/\nAllow: /private/feed.xml\n", "detente");
    /// assert!(robots.allows("/news/") && robots.allows("/private/feed.xml") && !robots.allows("/private/x"));
    /// ```
    pub fn read(text: &str, name: &str) -> Robots {
        let own = Robots::groups(text, |agent| agent.eq_ignore_ascii_case(name));
        own.or_else(|| Robots::groups(text, |agent| agent == "*")).unwrap_or_default()
    }

    /// The rules of all groups that are for this agent, if there is one.
    fn groups(text: &str, is_ours: impl Fn(&str) -> bool) -> Option<Robots> {
        let mut robots = None;
        let mut ours = false;
        let mut in_agents = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    // A program may give its version.
                    let agent = value.split('/').next().unwrap_or_default().trim();
                    ours = (in_agents && ours) || is_ours(agent);
                    in_agents = true;
                    if ours {
                        robots.get_or_insert_with(Robots::default);
                    }
                }
                key @ ("allow" | "disallow") => {
                    in_agents = false;
                    if let (true, Some(robots), false) = (ours, &mut robots, value.is_empty()) {
                        robots.rules.push(Rule { pattern: value.to_owned(), allows: key == "allow" });
                    }
                }
                "crawl-delay" => {
                    in_agents = false;
                    let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0 && seconds.is_finite());
                    if let (true, Some(robots), Some(seconds)) = (ours, &mut robots, seconds) {
                        robots.delay = Some(Duration::from_secs_f64(seconds.min(LONGEST_DELAY.as_secs_f64())));
                    }
                }
                _ => {}
            }
        }
        robots
    }

    /// Whether a path, with its query, may be fetched: the longest rule that fits decides, and of equals one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }

    /// The time that the site wants between requests.
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// Whether a pattern fits the beginning of a path; `*` stands for anything, `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    for (number, piece) in pieces.iter().enumerate() {
        let is_last = number + 1 == pieces.len();
        if is_last && to_end {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let text = "# ours\nUser-Agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\n\
            Disallow: /q*x\nCrawl-delay: 2\n";
        let robots = Robots::read(text, "detente");
        for path in ["/", "/a/b", "/a/b/c", "/x.pdf?y", "/news.pdf.html"] {
            assert!(robots.allows(path), "{path}");
        }
        for path in ["/a", "/a/c", "/x.pdf", "/qyx"] {
            assert!(!robots.allows(path), "{path}");
        }
        assert_eq!(robots.delay(), Some(Duration::from_secs(2)));
        assert!(!Robots::read(text, "other").allows("/x"));
    }

    #[test]
    fn a_group_may_have_several_agents_and_an_agent_several_groups() {
        let text = "User-agent: a\nUser-agent: detente/1.0\nDisallow: /x\n\nUser-agent: Detente\nDisallow: /y\n\n\
            User-agent: *\nDisallow: /z\n";
        let robots = Robots::read(text, "detente");
        assert!(!robots.allows("/x") && !robots.allows("/y") && robots.allows("/z"));
    }

    #[test]
    fn what_says_nothing_allows_all() {
        for text in ["", "User-agent: *\nDisallow:\n", "Disallow: /\n", "<html>no</html>", "User-agent: b\nDisallow: /"]
        {
            assert!(Robots::read(text, "detente").allows("/x"), "{text}");
        }
    }

    #[test]
    fn long_patterns_end() {
        let pattern = "*a".repeat(2000);
        assert!(!fits(&pattern, &"a".repeat(1999)));
        assert!(fits(&pattern, &"a".repeat(2000)));
    }
}
