//! `PUT /blinket/v1/attendance-list/update-by-invitekey/:id` — changes the holder of a ticket.

use eduzz_types::PersonalText;
use eduzz_types::blinket::{DocumentType, InviteKey, TicketHolder};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes the holder of a ticket, or the holder's data (docs page
/// `/reference/api/put-blinket-v1-attendance-list-update-by-invitekey-id`).
///
/// The path has the number of the ticket, not the id of the participant. Whether an omitted field
/// keeps its value is not documented (Q149): for a new holder set every field. A change without
/// fields is not sent. It needs both scopes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateParticipant {
    /// The number of the ticket (`inviteKey`).
    #[serde(skip_serializing)]
    pub id: InviteKey,
    /// The holder's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The number of the holder's document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<PersonalText>,
    /// Kind of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_type: Option<DocumentType>,
    /// The holder's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// The holder's telephone number: area code and number, without the country's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PersonalText>,
}

builder!(UpdateParticipant {
    /// Changes the holder of the ticket; set at least one field before sending.
    new(id: impl Into<InviteKey>);
    name: PersonalText,
    document: PersonalText,
    document_type: DocumentType,
    email: PersonalText,
    phone: PersonalText,
});

impl Endpoint for UpdateParticipant {
    const ROUTE: Route = Route::put("/blinket/v1/attendance-list/update-by-invitekey/:id")
        .scopes(&["blinket_read", "blinket_write"]);
    type Output = TicketHolder;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).json_change(Self::SETTABLE, self);
    }
}
