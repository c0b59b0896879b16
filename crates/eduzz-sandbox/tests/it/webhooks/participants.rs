//! Calls of Blinket that change participants send the matching events.

use std::time::Duration;

use eduzz_api::blinket::{
    AddParticipant, CheckIn, CreateTag, DeleteTag, ListEvents, ListParticipants, TagParticipants,
    UntagParticipants, UpdateParticipant,
};
use eduzz_types::blinket::EventType;
use eduzz_webhook::EVENTS;
use serde_json::{Value, json};

use super::ByHand;

impl ByHand {
    /// The one event that was sent since, and its participant.
    fn told_once(&self, event: &str) -> Value {
        let [(name, data)] = <[_; 1]>::try_from(self.told()).unwrap();
        assert_eq!(name, event);
        data["participant"].clone()
    }
}

#[tokio::test]
async fn change_of_a_participant_is_sent_once() {
    let test = ByHand::new();
    test.active(EVENTS).await;
    let client = &test.client;
    let events = ListEvents::new().kind(EventType::Presential);
    let events = client.call(&events).await.unwrap();
    let event = events.items[0].id.as_str();
    let listed = client.call(&ListParticipants::new(event)).await.unwrap().items;
    let (one, key) = (&listed[0], listed[0].invite_key.clone().unwrap());
    assert_eq!(test.told(), [], "reading sends no event");

    test.advance(Duration::from_secs(60));
    client.call(&CheckIn::new([key.as_str()])).await.unwrap();
    let told = test.told_once("blinket.attendance_checkin");
    assert_eq!(told["id"], one.id.as_str());
    assert_eq!(told["inviteKey"], key.as_str());
    assert_eq!(told["email"], one.email.as_ref().unwrap().as_str());
    assert_eq!(told["checkInAt"], "2026-11-02T12:01:00.000Z");
    assert_eq!(told["customFields"].as_object().unwrap().len(), 2);
    client.call(&CheckIn::new([key.as_str()])).await.unwrap();
    assert_eq!(test.told(), [], "it was checked in before");
    client.call(&CheckIn::undo([key.as_str()])).await.unwrap();
    // Q113
    let told = test.told_once("blinket.attendance_checkin");
    assert_eq!(told["checkInAt"], Value::Null);

    let tag = client.call(&CreateTag::new("Monitora", "#00AA55")).await.unwrap();
    assert_eq!(test.told(), [], "no participant has it");
    let (tag, id) = (tag.id.as_str(), one.id.as_str());
    client.call(&TagParticipants::new(tag, [id])).await.unwrap();
    let tags = || test.told_once("blinket.attendance_tag_changed")["tags"].clone();
    let whole = json!([{ "id": tag, "title": "Monitora", "color": "#00AA55" }]);
    assert_eq!(tags(), whole);
    client.call(&UntagParticipants::new(tag, [id])).await.unwrap();
    assert_eq!(tags(), json!([]));
    client.call(&TagParticipants::new(tag, [id])).await.unwrap();
    assert_eq!(tags(), whole);
    client.call(&DeleteTag::new(tag)).await.unwrap();
    assert_eq!(tags(), json!([]));

    let change = UpdateParticipant::new(key.as_str()).name("Lia Exemplo");
    client.call(&change.phone("11911112222")).await.unwrap();
    let told = test.told_once("blinket.attendance_edited");
    assert_eq!([&told["name"], &told["phone"]], ["Lia Exemplo", "+5511911112222"]);

    let ticket = one.ticket_id.clone().unwrap();
    let add = AddParticipant::new(event, ticket.as_str(), "Noa Exemplo", "noa@example.com");
    let added = client.call(&add).await.unwrap();
    let told = test.told_once("blinket.attendance_added");
    assert_eq!(told["id"], added.id.as_str());
    assert_eq!(told["manuallyCreated"], true);
    // A refused call sends no event.
    client.call(&CheckIn::new([key.as_str(), "1"])).await.unwrap_err();
    assert_eq!(test.told(), []);
}
