//! Participants at Blinket: `GET /blinket/v1/attendance-list/by-event/:id`.
//!
//! A row without `id` is unreadable: the number of its ticket could stand for it, but the calls
//! that name a participant take only the id.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::ReadError;
use eduzz_types::blinket::{Participant, ParticipantStatus};

use super::{Of, Table, fields};

impl Table for Of<Participant> {
    fields! {
        [Text] "event_id", ":id", "The event, from the path of the call.", |one| Some(&one.parent);
        [Text] "id", "id", "The id of the participant.", |one| Some(one.record.id.as_str());
        personal [Text] "name", "name", "The holder's name.",
            |one| Some(one.record.name.as_ref()?.as_str());
        personal [Text] "email", "email", "The holder's e-mail address.",
            |one| Some(one.record.email.as_ref()?.as_str());
        personal [Text] "document", "document", "The number of the holder's document.",
            |one| Some(one.record.document.as_ref()?.as_str());
        [Text] "document_type", "documentType", "The kind of the document, such as `cpf`.",
            |one| Some(one.record.document_type.as_ref()?.as_str());
        personal [Text] "phone", "phone", "The holder's telephone number.",
            |one| Some(one.record.phone.as_ref()?.as_str());
        [Text] "invite_key", "inviteKey",
            "The number of the ticket, by which webhooks can name the participant.",
            |one| Some(one.record.invite_key.as_ref()?.as_str());
        [Text] "status", "status", "The status; only `presence_confirmed` was seen.", Self::status;
        [Text] "status_description", "statusDescription", "The status as a label in Portuguese.",
            |one| one.record.status_description.as_deref();
        [Text] "ticket_id", "ticketId", "The kind of ticket.",
            |one| Some(one.record.ticket_id.as_ref()?.as_str());
        [Text] "ticket_name", "ticketName", "The name of the kind of ticket.",
            |one| one.record.ticket_name.as_deref();
        [Time] "checkin", "checkinDate", "When the holder was checked in, without a time zone (Q144).",
            |one| one.record.checkin_date.as_ref();
        [Flag] "manually_created", "manuallyCreated", "Whether the producer added the participant.",
            |one| one.record.manually_created;
        [Flag] "from_squeeze", "fromSqueeze", "The meaning is not documented.",
            |one| one.record.from_squeeze;
        customer [Text] "eduzz_id", "eduzzId", "The holder's number at Eduzz.",
            |one| Some(one.record.eduzz_id.as_ref()?.as_str());
        [Text] "first_eduzz_id", "firstEduzzId", "The number at Eduzz of the ticket's first holder.",
            |one| Some(one.record.first_eduzz_id.as_ref()?.as_str());
        [Text] "invoice_id", "invoiceId", "The invoice of MyEduzz by which the ticket was bought.",
            |one| Some(one.record.invoice_id.as_ref()?.as_str());
        [Time] "created", "createdAt", "When the participant was made, without a time zone (Q144).",
            |one| one.record.created_at.as_ref();
        [Time] "modified", "modifiedAt", "When it last changed, without a time zone (Q144).",
            |one| one.record.modified_at.as_ref();
        personal [Text] "invoice_customer_name", "invoiceCustomerName", "The buyer's name.",
            |one| Some(one.record.invoice_customer_name.as_ref()?.as_str());
        personal [Text] "invoice_customer_email", "invoiceCustomerEmail", "The buyer's e-mail address.",
            |one| Some(one.record.invoice_customer_email.as_ref()?.as_str());
        [Text] "invoice_customer_eduzz_id", "invoiceCustomerEduzzId", "The buyer's number at Eduzz.",
            |one| Some(one.record.invoice_customer_eduzz_id.as_ref()?.as_str());
        personal [Text] "invoice_customer_document", "invoiceCustomerDocument",
            "The number of the buyer's document.",
            |one| Some(one.record.invoice_customer_document.as_ref()?.as_str());
        [Time] "invoice_created", "invoiceCreatedAt",
            "When the invoice was made, without a time zone (Q144).",
            |one| one.record.invoice_created_at.as_ref();
        [Time] "invoice_paid", "invoicePaidAt", "When it was paid, without a time zone (Q144).",
            |one| one.record.invoice_paid_at.as_ref();
        [Decimal] "invoice_amount", "invoiceAmount",
            "The total of the invoice; the service names no currency (Q143).",
            |one| Some(one.record.invoice_amount?.0);
        [Int] "tags", "tags[]", "How many tags the participant has; `raw` has their titles.",
            |one| i64::try_from(one.record.tags.len()).ok();
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        Self::owned(parent, json)
    }

    fn key(&self) -> String {
        self.record.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        self.record.status.as_ref().map(ParticipantStatus::as_str)
    }
}
