//! The desk: a ledger that is read by many and written by one, and the coder that reads new articles for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use detente_coder::Coder;
use detente_ledger::Ledger;
use detente_ledger::ask::{Digest, Status};
use detente_ledger::store::{self, Intake, Recall, Vintage};
use detente_lexicon::Lexicon;
use serde_json::Value;
use tokio::sync::{Semaphore, oneshot, watch};

use crate::answered::Answered;
use crate::failure::Failure;

/// Connections that read at once: more would only wait for the same cores.
const READERS: usize = 8;

/// How long what was seen of the ledger serves before it is looked at again.
const FRESH: Duration = Duration::from_millis(50);

/// The least time between two updates of the digest, and how many times as long as an update took it is at least.
const PAUSE: Duration = Duration::from_millis(500);
const SHARE: u32 = 10;

/// How long nothing may have changed before matters are read ahead; how many at once, and the rest between two times.
const QUIET: Duration = Duration::from_secs(1);
const MATTERS: usize = 16;
const BREATH: Duration = Duration::from_millis(5);

/// How long a request waits for a ledger that is still being read.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A ledger that is served.
#[derive(Debug)]
pub struct Desk {
    path: PathBuf,
    coder: Arc<Coder>,
    vintage: Vintage,
    readers: Mutex<Vec<Ledger>>,
    is_writable: bool,
    permits: Arc<Semaphore>,
    writer: Arc<Mutex<Ledger>>,
    state: watch::Receiver<State>,
    watcher: Sender<Look>,
    is_looking: Arc<AtomicBool>,
    /// What was counted when the ledger had changed so often.
    counted: Mutex<Option<(u64, Value)>>,
    /// What was answered since the ledger last changed.
    pub(crate) answered: Answered,
    /// Tells the answers of this run from those of another one.
    pub(crate) run: u64,
}

/// Whether the ledger can be asked.
#[derive(Clone, Debug)]
enum State {
    /// All its acts are still being read.
    Reading,
    /// It can.
    Read(Seen),
    /// It cannot be read, and why.
    Failed(String),
}

/// What requests are answered from: the digest, what was read of matters, and a number that changes with the ledger.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub changes: u64,
    pub digest: Arc<Digest>,
    recall: Arc<Recall>,
}

#[derive(Clone, Debug)]
struct Seen {
    view: View,
    looked: Instant,
}

/// What asks the watcher to look: whether at once, and whom to tell that it looked.
type Look = (bool, oneshot::Sender<Result<(), store::Error>>);

/// What reads all acts and notices that the ledger changed. It has a thread of its own: digests are large, and what many threads
/// took and gave back would stay with each of them.
#[derive(Debug)]
struct Watch {
    ledger: Ledger,
    tell: watch::Sender<State>,
    is_looking: Arc<AtomicBool>,
    /// What the connection told of changes when the digest was read.
    told: i64,
    updated: Instant,
    took: Duration,
}

impl Watch {
    /// Brings the ledger up to date and reads all its acts.
    fn prepare(&mut self, writer: &Mutex<Ledger>, lexicon: &Lexicon) -> Result<View, store::Error> {
        let mut writer = locked(writer);
        if writer.is_writable() && !writer.is_settled()? {
            writer.settle(lexicon)?;
        }
        drop(writer);
        let begun = Instant::now();
        self.told = self.ledger.changes_of_others()?;
        let digest = Arc::new(Digest::of(&self.ledger)?);
        (self.updated, self.took) = (Instant::now(), begun.elapsed());
        Ok(View { changes: 1, digest, recall: Arc::default() })
    }

