//! Where acts are written: as rows of text, or as columns of Parquet.

use detente_coder::Act;

use crate::journal::Done;
use crate::output::Output;

/// Takes acts in their order.
pub enum Sink {
    /// Text, which the caller makes.
    Text(Output),
    /// A Parquet file.
    #[cfg(feature = "parquet")]
    Parquet(Box<detente_parquet::Writer<Output>>),
}

impl Sink {
    /// Takes text, or the acts themselves where `parquet` says so.
    pub fn new(output: Output, parquet: bool) -> anyhow::Result<Sink> {
        #[cfg(feature = "parquet")]
        if parquet {
            return Ok(Sink::Parquet(Box::new(detente_parquet::Writer::new(output)?)));
        }
        debug_assert!(!parquet, "no option asks for what this build lacks");
        Ok(Sink::Text(output))
    }

    /// Whether it wants the acts and not their text.
    pub fn takes_acts(&self) -> bool {
        !matches!(self, Sink::Text(_))
    }

    /// Writes text.
    pub fn text(&mut self, bytes: &[u8]) {
        match self {
            Sink::Text(output) => output.write(bytes),
            #[cfg(feature = "parquet")]
            Sink::Parquet(_) => {}
        }
    }

    /// Writes acts.
    pub fn acts(&mut self, acts: &[Act]) -> anyhow::Result<()> {
        match self {
            Sink::Text(_) => debug_assert!(acts.is_empty(), "their text is written"),
            #[cfg(feature = "parquet")]
            Sink::Parquet(writer) => writer.write(acts)?,
        }
        Ok(())
    }

    /// Notes that an article and all before it are written.
    pub fn done(&mut self, done: &Done) {
        match self {
            Sink::Text(output) => output.done(done),
            #[cfg(feature = "parquet")]
            Sink::Parquet(_) => {}
        }
    }

    /// All is written.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Sink::Text(output) => output.finish(),
            #[cfg(feature = "parquet")]
            Sink::Parquet(writer) => writer.finish()?.finish(),
        }
        Ok(())
    }
}
