//! The token that a server which others can reach asks for.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;

/// The cookie that holds the token.
const COOKIE: &str = "detente-desk";

/// The shortest token that is taken, in characters.
const SHORTEST: usize = 16;

/// Bytes of chance in a token that is made.
const BYTES: usize = 24;

/// A secret that whoever asks has to know.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes the user's own.
    ///
    /// # Errors
    ///
    /// When it is too short or holds a character that no header takes.
    pub fn given(words: &str) -> Result<Token, String> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        match words.len() >= SHORTEST && words.bytes().all(is_plain) {
            true => Ok(Token(words.to_owned())),
            false => Err(format!("a token has at least {SHORTEST} characters, all of them letters, digits or -._~")),
        }
    }

    /// Makes one by chance.
    ///
    /// # Errors
    ///
    /// When the system has no chance to give.
    pub fn made() -> Result<Token, String> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| format!("no token can be made: {error}; give one by --token"))?;
        Ok(Token(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The token itself.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not tell how much of it is right.
    fn is(&self, other: &str) -> bool {
        let differs = self.0.bytes().zip(other.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other));
        self.0.len() == other.len() && differs == 0
    }
}

/// Shows nothing of the secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// What opens the server: the token, and once a key that is exchanged for it.
#[derive(Debug)]
pub(crate) struct Gate {
    token: Token,
    key: Token,
    is_used: AtomicBool,
}

impl Gate {
    pub fn new(token: Token) -> Result<Gate, String> {
        Ok(Gate { token, key: Token::made()?, is_used: AtomicBool::new(false) })
    }

    /// The path of the link that opens the page once.
    pub fn path(&self) -> String {
        format!("/?key={}", self.key.secret())
    }

    fn is_open_to(&self, headers: &HeaderMap) -> bool {
        let word = |value: &HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
        let bearer = headers.get(header::AUTHORIZATION).map(word);
        if let Some((scheme, token)) = bearer.as_deref().and_then(|value| value.split_once(' ')) {
            return scheme.eq_ignore_ascii_case("bearer") && self.token.is(token.trim());
        }
        let cookies: Vec<String> = headers.get_all(header::COOKIE).iter().map(word).collect();
        let mut pairs = cookies.iter().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == COOKIE && self.token.is(value))
    }

    /// Tells whether a request comes by the link, which works once.
    fn takes_link(&self, request: &Request) -> bool {
        let query = request.uri().query().unwrap_or_default();
        let key = query.strip_prefix("key=").unwrap_or_default();
        request.method() == Method::GET
            && request.uri().path() == "/"
            && self.key.is(key)
            && !self.is_used.swap(true, Ordering::SeqCst)
    }
}

/// Lets through who knows the token; who comes by the link gets it as a cookie.
pub(crate) async fn token(State(gate): State<Option<Arc<Gate>>>, request: Request, next: Next) -> Response {
    let Some(gate) = gate else { return next.run(request).await };
    if gate.takes_link(&request) {
        // Lax: a link to a pair or an act that a colleague sent opens the page.
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000", gate.token.secret());
        let to_page = [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)];
        return (StatusCode::SEE_OTHER, to_page).into_response();
    }
    match gate.is_open_to(request.headers()) {
        true => next.run(request).await,
        false => {
            let message = "the token is missing or wrong; open the link that the server printed when it started (it \
                works once), or send the token in the header Authorization: Bearer TOKEN";
            let mut response = Failure::new(StatusCode::UNAUTHORIZED, message).into_response();
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_and_plain() {
        assert!(Token::given("0123456789abcdef").is_ok());
        assert!(Token::given("short").is_err());
        assert!(Token::given("0123456789abcdef;").is_err());
    }

    #[test]
    fn made_tokens_differ_and_show_nothing() {
        let (one, other) = (Token::made().unwrap(), Token::made().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.secret().len(), format!("{one:?}")), (2 * BYTES, "Token".to_owned()));
        assert!(one.is(one.secret()) && !one.is(other.secret()) && !one.is(&one.secret()[1..]));
    }
}