    /// Tells what it sees of the ledger that was prepared, whenever it is asked to look, until nobody asks any more.
    fn run(mut self, mut view: View, asked: &Receiver<Look>) {
        self.tell.send_replace(State::Read(Seen { view: view.clone(), looked: self.updated }));
        let mut read = 0;
        loop {
            // As long as nothing changes, what days are asked about is read ahead, a little at a time.
            let next = match read < view.digest.matters().len() {
                true if self.updated.elapsed() > QUIET => asked.recv_timeout(BREATH),
                true => asked.recv_timeout(QUIET),
                false => asked.recv().map_err(RecvTimeoutError::from),
            };
            match next {
                Ok((at_once, done)) => {
                    let before = view.changes;
                    let looked = self.look(&mut view, at_once);
                    read = if view.changes == before { read } else { 0 };
                    self.is_looking.store(false, Ordering::Release);
                    // Whoever asked may be gone.
                    let _ = done.send(looked);
                }
                Err(RecvTimeoutError::Timeout) => read = self.read_ahead(&view, read),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Reads what is said of some matters more, and tells how many were read.
    fn read_ahead(&mut self, view: &View, read: usize) -> usize {
        self.ledger.recalling(view.recall.clone());
        for matter in view.digest.matters().iter().skip(read).take(MATTERS) {
            // What cannot be read now is read, or said to be unreadable, when it is asked for.
            let _ = self.ledger.recall_matter(matter);
        }
        read + MATTERS
    }

    fn look(&mut self, view: &mut View, at_once: bool) -> Result<(), store::Error> {
        let told = self.ledger.changes_of_others()?;
        let is_time = self.updated.elapsed() >= PAUSE.max(self.took * SHARE);
        if told != self.told && (at_once || is_time) {
            let begun = Instant::now();
            let digest = Arc::new(view.digest.updated(&self.ledger)?);
            *view = View { changes: view.changes + 1, digest, recall: Arc::default() };
            (self.told, self.took, self.updated) = (told, begun.elapsed(), Instant::now());
        }
        let seen = State::Read(Seen { view: view.clone(), looked: Instant::now() });
        // Nobody waits for a look that follows another.
        self.tell.send_if_modified(|state| {
            *state = seen;
            false
        });
        Ok(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Who asks from now on is told that nobody looks.
        self.is_looking.store(false, Ordering::Release);
    }
}

/// Does the work of the watcher; where it ends in a panic, whoever asks is told so.
fn telling_of_panic(tell: &watch::Sender<State>, work: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
        let words = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
        let why = words.unwrap_or("no reason was given");
        let told = format!("reading the ledger failed: {why}; this is a bug of detente, please report it");
        tell.send_replace(State::Failed(told));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panic leaves behind in these is whole: nothing is changed by halves.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn seen(&self) -> Result<&Seen, Failure> {
        match self {
            State::Read(seen) => Ok(seen),
            State::Reading => Err(being_read()),
            State::Failed(why) => Err(Failure::new(StatusCode::INTERNAL_SERVER_ERROR, why.clone())),
        }
    }
}

impl Desk {
    /// Opens a ledger to serve it, and makes it where there is none. All its acts are read on a thread of its own; who asks
    /// before that is done waits for it.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be opened.
    pub fn open(path: &Path, coder: Coder, vintage: Vintage) -> Result<Desk, store::Error> {
        Desk::prepared_by(path, coder, vintage, Watch::prepare)
    }

    /// Opens a ledger that is prepared in some way.
    fn prepared_by(
        path: &Path,
        coder: Coder,
        vintage: Vintage,
        prepare: impl FnOnce(&mut Watch, &Mutex<Ledger>, &Lexicon) -> Result<View, store::Error> + Send + 'static,
    ) -> Result<Desk, store::Error> {
        let writer = match path.exists() {
            true => Ledger::open(path)?,
            false => Ledger::create(path)?,
        };
        let is_writable = writer.is_writable();
        let (coder, writer) = (Arc::new(coder), Arc::new(Mutex::new(writer)));
        let (tell, state) = watch::channel(State::Reading);
        let (watcher, asked) = mpsc::channel();
        let is_looking = Arc::new(AtomicBool::new(false));
        let mut watch = Watch {
            ledger: Ledger::open_read_only(path)?,
            tell: tell.clone(),
            is_looking: is_looking.clone(),
            told: 0,
            updated: Instant::now(),
            took: Duration::ZERO,
        };
        let (of_watch, with) = (writer.clone(), coder.clone());
        let work = move || match prepare(&mut watch, &of_watch, with.lexicon()) {
            Ok(view) => watch.run(view, &asked),
            Err(error) => drop(watch.tell.send_replace(State::Failed(format!("{error}; {}", error.advice())))),
        };
        let work = move || telling_of_panic(&tell, work);
        std::thread::Builder::new().name("watch".to_owned()).spawn(work).map_err(store::Error::from)?;
        Ok(Desk {
            path: path.to_owned(),
            coder,
            vintage,
            readers: Mutex::new(Vec::new()),
            is_writable,
            permits: Arc::new(Semaphore::new(READERS)),
            writer,
            state,
            watcher,
            is_looking,
            counted: Mutex::new(None),
            answered: Answered::default(),
            run: run(),
        })
    }

    /// Waits until the ledger can be asked. Who has waited for long is asked to come again.
    async fn prepared(&self) -> Result<Seen, Failure> {
        let mut state = self.state.clone();
        let known = tokio::time::timeout(LONGEST_WAIT, state.wait_for(|state| !matches!(state, State::Reading))).await;
        match known {
            Ok(Ok(state)) => state.seen().cloned(),
            Ok(Err(_)) => Err(stopping()),
            Err(_) => Err(being_read()),
        }
    }

    /// Tells why the ledger cannot be asked, and nothing as long as it can or may.
    pub(crate) async fn failed(&self) -> String {
        let mut state = self.state.clone();
        if let Ok(state) = state.wait_for(|state| matches!(state, State::Failed(_))).await
            && let State::Failed(why) = &*state
        {
            return why.clone();
        }
        std::future::pending().await
    }

    /// The ledger's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells whether articles may be added.
    pub(crate) fn is_writable(&self) -> bool {
        self.is_writable
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.coder.lexicon()
    }

    pub(crate) fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The number of changes up to now; looks for new ones where that was not done just before.
    pub(crate) async fn changes(self: &Arc<Desk>) -> Result<u64, Failure> {
        let seen = self.prepared().await?;
        if seen.looked.elapsed() < FRESH {
            return Ok(seen.view.changes);
        }
        // Another request is at it; what was seen before serves until it is done.
        if !self.is_looking.swap(true, Ordering::Acquire) {
            self.look(false).await.map_err(|_| stopping())??;
        }
        Ok(self.seen()?.changes)
    }

    /// What requests are answered from now.
    pub(crate) fn seen(&self) -> Result<View, Failure> {
        self.state.borrow().seen().map(|seen| seen.view.clone())
    }

    /// The digest of now; one answer takes it once.
    pub(crate) fn digest(&self) -> Result<Arc<Digest>, Failure> {
        Ok(self.seen()?.digest)
    }

    /// The counts of a ledger that changed so often: they are counted once.
    pub(crate) fn counts(&self, ledger: &Ledger, changes: u64) -> Result<Value, store::Error> {
        let mut counted = locked(&self.counted);
        if let Some((_, counts)) = counted.as_ref().filter(|(of, _)| *of == changes) {
            return Ok(counts.clone());
        }
        let counts = serde_json::to_value(Status::of(ledger)?).unwrap_or_default();
        *counted = Some((changes, counts.clone()));
        Ok(counts)
    }

    /// Asks whether the ledger changed; where it did, and it is time or `at_once`, the digest is updated.
    fn look(&self, at_once: bool) -> oneshot::Receiver<Result<(), store::Error>> {
        let (done, looked) = oneshot::channel();
        // Without a watcher nobody answers: whoever waits is told that the server stops.
        let _ = self.watcher.send((at_once, done));
        looked
    }

    /// Reads from the ledger, away from the threads that serve connections.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk, &Ledger) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.prepared().await?;
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| stopping())?;
        let desk = self.clone();
        off_thread(move || {
            let _permit = permit;
            let idle = locked(&desk.readers).pop();
            let mut reader = match idle {
                Some(reader) => reader,
                None => Ledger::open_read_only(&desk.path)?,
            };
            reader.recalling(desk.seen()?.recall);
            let result = work(&desk, &reader);
            locked(&desk.readers).push(reader);
            result
        })
        .await
    }

    /// Changes the ledger, one request after the other, and brings the digest up to date.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk, &mut Ledger, &Intake<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.prepared().await?;
        let desk = self.clone();
        off_thread(move || {
            let mut writer = locked(&desk.writer);
            let intake = Intake::new(desk.coder.lexicon(), desk.vintage.clone());
            let result = work(&desk, &mut writer, &intake);
            drop(writer);
            desk.look(true).blocking_recv().map_err(|_| stopping())??;
            result
        })
        .await
    }

    /// Codes, away from the threads that serve connections.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| stopping())?;
        let desk = self.clone();
        off_thread(move || {
            let _permit = permit;
            work(&desk)
        })
        .await
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer failed; this is a bug of detente, please report it with the address",
        ))
    })
}

