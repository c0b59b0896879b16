//! `POST /blinket/v1/attendance-list/add-manually` — adds a participant by hand.

use eduzz_types::PersonalText;
use eduzz_types::blinket::{BlinketEventId, DocumentType, TicketHolder, TicketId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Adds a participant to an event, without a sale (docs page
/// `/reference/api/post-blinket-v1-attendance-list-add-manually`).
///
/// The required fields of the body are not documented: those without `Option` are assumed. A second
/// call adds another participant, so it is sent [once](eduzz_wire::Repeat::Once). It needs both
/// scopes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct AddParticipant {
    /// The event.
    pub event_id: BlinketEventId,
    /// The kind of ticket.
    pub ticket_id: TicketId,
    /// The participant's name.
    pub name: PersonalText,
    /// The participant's e-mail address.
    pub email: PersonalText,
    /// The number of the participant's document; digits in the example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<PersonalText>,
    /// Kind of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_type: Option<DocumentType>,
    /// The participant's telephone number: area code and number, without the country's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PersonalText>,
    /// Whether the ticket is taken from those that the lot still has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_stock: Option<bool>,
}

builder!(AddParticipant {
    /// Adds a participant with this name and e-mail address to the event, with this ticket.
    new(
        event_id: impl Into<BlinketEventId>,
        ticket_id: impl Into<TicketId>,
        name: impl Into<PersonalText>,
        email: impl Into<PersonalText>,
    );
    document: PersonalText,
    document_type: DocumentType,
    phone: PersonalText,
    use_stock: bool,
});

impl Endpoint for AddParticipant {
    const ROUTE: Route =
        Route::post("/blinket/v1/attendance-list/add-manually").scopes(&["blinket_read", "blinket_write"]);
    type Output = TicketHolder;

    fn describe(&self, call: &mut Call) {
        call.require_text("event_id", &self.event_id)
            .require_text("ticket_id", &self.ticket_id)
            .require_text("name", self.name.as_str())
            .require_text("email", self.email.as_str())
            .json(self);
    }
}
