//! The fields of what Blinket has.

use eduzz_api::blinket::{ListEvents, ListParticipants};
use eduzz_types::blinket::{Event, Participant};

use crate::lang::Lang;
use crate::lists::{Fields, Heading, Listed};

// Which date of an event the days are of is not documented (Q147), so they are not cut into slices.
impl Listed for ListEvents {
    const COMMAND: &'static str = "blinket events list";
}

impl Listed for ListParticipants {
    const COMMAND: &'static str = "blinket participants list";
}

impl Fields for Event {
    const CSV: &'static [&'static str] = &[
        "id",
        "type",
        "title",
        "startAt",
        "endAt",
        "createdAt",
        "modifiedAt",
        "isLive",
        "streamUrl",
        "saleUrl",
        "address.place",
        "address.street",
        "address.number",
        "address.complement",
        "address.district",
        "address.city",
        "address.state",
        "address.country",
        "address.zip",
        "address.reference",
        "address.geolocation.latitude",
        "address.geolocation.longitude",
        "address.mapUrl",
        "reserveTime",
        "activePrecheckout",
        "transmissionLinks",
        "files",
        "imageUrl",
        "userId",
        "description",
        "tickets.id",
        "tickets.name",
        "tickets.lots.id",
        "tickets.lots.value",
        "tickets.lots.quantity",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("startAt", Lang::column_starts),
        ("endAt", Lang::column_ends),
        ("type", Lang::column_type),
        ("title", Lang::column_event),
        ("address.city", Lang::column_city),
    ];
}

impl Fields for Participant {
    const CSV: &'static [&'static str] = &[
        "id",
        "inviteKey",
        "name",
        "email",
        "document",
        "documentType",
        "phone",
        "status",
        "statusDescription",
        "ticketId",
        "ticketName",
        "checkinDate",
        "tags",
        "manuallyCreated",
        "fromSqueeze",
        "eduzzId",
        "firstEduzzId",
        "eventId",
        "createdAt",
        "modifiedAt",
        "invoiceId",
        "invoiceAmount",
        "invoiceCreatedAt",
        "invoicePaidAt",
        "invoiceCustomerName",
        "invoiceCustomerEmail",
        "invoiceCustomerEduzzId",
        "invoiceCustomerDocument",
        // The questions differ from event to event: all answers in one cell, as JSON.
        "customFields",
    ];
    const TABLE: &'static [Heading] = &[
        ("inviteKey", Lang::column_ticket),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
        ("ticketName", Lang::column_kind_of_ticket),
        ("checkinDate", Lang::column_checked_in),
        ("tags", Lang::column_tags),
        ("id", Lang::column_id),
    ];
}
