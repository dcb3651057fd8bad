//! A file that a long run writes, and beside it how far it is, so that a run that was stopped goes on without loss or doubles.
//!
//! `acts.jsonl` has `acts.jsonl.progress` beside it while it is written: how many articles of the input are done, and how long the
//! file was when they were. A run that goes on cuts the file to that length and passes over those articles.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

/// How often it is noted how far the file is.
const EVERY: Duration = Duration::from_millis(250);

/// What is done of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Articles of the input, those that could not be read among them.
    pub articles: u64,
    /// Acts that the format left out: not actual, background, undated, without both sides, taken back.
    pub left_out: [u64; 5],
    /// Something of the input was lost.
    pub is_partial: bool,
}

/// What makes two runs the same: only then one goes on where the other stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Version, lexicon and model.
    pub coder: [String; 3],
    /// The files that are read.
    pub files: Vec<String>,
    /// Options that change the output.
    pub options: Vec<String>,
}

impl Task {
    /// What differs from another run.
    fn difference(&self, other: &Task) -> Option<&'static str> {
        if self.coder != other.coder {
            Some("by another version, lexicon or model")
        } else if self.files != other.files {
            Some("for other files")
        } else if self.options != other.options {
            Some("with other options")
        } else {
            None
        }
    }
}

/// What stands in the progress file.
#[derive(Debug, Serialize, Deserialize)]
struct Progress {
    task: Task,
    done: Done,
    /// Bytes of the output.
    bytes: u64,
}

/// A file that is being written.
pub struct Kept {
    file: BufWriter<File>,
    beside: PathBuf,
    progress: Progress,
    written: u64,
    noted: Instant,
}

impl Kept {
    /// Begins a file; with `resume`, goes on with one that was begun. Tells what is done of it.
    pub fn open(path: &Path, task: Task, resume: bool) -> anyhow::Result<(Kept, Done)> {
        let beside = beside(path);
        let begun = match fs::read(&beside) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| beside.display().to_string()),
        };
        let (name, beside_name) = (path.display(), beside.display());
        let progress = match begun {
            None if resume && path.exists() => bail!(
                "{name} is there without {beside_name}: it is finished, or not of such a run; remove it, or name another file"
            ),
            None => Progress { task, done: Done::default(), bytes: 0 },
            Some(_) if !resume => {
                bail!("{name} was begun and not finished; go on with --resume, or remove {beside_name} to begin anew")
            }
            Some(bytes) => {
                let progress: Progress = serde_json::from_slice(&bytes)
                    .with_context(|| format!("{beside_name} is damaged; remove it to begin anew"))?;
                if let Some(how) = task.difference(&progress.task) {
                    bail!("{name} was begun {how}; give the same as then, or remove {beside_name} to begin anew");
                }
                progress
            }
        };
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let file = file.with_context(|| path.display().to_string())?;
        let length = file.metadata().with_context(|| path.display().to_string())?.len();
        if length < progress.bytes {
            bail!("{name} is shorter than {beside_name} says; remove {beside_name} to begin anew");
        }
        let (done, written) = (progress.done, progress.bytes);
        let mut kept =
            Kept { file: BufWriter::with_capacity(1 << 16, file), beside, progress, written, noted: Instant::now() };
        kept.begin().with_context(|| path.display().to_string())?;
        Ok((kept, done))
    }

    fn begin(&mut self) -> io::Result<()> {
        // First the note, so that what is cut off is never taken for finished.
        self.save()?;
        self.file.get_ref().set_len(self.written)?;
        self.file.seek(SeekFrom::Start(self.written)).map(|_| ())
    }

    /// Writes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// Notes what is done, not more often than is worth it.
    pub fn note(&mut self, done: &Done) -> io::Result<()> {
        if self.noted.elapsed() < EVERY {
            return Ok(());
        }
        // The words are on the disk before it is said that they are.
        self.file.flush()?;
        self.file.get_ref().sync_data()?;
        self.progress.done = *done;
        self.progress.bytes = self.written;
        self.save()?;
        self.noted = Instant::now();
        Ok(())
    }

    fn save(&self) -> io::Result<()> {
        let mut new = self.beside.clone().into_os_string();
        new.push(".new");
        fs::write(&new, serde_json::to_vec(&self.progress)?)?;
        fs::rename(&new, &self.beside)
    }

    /// The file is whole.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_data()?;
        fs::remove_file(&self.beside)
    }
}

/// Where it stands how far a file is.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".progress");
    PathBuf::from(name)
}
