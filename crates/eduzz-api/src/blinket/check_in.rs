//! `PUT /blinket/v1/attendance-list/check-in` — checks participants in, or undoes it.

use alloc::vec::Vec;

use eduzz_types::NoContent;
use eduzz_types::blinket::InviteKey;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize, Serializer};

/// Checks participants in, or undoes it (docs page
/// `/reference/api/put-blinket-v1-attendance-list-check-in`).
///
/// It causes the webhook `blinket.attendance_checkin`. A second check-in changes nothing, so it may
/// be [repeated](eduzz_wire::Repeat::Idempotent); whether it sends another webhook or changes the
/// time is not documented.
///
/// ```
/// use eduzz_api::blinket::CheckIn;
///
/// let at_the_door = CheckIn::new(["55500001", "55500002"]);
/// let by_mistake = CheckIn::undo(["55500002"]);
/// # let _ = (at_the_door, by_mistake);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckIn {
    /// Whether they are checked in; `false` undoes it.
    pub checkin: bool,
    /// The numbers of the tickets: at least one, or nothing is sent. No maximum is documented.
    #[serde(rename(serialize = "attendances"), serialize_with = "attendances")]
    pub invite_keys: Vec<InviteKey>,
}

impl CheckIn {
    /// Checks in the holders of these tickets.
    #[must_use]
    pub fn new(invite_keys: impl IntoIterator<Item = impl Into<InviteKey>>) -> Self {
        Self {
            checkin: true,
            invite_keys: invite_keys.into_iter().map(Into::into).collect(),
        }
    }

    /// Undoes the check-in of the holders of these tickets.
    #[must_use]
    pub fn undo(invite_keys: impl IntoIterator<Item = impl Into<InviteKey>>) -> Self {
        Self {
            checkin: false,
            ..Self::new(invite_keys)
        }
    }
}

impl Endpoint for CheckIn {
    const ROUTE: Route = Route::put("/blinket/v1/attendance-list/check-in")
        .scopes(&["blinket_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.require_each("invite_keys", &self.invite_keys).json(self);
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attendance<'a> {
    invite_key: &'a InviteKey,
}

fn attendances<S: Serializer>(invite_keys: &[InviteKey], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(invite_keys.iter().map(|invite_key| Attendance { invite_key }))
}
