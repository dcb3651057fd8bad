//! Fetches one address: checked, limited, conditional.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::address::{PRIVATE, PublicResolver};
use crate::error::{Error, ErrorKind};
use crate::pace::Pace;
use crate::robots::Robots;

/// The longest robots.txt that is read; RFC 9309 asks for no more.
const LONGEST_ROBOTS: u64 = 500 << 10;

/// How long a robots.txt is believed.
const ROBOTS_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest time for which a server may ask to be left alone.
const LONGEST_RETRY: Duration = Duration::from_secs(24 * 60 * 60);

/// What is fetched, and how.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The name that robots.txt knows the program by.
    pub name: String,
    /// What is told to servers, with a way to reach its makers.
    pub user_agent: String,
    /// Also hosts of private networks.
    pub allow_private: bool,
    /// The longest time that one request may take, to its last byte.
    pub time: Duration,
    /// The most bytes of an answer that are read.
    pub size: u64,
    /// The time between two requests to one host, unless its robots.txt asks for more.
    pub interval: Duration,
    /// How many redirects are followed.
    pub redirects: u32,
}

impl Policy {
    /// The usual policy for a program of this name and version.
    pub fn new(name: &str, user_agent: &str) -> Policy {
        Policy {
            name: name.to_owned(),
            user_agent: user_agent.to_owned(),
            allow_private: false,
            time: Duration::from_secs(30),
            size: 16 << 20,
            interval: Duration::from_secs(1),
            redirects: 5,
        }
    }
}

/// By what a server tells whether something has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The entity tag.
    pub etag: Option<String>,
    /// The day and time of the last change, as the server writes it.
    pub last_modified: Option<String>,
}

/// What came of a request.
#[derive(Debug)]
pub enum Fetched {
    /// The content has not changed.
    Unchanged,
    /// The content, as it was sent: packed, if the server packed it.
    Content {
        /// The bytes, the first of them where there were too many or they came too slowly.
        bytes: Vec<u8>,
        /// Why they are not all.
        cut: Option<Error>,
        /// By what to ask the next time.
        validators: Validators,
        /// Where it was in the end.
        address: String,
    },
}

/// Fetches addresses under a policy; keeps each site's robots.txt and pace.
#[derive(Debug)]
pub struct Fetcher {
    policy: Policy,
    agent: Agent,
    pace: Pace,
    robots: BTreeMap<String, (Instant, Robots)>,
}

/// An answer whose body is not yet read.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: ureq::Body,
    started: Instant,
}

