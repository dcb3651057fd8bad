//! `detente serve`: a ledger in the browser.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use detente_serve::{Bound, Desk, Settings, Token, serve};

use crate::{Options, Outcome, pipeline};

/// Open a ledger in the browser: its relations, the words that prove each act, and a JSON API
///
/// The page and all data stay on this machine: the server listens on 127.0.0.1 unless --listen says otherwise, and then
/// asks for a token. It serves until Ctrl-C. A ledger that is not there is made.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7440")]
    listen: SocketAddr,
    /// The token to ask for [default: none on 127.0.0.1; else one is made and printed]
    #[arg(long, value_name = "TOKEN", env = "DETENTE_TOKEN", hide_env_values = true, value_parser = Token::given)]
    token: Option<Token>,
    /// A name besides localhost by which the server may be asked, for instance behind a proxy
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

/// Serves the ledger until it is told to stop.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = detente_builtin::coder(options.lexicon.as_deref())?;
    let vintage = pipeline::vintage(coder.lexicon());
    let desk = Desk::open(&arguments.ledger, coder, vintage)?;
    let settings = Settings { listen: arguments.listen, token: arguments.token, hosts: arguments.host };
    // Who listened may have gone: the server serves all the same.
    serve(desk, settings, |bound| drop(std::io::stderr().write_all(told(bound).as_bytes())))?;
    Ok(Outcome::Whole)
}

/// What the user is told once the server listens.
fn told(bound: &Bound) -> String {
    match &bound.token {
        None => format!("detente: serving at {}  (Ctrl-C ends it)\n", bound.link),
        Some(token) => format!(
            "detente: serving on {}  (Ctrl-C ends it)\n  open once: {}\n  for programs: Authorization: Bearer {}\n",
            bound.address,
            bound.link,
            token.secret()
        ),
    }
}
