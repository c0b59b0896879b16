//! Events at Blinket: `GET /blinket/v1/events`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::DateTime;
use eduzz_types::blinket::Event;

use super::{Table, fields, int};

impl Table for Event {
    fields! {
        [Text] "id", "id", "The id of the event.", |event| Some(event.id.as_str());
        [Text] "user_id", "userId", "The owner of the event at Blinket.",
            |event| Some(event.user_id.as_ref()?.as_str());
        [Text] "type", "type", "The kind: `presential`, `online` or `live`.",
            |event| Some(event.kind.as_ref()?.as_str());
        [Text] "title", "title", "The name.", |event| Some(&event.title);
        [Text] "description", "description", "The producer's description.",
            |event| event.description.as_deref();
        [Text] "sale_url", "saleUrl", "Its part of the address where the tickets are sold (Q140).",
            |event| event.sale_url.as_deref();
        [Int] "reserve_time", "reserveTime", "How many minutes a ticket stays reserved.",
            |event| int(event.reserve_time);
        [Flag] "is_live", "isLive", "Whether it is live.", |event| event.is_live;
        [Text] "image_url", "imageUrl", "The address of its picture.",
            |event| event.image_url.as_deref();
        [Time] "start", "startAt", "When it begins.", |event| event.start_at.as_ref();
        [Time] "end", "endAt", "When it ends.", |event| event.end_at.as_ref();
        [Time] "created", "createdAt", "When it was made.", |event| event.created_at.as_ref();
        [Time] "modified", "modifiedAt", "When it last changed.", |event| event.modified_at.as_ref();
        personal [Text] "address_place", "address.place", "The name of the place.",
            |event| Some(event.address.as_ref()?.place.as_ref()?.as_str());
        [Text] "address_city", "address.city", "The city.",
            |event| event.address.as_ref()?.city.as_deref();
        [Text] "address_state", "address.state", "The state.",
            |event| event.address.as_ref()?.state.as_deref();
        [Text] "address_country", "address.country", "The country, a free text.",
            |event| event.address.as_ref()?.country.as_deref();
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn updated(&self) -> Option<&DateTime> {
        self.modified_at.as_ref()
    }
}
