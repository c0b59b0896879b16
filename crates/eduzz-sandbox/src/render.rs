//! The JSON of the state, as the API and the webhooks write it.

pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod financial;
pub(crate) mod json;
pub(crate) mod lists;
pub(crate) mod products;
pub(crate) mod sales;
pub(crate) mod subscriptions;

use self::json::Json;
use crate::state::shop::Shop;
use crate::world::WorldKind;

/// A row with the members that were changed silently.
fn patched(shop: &Shop, kind: WorldKind, id: u64, json: Json) -> Json {
    patched_text(shop, kind, || id.to_string(), json)
}

fn patched_text(shop: &Shop, kind: WorldKind, id: impl FnOnce() -> String, json: Json) -> Json {
    match shop.patch(kind, id) {
        None => json,
        Some(patch) => json.changed(patch),
    }
}