fn being_read() -> Failure {
    Failure::later("the ledger is still being read; ask again in a moment")
}

fn stopping() -> Failure {
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping; start it again")
}

/// The nanosecond of the start.
fn run() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| u64::try_from(now.as_nanos() % u128::from(u64::MAX)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_is_told_that_the_reading_of_the_ledger_panicked() {
        let folder = std::env::temp_dir().join(format!("detente-desk-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let grammar = detente_grammar::Grammar::from_bytes(detente_model::grammar_bytes()).expect("a grammar");
        let coder = Coder::new(grammar, Lexicon::builtin().expect("a lexicon"));
        let vintage = Vintage { version: "1".into(), lexicon: "2".into(), model: "3".into() };
        let desk =
            Desk::prepared_by(&folder.join("ledger.db"), coder, vintage, |_, _, _| panic!("a page was upside down"));
        let desk = Arc::new(desk.expect("a desk"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async {
            let failed = desk.failed().await;
            assert!(failed.contains("a page was upside down") && failed.contains("bug of detente"), "{failed}");
            let asked = desk.read(|_, _| Ok(())).await;
            assert!(asked.is_err_and(|failure| format!("{failure:?}").contains("a page was upside down")));
        });
        std::fs::remove_dir_all(folder).expect("it is gone");
    }
}
