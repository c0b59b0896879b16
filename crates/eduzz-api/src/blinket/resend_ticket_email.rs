//! `POST /blinket/v1/attendance-list/resend-ticket-email` — mails a ticket again.

use eduzz_types::blinket::BlinketEventId;
use eduzz_types::{NoContent, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Mails a participant the ticket to an event again (docs page
/// `/reference/api/post-blinket-v1-attendance-list-resend-ticket-email`).
///
/// A second call sends another e-mail, so it is sent [once](eduzz_wire::Repeat::Once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct ResendTicketEmail {
    /// The event.
    pub event_id: BlinketEventId,
    /// The participant's e-mail address.
    pub user_email: PersonalText,
}

builder!(ResendTicketEmail {
    /// Mails the ticket to the event to this address.
    new(event_id: impl Into<BlinketEventId>, user_email: impl Into<PersonalText>);
});

impl Endpoint for ResendTicketEmail {
    const ROUTE: Route = Route::post("/blinket/v1/attendance-list/resend-ticket-email")
        .scopes(&["blinket_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.require_text("event_id", &self.event_id)
            .require_text("user_email", self.user_email.as_str())
            .json(self);
    }
}