impl Fetcher {
    /// A fetcher under a policy.
    pub fn new(policy: Policy) -> Fetcher {
        let config = Config::builder()
            .timeout_global(Some(policy.time))
            .user_agent(policy.user_agent.as_str())
            .accept("application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5")
            .accept_encoding("")
            .http_status_as_error(false)
            // Each step is checked here; a proxy would resolve names out of sight.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .max_response_header_size(64 << 10)
            .build();
        let resolver = PublicResolver::new(policy.allow_private);
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Fetcher { policy, agent, pace: Pace::default(), robots: BTreeMap::new() }
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Fetches an address, unless it has not changed since the validators were given.
    ///
    /// Waits where the host was asked a moment ago.
    ///
    /// # Errors
    ///
    /// When the address, or one that it leads to, must not be fetched or cannot be.
    pub fn fetch(&mut self, address: &str, validators: &Validators) -> Result<Fetched, Error> {
        let first = checked(address).map_err(|kind| Error::new(address, kind))?;
        let mut url = first.clone();
        self.follow(&mut url, validators).map_err(|kind| {
            let led_to = (url != first).then(|| url.to_string());
            Error::new(address, kind).by_way_of(led_to)
        })
    }

    /// Follows an address to where it leads.
    fn follow(&mut self, url: &mut Url, validators: &Validators) -> Result<Fetched, ErrorKind> {
        for _ in 0..=self.policy.redirects {
            self.heed_robots(url)?;
            let answer = self.ask(url, Some(validators))?;
            if answer.status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::Unchanged);
            }
            let Some(to) = redirect(&answer) else {
                return self.content(answer, url);
            };
            let next = url.join(&to).map_err(|error| ErrorKind::Address(format!("{to} ({error})")))?;
            let next = checked(next.as_str())?;
            if url.scheme() == "https" && next.scheme() == "http" {
                return Err(ErrorKind::Downgrade(next.to_string()));
            }
            *url = next;
        }
        Err(ErrorKind::Redirects { limit: self.policy.redirects })
    }

    fn content(&self, answer: Answer, url: &Url) -> Result<Fetched, ErrorKind> {
        if answer.status != StatusCode::OK {
            return Err(ErrorKind::Status {
                status: answer.status.as_u16(),
                retry_after: retry_after(&answer.headers),
            });
        }
        let field = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let validators = Validators { etag: field(header::ETAG), last_modified: field(header::LAST_MODIFIED) };
        let (bytes, cut) = self.body(answer, self.policy.size);
        if bytes.is_empty()
            && let Some(kind) = cut
        {
            return Err(kind);
        }
        let is_whole = cut.is_none();
        Ok(Fetched::Content {
            bytes,
            cut: cut.map(|kind| Error::new(url.as_str(), kind)),
            // What was cut is asked for again.
            validators: if is_whole { validators } else { Validators::default() },
            address: url.to_string(),
        })
    }

    /// Reads a body to its end or a limit.
    fn body(&self, answer: Answer, limit: u64) -> (Vec<u8>, Option<ErrorKind>) {
        let deadline = answer.started + self.policy.time;
        let mut reader = answer.body.into_reader();
        let mut bytes = Vec::new();
        let mut piece = [0; 16 << 10];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return (bytes, None),
                Ok(read) => bytes.extend_from_slice(&piece[..read]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return (bytes, Some(self.why(ureq::Error::from(error)))),
            }
            if bytes.len() as u64 > limit {
                bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
                return (bytes, Some(ErrorKind::TooLong { limit }));
            }
            if Instant::now() > deadline {
                return (bytes, Some(ErrorKind::TooSlow(self.policy.time)));
            }
        }
    }

    /// Asks a host when it may be asked.
    fn ask(&mut self, url: &Url, validators: Option<&Validators>) -> Result<Answer, ErrorKind> {
        let host = url.host_str().unwrap_or_default();
        let interval = self.robots.get(&origin(url)).and_then(|(_, robots)| robots.delay()).unwrap_or_default();
        std::thread::sleep(self.pace.wait(host, self.policy.interval.max(interval), Instant::now()));
        let started = Instant::now();
        let mut request = self.agent.get(url.as_str());
        if let Some(validators) = validators {
            // Whoever reads the content unpacks it, within limits of its own.
            request = request.header(header::ACCEPT_ENCODING, "gzip");
            for (name, value) in
                [(header::IF_NONE_MATCH, &validators.etag), (header::IF_MODIFIED_SINCE, &validators.last_modified)]
            {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        let (parts, body) = request.call().map_err(|error| self.why(error))?.into_parts();
        Ok(Answer { status: parts.status, headers: parts.headers, body, started })
    }

    fn why(&self, error: ureq::Error) -> ErrorKind {
        match error {
            ureq::Error::Timeout(_) => ErrorKind::TooSlow(self.policy.time),
            ureq::Error::Io(error) if error.to_string() == PRIVATE => ErrorKind::Private,
            ureq::Error::Io(error) => match error.downcast::<ureq::Error>() {
                Ok(error) => self.why(error),
                Err(error) if error.kind() == std::io::ErrorKind::TimedOut => ErrorKind::TooSlow(self.policy.time),
                Err(error) => ErrorKind::Connection(error.to_string()),
            },
            ureq::Error::HostNotFound => ErrorKind::Connection("the host is not found".to_owned()),
            error => ErrorKind::Connection(error.to_string()),
        }
    }

    /// Asks the site whether the address may be fetched.
    fn heed_robots(&mut self, url: &Url) -> Result<(), ErrorKind> {
        let origin = origin(url);
        let is_fresh = self.robots.get(&origin).is_some_and(|(read, _)| read.elapsed() < ROBOTS_AGE);
        if !is_fresh {
            let robots = self.robots_of(url)?;
            self.robots.insert(origin.clone(), (Instant::now(), robots));
        }
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        match self.robots.get(&origin) {
            Some((_, robots)) if !robots.allows(path) => Err(ErrorKind::Forbidden),
            _ => Ok(()),
        }
    }

    /// Reads a site's robots.txt: none means that all is allowed, one that cannot be had that nothing is.
    fn robots_of(&mut self, url: &Url) -> Result<Robots, ErrorKind> {
        let mut at = url.join("/robots.txt").map_err(|error| ErrorKind::Address(error.to_string()))?;
        for _ in 0..=self.policy.redirects {
            let answer = self.ask(&at, None)?;
            if let Some(to) = redirect(&answer) {
                let next = at.join(&to).map_err(|error| ErrorKind::Address(error.to_string()))?;
                at = checked(next.as_str())?;
                continue;
            }
            return match answer.status.as_u16() {
                200 => {
                    let (bytes, _) = self.body(answer, LONGEST_ROBOTS);
                    Ok(Robots::read(&String::from_utf8_lossy(&bytes), &self.policy.name))
                }
                429 | 500.. => {
                    Err(ErrorKind::Status { status: answer.status.as_u16(), retry_after: retry_after(&answer.headers) })
                }
                _ => Ok(Robots::default()),
            };
        }
        Ok(Robots::default())
    }
}

/// Tells whether something is an address that may be asked at all: of a host, by http or https.
///
/// ```
/// assert!(detente_fetch::check("https://example.org/feed").is_ok());
/// assert!(detente_fetch::check("example.org/feed").is_err());
/// ```
///
/// # Errors
///
/// When it is none.
pub fn check(address: &str) -> Result<(), Error> {
    checked(address).map(|_| ()).map_err(|kind| Error::new(address, kind))
}

/// An address that may be asked at all.
fn checked(address: &str) -> Result<Url, ErrorKind> {
    let url = Url::parse(address).map_err(|error| ErrorKind::Address(error.to_string()))?;
    match url.scheme() {
        "http" | "https" if url.host_str().is_some_and(|host| !host.is_empty()) => Ok(url),
        "http" | "https" => Err(ErrorKind::Address("no host".to_owned())),
        scheme => Err(ErrorKind::Scheme(scheme.to_owned())),
    }
}

/// Scheme, host and port.
fn origin(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}

/// Where an answer leads.
fn redirect(answer: &Answer) -> Option<String> {
    let leads = matches!(answer.status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let to = answer.headers.get(header::LOCATION).filter(|_| leads)?;
    Some(String::from_utf8_lossy(to.as_bytes()).into_owned())
}

/// For how long a server asks to be left alone; a day at most.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_RETRY))
}
