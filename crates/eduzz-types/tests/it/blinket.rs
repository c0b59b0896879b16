//! Blinket: facts beyond the generic properties.

use eduzz_types::blinket::{BuyLimit, Event, Geolocation, Participant, Ticket, TicketHolder};
use eduzz_types::{ExactNumber, PersonalText};
use serde_json::json;

use crate::{cases, read};

#[test]
fn coordinate_is_exact_and_kept_as_written() {
    for (written, exact) in [
        (json!("-23.52914000000123"), Some("-23.52914000000123")),
        (json!(-23.529), Some("-23.529")),
        (json!(-47), Some("-47")),
        // A value that is not a number does not lose the event.
        (json!(""), None),
        (json!("não informado"), None),
    ] {
        let place: Geolocation = serde_json::from_value(json!({ "latitude": written })).unwrap();
        let latitude = place.latitude.unwrap();
        let degrees = latitude.degrees().map(|ExactNumber(degrees)| degrees.to_string());
        assert_eq!(degrees.as_deref(), exact, "{written}");
        assert_eq!(latitude.as_str(), written.to_string().trim_matches('"'));
    }
    assert!(serde_json::from_value::<Geolocation>(json!({ "latitude": [] })).is_err());
}

#[test]
fn buy_limit_reads_number_and_boolean() {
    let limit = |limit| {
        let ticket = json!({ "id": "1", "buyLimit": limit });
        serde_json::from_value::<Ticket>(ticket).unwrap().buy_limit
    };
    assert_eq!(limit(json!(4)), Some(BuyLimit::Tickets(4)));
    assert_eq!(limit(json!(true)), Some(BuyLimit::Flag(true)));
    assert_eq!(limit(json!(null)), None);
}

#[test]
fn missing_tickets_differ_from_empty_tickets() {
    let tickets = |body| serde_json::from_value::<Event>(body).unwrap().tickets;
    assert_eq!(tickets(json!({ "id": "1", "title": "x" })), None);
    let none = tickets(json!({ "id": "1", "title": "x", "tickets": [] }));
    assert_eq!(none, Some(Vec::new()));
}

#[test]
fn participant_dates_without_zone_are_not_moments() {
    let body = json!({ "id": "1", "checkinDate": "2026-09-12 08:41:07" });
    let checked_in = serde_json::from_value::<Participant>(body)
        .unwrap()
        .checkin_date
        .unwrap();
    assert!(checked_in.timestamp().is_err());
    let parts = checked_in.civil().unwrap();
    assert_eq!((parts.day, parts.hour, parts.second), (12, 8, 7));
}

#[test]
fn phone_reads_from_either_name() {
    let bodies = json!([
        { "id": "1", "phoneNumber": "11900000001" },
        { "id": "1", "phone": "11900000002" },
        { "id": "1", "phoneNumber": "11900000001", "phone": "11900000002" },
        { "id": "1" },
        { "id": "1", "phone": 11900000003_u64 },
    ]);
    let ends = [Some("1"), Some("2"), Some("2"), None, Some("3")];
    for (body, end) in cases(bodies).zip(ends) {
        let holder: TicketHolder = read(body);
        let telephone = end.map(|end| format!("1190000000{end}"));
        assert_eq!(holder.telephone().map(PersonalText::as_str), telephone.as_deref());
    }
}

#[test]
fn address_digits_read_from_numbers() {
    let body = json!({ "id": "1", "title": "x", "address": { "number": 120, "zip": 80_000_000 } });
    let address = serde_json::from_value::<Event>(body).unwrap().address.unwrap();
    assert_eq!(address.number.as_ref().map(PersonalText::as_str), Some("120"));
    assert_eq!(address.zip.as_ref().map(PersonalText::as_str), Some("80000000"));
}

#[test]
fn unknown_buy_limit_is_kept() {
    for limit in cases(json!([4, "4", true, -1, "none", { "per": "person" }])) {
        let body = json!({ "id": "1", "lots": [], "buyLimit": limit });
        let ticket: Ticket = read(body.clone());
        let tickets = limit.to_string().trim_matches('"').parse().ok();
        assert_eq!(ticket.buy_limit.as_ref().unwrap().tickets(), tickets, "{limit}");
        if limit != json!("4") {
            assert_eq!(crate::written(&ticket), body);
        }
    }
}
