//! `PUT /nutror/v1/enrollments/:id/extend-access` — changes the end of an enrolment.

use alloc::collections::BTreeMap;

use eduzz_types::nutror::EnrollmentId;
use eduzz_types::{DateTime, NoContent};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes the end of an enrolment (docs page
/// `/reference/api/put-nutror-v1-enrollments-id-extend-access`).
///
/// The call has the new end, not the added days, so it can be repeated. A blocked enrolment is
/// answered with 409.
///
/// The page names the field `expiredAt` in the body and `expireAt` in an error (Q65). This sends
/// `expiredAt`; [`end_named`](Self#structfield.end_named) is for a service that expects the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExtendAccess {
    /// The enrolment.
    pub id: EnrollmentId,
    /// When the access is to end: a bare day, as in the documented example, or a moment, as the
    /// documentation calls it.
    pub expired_at: DateTime,
    /// Name of the body's field for the end.
    #[serde(default)]
    pub end_named: EndName,
}

impl ExtendAccess {
    /// Ends the access of the enrolment at this time.
    #[must_use]
    pub fn new(id: impl Into<EnrollmentId>, expired_at: impl Into<DateTime>) -> Self {
        Self {
            id: id.into(),
            expired_at: expired_at.into(),
            end_named: EndName::default(),
        }
    }

    /// Sets [`end_named`](Self#structfield.end_named).
    #[must_use]
    pub const fn end_named(mut self, end_named: EndName) -> Self {
        self.end_named = end_named;
        self
    }
}

/// Name of the field for the end of an access in the body of [`ExtendAccess`] (Q65).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum EndName {
    /// `expiredAt`, as the documented body has it.
    #[default]
    ExpiredAt,
    /// `expireAt`, as the documented error has it.
    ExpireAt,
}

impl Endpoint for ExtendAccess {
    const ROUTE: Route = Route::put("/nutror/v1/enrollments/:id/extend-access")
        .scopes(&["nutror_my_students_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        let name = match self.end_named {
            EndName::ExpiredAt => "expiredAt",
            EndName::ExpireAt => "expireAt",
        };
        call.path("id", &self.id)
            .real_moment("expired_at", &self.expired_at)
            .json(&BTreeMap::from([(name, &self.expired_at)]));
    }
}
