//! Properties of every event of a webhook, checked on its fixture folder.

use std::fmt::Debug;

use eduzz_fixtures::EventFixture;
use eduzz_types::webhook::Envelope;
use eduzz_wire::read_json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{canary, json, meta, model};

/// The texts that `Debug` may show, by key or by parent and key: they describe a thing, not a
/// person. Every other text of an event is masked.
const ABOUT_THINGS: &[&str] = &[
    "attemptDate",
    "batch/name",
    "batches/name",
    "billingType",
    "checkInAt",
    "color",
    "content/title",
    "contentId",
    "coupon/key",
    "course/name",
    "course/title",
    "courses/title",
    "createdAt",
    "currency",
    "currentDue",
    "deliveries",
    "details",
    "document/type",
    "dueDate",
    "durationType",
    "endSalesAt",
    "event",
    "event/name",
    "failReason",
    "failReasonMessage",
    "filename",
    "finalDue",
    "finishedAt",
    "finishesAt",
    "format",
    "hash",
    "id",
    "inviteKey",
    "invoiceId",
    "items/name",
    "lastDue",
    "lastStep",
    "lesson/name",
    "lesson/title",
    "limitDate",
    "locale",
    "mainSaleId",
    "method",
    "module/name",
    "module/title",
    "nextDue",
    "offer/name",
    "paidAt",
    "parentId",
    "partnerId",
    "paymentMethod",
    "plan/name",
    "producerId",
    "productId",
    "products/name",
    "reason",
    "refundedAt",
    "sentDate",
    "skuReference",
    "startRecoveringAt",
    "startSalesAt",
    "startsAt",
    "status",
    "tags",
    "tags/title",
    "team/name",
    "ticket/name",
    "tickets/name",
    "transactionId",
    "type",
    "updatedAt",
    "utm/campaign",
    "utm/content",
    "utm/medium",
    "utm/source",
    "utm/term",
    "utmCampaign",
    "utmContent",
    "utmMedium",
    "utmSource",
];

/// Runs every property for an event, over every body of its folder.
///
/// # Panics
///
/// A property does not hold.
pub fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(origin: &str, event: &str) {
    let fixture = fixture(origin, event);
    let meta = meta::read(fixture.meta);
    for body in fixture.bodies {
        let name = format!("{origin}/{event}/{}", body.name);
        let notes = meta.notes(body.name);
        if notes.broken {
            assert!(read_json::<Envelope<T>>(body.bytes).is_err(), "{name}");
            continue;
        }
        model::check::<Envelope<T>>(&name, body.bytes, notes);
        // A receiver reads the data alone.
        let data = serde_json::from_slice::<Value>(body.bytes).expect("JSON")["data"].to_string();
        model::skips_invalid_utf8_where_unread::<T>(&name, data.as_bytes());
        names_its_event::<T>(&name, body.bytes, fixture);
        survives_wrong_kinds::<T>(body.bytes);
        debug_masks_people::<T>(&name, body.bytes);
    }
}

/// JSON pointers, within the data, of the fields that a delivery of the event cannot be read
/// without.
///
/// # Panics
///
/// A field is required in one place of a fixture and optional in another.
#[must_use]
pub fn required<T: DeserializeOwned>(origin: &str, event: &str) -> Vec<String> {
    let fixture = fixture(origin, event);
    let meta = meta::read(fixture.meta);
    let valid = fixture.bodies.iter().filter(|body| !meta.notes(body.name).broken);
    let required = model::required::<Envelope<T>>(event, valid.map(|body| body.bytes));
    let within = |pointer: &String| pointer.strip_prefix("/data/").map(str::to_owned);
    required.iter().filter_map(within).collect()
}

fn fixture(origin: &str, event: &str) -> &'static EventFixture {
    eduzz_fixtures::find_event(origin, event)
        .unwrap_or_else(|| panic!("{origin}/{event} has no fixture folder"))
}

/// The body names the folder's event, with its origin or, as in some documented examples, without.
fn names_its_event<T: DeserializeOwned>(name: &str, body: &[u8], fixture: &EventFixture) {
    let envelope: Envelope<T> = serde_json::from_slice(body).expect("it was read before");
    let written = envelope.event.strip_prefix(fixture.origin);
    let bare = written.and_then(|rest| rest.strip_prefix('.'));
    assert_eq!(
        bare.unwrap_or(&envelope.event),
        fixture.event,
        "{name}: is the event of its folder"
    );
}

/// A place of the wrong kind gives a value or an error that shows no data; it never panics.
fn survives_wrong_kinds<T: DeserializeOwned + Debug>(body: &[u8]) {
    for changed in model::with_wrong_kinds::<Envelope<T>>(body) {
        match read_json::<Envelope<T>>(changed.as_bytes()) {
            Ok(envelope) => drop(format!("{envelope:?}")),
            Err(error) => canary::error_is_clean(&error),
        }
    }
}

/// `Debug` shows a person's data in no place but those about things.
fn debug_masks_people<T: DeserializeOwned + Debug>(name: &str, body: &[u8]) {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    for pointer in json::places(&body) {
        let planted = json::with(&body, &pointer, canary::PERSONAL.into());
        let Ok(envelope) = serde_json::from_value::<Envelope<T>>(planted) else {
            continue;
        };
        assert!(
            is_about_a_thing(&pointer) || canary::is_absent(&format!("{envelope:?} {envelope:#?}")),
            "{name}: Debug shows the text at {pointer}; mask it, or add it to `ABOUT_THINGS` if it describes a thing"
        );
    }
}

fn is_about_a_thing(pointer: &str) -> bool {
    let mut keys = pointer
        .rsplit('/')
        .filter(|key| !key.is_empty() && !key.bytes().all(|byte| byte.is_ascii_digit()));
    let key = keys.next().unwrap_or_default();
    let below = format!("{}/{key}", keys.next().unwrap_or_default());
    ABOUT_THINGS.contains(&key) || ABOUT_THINGS.contains(&below.as_str())
}
