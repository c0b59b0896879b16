//! Properties of every event of a webhook, checked on its fixture folder.

use std::collections::BTreeSet;
use std::fmt::Debug;

use eduzz_fixtures::EventFixture;
use eduzz_types::webhook::Envelope;
use eduzz_types::{LeftOut, Partial, read_partial};
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
    "previousDue",
    "producer/eduzzId",
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
        keeps_the_event::<T>(&name, &data);
        survives_wrong_kinds::<T>(body.bytes);
        debug_masks_people::<T>(&name, body.bytes);
    }
}

/// JSON pointers, within the data, of the fields that a delivery of the event cannot be read
/// without: its subject.
#[must_use]
pub fn required<T: DeserializeOwned>(origin: &str, event: &str) -> Vec<String> {
    let fixture = fixture(origin, event);
    let meta = meta::read(fixture.meta);
    let mut required = BTreeSet::new();
    for body in fixture.bodies.iter().filter(|body| !meta.notes(body.name).broken) {
        let data = serde_json::from_slice::<Value>(body.bytes).expect("JSON")["data"].take();
        required.extend(
            subject::<T>(&data)
                .iter()
                .map(|pointer| model::generic(pointer)[1..].to_owned()),
        );
    }
    required.into_iter().collect()
}

/// JSON pointers of the fields without which the data cannot be read.
fn subject<T: DeserializeOwned>(data: &Value) -> BTreeSet<String> {
    let is_lost = |pointer: &String| {
        json::without(data, pointer)
            .is_some_and(|data| read_partial::<T>(data.to_string().as_bytes()).is_err())
    };
    json::places(data).into_iter().filter(is_lost).collect()
}

/// No form of a member loses the event, unless the member is its subject: not null, not a number,
/// not an empty text, not one record in place of a list, not a list in place of a record. A part
/// that is not in the value is reported.
fn keeps_the_event<T: Serialize + DeserializeOwned>(name: &str, data: &str) {
    let data: Value = serde_json::from_str(data).expect("JSON");
    let subject = subject::<T>(&data);
    let whole: T = serde_json::from_value(data.clone()).expect("it was read before");
    // Without the members that the model has no field for.
    let whole = serde_json::to_value(&whole).expect("a value that was read can be written");
    for pointer in json::places(&data)
        .into_iter()
        .filter(|pointer| !subject.contains(pointer))
    {
        let before = data.pointer(&pointer).expect("a place");
        let mut forms = vec![Value::Null, 14.into(), "".into()];
        forms.extend((!before.is_null()).then(|| Value::Array(vec![before.clone()])));
        forms.extend(before.as_array().and_then(|list| list.first()).cloned());
        for form in forms {
            let changed = json::with(&data, &pointer, form.clone());
            let Partial { value, left_out, .. } = read_partial::<T>(changed.to_string().as_bytes())
                .unwrap_or_else(|error| panic!("{name}: {form} at {pointer} loses the event: {error}"));
            let written = serde_json::to_value(&value).expect("a value that was read can be written");
            let is_kept = written
                .pointer(&pointer)
                .is_some_and(|written| is_same(written, &form));
            assert!(
                is_kept
                    || form.is_null()
                    || is_below(&left_out, &pointer)
                    || whole.pointer(&pointer).is_none(),
                "{name}: {form} at {pointer} is neither kept nor reported: {left_out:?}"
            );
        }
    }
}

/// Whether a reported part is at the pointer, around it, or below it.
fn is_below(left_out: &[LeftOut], pointer: &str) -> bool {
    left_out
        .iter()
        .any(|part| pointer.starts_with(&part.path) || part.path.starts_with(pointer))
}

/// Whether a value was written as it came: a number may be its text, one record a list of it.
fn is_same(written: &Value, form: &Value) -> bool {
    let as_text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    written == form
        || (form.is_number() && as_text(written) == as_text(form))
        || written
            .as_array()
            .is_some_and(|list| list.len() == 1 && is_same(&list[0], form))
        || form
            .as_object()
            .is_some_and(|_| written.is_object() || written.is_array())
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
