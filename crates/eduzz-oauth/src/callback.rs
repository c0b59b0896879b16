//! Reads the callback. Anyone can send one: nothing in it is trusted before its state matches.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use eduzz_types::{AuthorizationCode, PersonalText};
use eduzz_wire::form;

use crate::{Pending, State};

/// A longer callback is refused unread. A real one has about 200 characters.
const LONGEST: usize = 16 * 1024;

pub(crate) fn read(state: &State, callback: &str) -> Result<AuthorizationCode, CallbackErrorKind> {
    if callback.len() > LONGEST {
        return Err(CallbackErrorKind::TooLong);
    }
    let query = query_of(callback).ok_or(CallbackErrorKind::NotAQuery)?;
    let mut found = Parameters::default();
    for (name, value) in form::fields(query) {
        let place = match &*name {
            "state" => &mut found.state,
            "code" => &mut found.code,
            "error" => &mut found.error,
            "error_description" => &mut found.description,
            _ => continue,
        };
        place.add(value);
    }
    match found.state {
        Parameter::None => return Err(CallbackErrorKind::NoState),
        Parameter::Many => return Err(CallbackErrorKind::StateTwice),
        // Q1: the service sends this when the authorize call had no state; ours always has one.
        Parameter::One(text) if text == "undefined" => return Err(CallbackErrorKind::StateUndefined),
        Parameter::One(text) if !state.is(&text) => return Err(CallbackErrorKind::OtherState),
        Parameter::One(_) => {}
    }
    match (found.code, found.error) {
        (Parameter::None, Parameter::None) => Err(CallbackErrorKind::NoCode),
        (Parameter::Many, _) => Err(CallbackErrorKind::CodeTwice),
        (Parameter::One(_), Parameter::One(_) | Parameter::Many) => Err(CallbackErrorKind::CodeAndError),
        (Parameter::One(code), Parameter::None) => {
            let code = AuthorizationCode::new(code);
            if code.expose().is_empty() {
                Err(CallbackErrorKind::NoCode)
            } else {
                Ok(code)
            }
        }
        (Parameter::None, Parameter::Many) => Err(CallbackErrorKind::Failed(None)),
        (Parameter::None, Parameter::One(error)) => {
            let description = match found.description {
                Parameter::One(text) => Some(PersonalText::from(text)),
                Parameter::None | Parameter::Many => None,
            };
            Err(match error.as_str() {
                "access_denied" => CallbackErrorKind::Refused,
                _ => CallbackErrorKind::Failed(Some(Box::new(ServiceError {
                    error: error.into(),
                    description,
                }))),
            })
        }
    }
}

/// The query of a URL, or the text itself if it is a query.
fn query_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.split_once('#').map_or(text, |(before, _)| before);
    // A value may contain `?`, `/` and `:`; a URL has one of them before the first `=`.
    let name = text.split('=').next().unwrap_or(text);
    let query = match name.split_once('?') {
        Some((address, _)) => text.get(address.len() + 1..)?,
        None if name.contains(['/', ':']) => return None,
        None => text,
    };
    query.contains('=').then_some(query)
}

#[derive(Default)]
struct Parameters {
    state: Parameter,
    code: Parameter,
    error: Parameter,
    description: Parameter,
}

#[derive(Default)]
enum Parameter {
    #[default]
    None,
    One(String),
    Many,
}

impl Parameter {
    fn add(&mut self, value: String) {
        *self = match self {
            Self::None => Self::One(value),
            Self::One(_) | Self::Many => Self::Many,
        };
    }
}

/// A callback without a valid code.
#[derive(Debug)]
pub struct CallbackError {
    kind: CallbackErrorKind,
    pending: Option<Box<Pending>>,
}

/// Why a callback has no valid code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackErrorKind {
    /// Not a query.
    NotAQuery,
    /// Longer than 16 KiB.
    TooLong,
    /// No state: it does not answer a sign-in of this program.
    NoState,
    /// Two states.
    StateTwice,
    /// The state is the text `undefined`, which the service sends if it got none (Q1).
    StateUndefined,
    /// The state does not match.
    OtherState,
    /// The sign-in was begun for another application.
    OtherApp,
    /// The state matches, without a code or an error.
    NoCode,
    /// The state matches, with two codes.
    CodeTwice,
    /// The state matches, with a code and an error.
    CodeAndError,
    /// The user refused (`access_denied`). The value that the service sends is not documented.
    Refused,
    /// The service reports another error.
    Failed(Option<Box<ServiceError>>),
}

/// The error that the service reported in the callback. It does not print, since its texts may hold
/// personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// The name of the error.
    pub error: Box<str>,
    /// The explanation.
    pub description: Option<PersonalText>,
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceError(***)")
    }
}

impl CallbackErrorKind {
    /// Whether the callback is not proved to answer this sign-in, which then stays open.
    #[must_use]
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::NotAQuery
            | Self::TooLong
            | Self::NoState
            | Self::StateTwice
            | Self::StateUndefined
            | Self::OtherState
            | Self::OtherApp
            | Self::NoCode => true,
            Self::CodeTwice | Self::CodeAndError | Self::Refused | Self::Failed(_) => false,
        }
    }

    /// Whether the callback may not come from the service.
    #[must_use]
    pub fn is_forgery(&self) -> bool {
        self.leaves_open() && !matches!(self, Self::NoCode | Self::OtherApp)
    }

    const fn as_str(&self) -> &'static str {
        match self {
            Self::NotAQuery => "the callback is not a query; pass the whole URL that the browser ended on",
            Self::TooLong => "the callback is longer than any real one",
            Self::NoState => "the callback has no state: it does not answer a sign-in begun here",
            Self::StateTwice => "the callback has two states",
            Self::StateUndefined => {
                "the callback's state is `undefined`: it answers a sign-in begun without a state"
            }
            Self::OtherState => "the callback has another state: it does not answer this sign-in",
            Self::OtherApp => "the sign-in was begun for another application",
            Self::NoCode => "the callback has neither a code nor an error",
            Self::CodeTwice => "the callback has two codes; begin the sign-in again",
            Self::CodeAndError => "the callback has a code and an error; begin the sign-in again",
            Self::Refused => "the user did not authorize the application",
            Self::Failed(_) => "the service ended the sign-in with an error",
        }
    }
}

impl CallbackError {
    pub(crate) fn open(kind: CallbackErrorKind, pending: Pending) -> Self {
        Self {
            kind,
            pending: Some(Box::new(pending)),
        }
    }

    pub(crate) const fn closed(kind: CallbackErrorKind) -> Self {
        Self { kind, pending: None }
    }

    /// Why the callback gives no code.
    #[must_use]
    pub const fn kind(&self) -> &CallbackErrorKind {
        &self.kind
    }

    /// The sign-in, if the callback leaves it open.
    #[must_use]
    pub fn into_pending(self) -> Option<Pending> {
        self.pending.map(|pending| *pending)
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())
    }
}

impl core::error::Error for CallbackError {}
