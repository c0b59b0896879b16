//! Answers that only acknowledge a call.

use serde::{Deserialize, Serialize};

use crate::{ErrorCode, PersonalText};

/// The answer of a call that returns no data: `{ message }`, or an empty object.
///
/// It means that the call was received. If the service carries it out later, it does not report the
/// result: read the changed record to see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Acknowledged {
    /// Nutror's errors have their code here; null in every example of a success.
    pub code: Option<ErrorCode>,
    /// A message for people, in Portuguese in the examples. It may quote the request and does not
    /// print.
    pub message: Option<PersonalText>,
}
