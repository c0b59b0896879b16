//! `DELETE /heycamp/v1/members/bulk` — removes many members at once.

use alloc::vec;

use eduzz_types::{Acknowledged, FreeForm};
use eduzz_wire::{Call, Endpoint, Repeat, Route};
use serde::{Deserialize, Serialize};

/// Removes many members at once (docs page `/reference/api/delete-heycamp-v1-members-bulk`).
///
/// The published description of this call has lost its body (Q130), so its form is not known: the
/// caller supplies the whole body. [`DeleteMember`](super::DeleteMember) is documented.
///
/// A body is sent only if it has a list, and if no list in it is empty or has null, a blank text,
/// or a record of only such values. This is a rule of the SDK, not the service's: it prevents a
/// mistake from deleting the wrong members. If the service requires another form, use
/// [`RawCall`](eduzz_wire::RawCall).
///
/// The service answers at once, deletes later, and writes an e-mail when it is done: it is sent
/// [once](Repeat::Once), though it is a `DELETE` (Q136).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteMembers {
    /// The whole body, a JSON value. It may name people, so it does not print.
    pub body: FreeForm,
}

builder!(DeleteMembers {
    /// Sends this body.
    new(body: impl Into<FreeForm>);
});

impl Endpoint for DeleteMembers {
    const ROUTE: Route = Route::delete("/heycamp/v1/members/bulk")
        .scopes(&["heycamp_write_members"])
        .repeat(Repeat::Once)
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.require("body", names_a_member(&self.body)).json(&self.body);
    }
}

/// Whether the body has a list, and at no depth an empty list or one with a blank element.
fn names_a_member(body: &FreeForm) -> bool {
    let mut lists = 0_usize;
    let mut rest = vec![body.as_value()];
    while let Some(value) = rest.pop() {
        if let Some(items) = value.as_array() {
            let is_whole = items.iter().all(|item| {
                // It has a value besides null, blank texts, and objects of these.
                let mut parts = vec![item];
                while let Some(part) = parts.pop() {
                    match part.as_object() {
                        Some(fields) => parts.extend(fields.values()),
                        None if part.is_null() => {}
                        None if part.as_str().is_some_and(|text| text.trim().is_empty()) => {}
                        None => return true,
                    }
                }
                false
            });
            if items.is_empty() || !is_whole {
                return false;
            }
            lists += 1;
            rest.extend(items);
        } else if let Some(fields) = value.as_object() {
            rest.extend(fields.values());
        }
    }
    lists > 0
}
