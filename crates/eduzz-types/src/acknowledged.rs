//! Answers that say nothing but "received".

use serde::{Deserialize, Serialize};

use crate::{ErrorCode, PersonalText};

/// The answer of a call that has nothing to tell: `{ message }`, or an empty object.
///
/// It says that the call was received. Where the service carries it out later, nothing says how it
/// went: ask for what it was to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Acknowledged {
    /// The place where Nutror's errors have their code; null in every example of a success.
    pub code: Option<ErrorCode>,
    /// A message for people, in Portuguese in the examples. It may quote what was sent, so it does
    /// not print.
    pub message: Option<PersonalText>,
}
