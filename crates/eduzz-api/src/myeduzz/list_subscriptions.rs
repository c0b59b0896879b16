//! `GET /myeduzz/v1/subscriptions` — the subscriptions of a range of days.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::myeduzz::{Subscription, SubscriptionDateFilter};
use eduzz_types::{Date, Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the producer's subscriptions that were made, or changed, in a range of days, a page at a
/// time (docs page `/reference/api/get-myeduzz-v1-subscriptions`).
///
/// The names of its query parameters are known from an integration reference and from integrations
/// only (Q45). `SubscriptionDateFilter::Update` finds what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListSubscriptions {
    /// The first day. Plain days work; a full instant was answered with 422 (Q9).
    pub start_date: Date,
    /// The last day; whether it is part of the range is not documented.
    pub end_date: Date,
    /// The date of a subscription that the range applies to.
    pub filter_by: SubscriptionDateFilter,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of subscriptions per page. Integrations send it, but the documentation counts one
    /// parameter fewer (Q45); the documented page has 15.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListSubscriptions {
    /// Lists the subscriptions whose date, the one that `filter_by` names, is in the range.
    new(days, filter_by: impl Into<SubscriptionDateFilter>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListSubscriptions, Subscription, {
    // Deep pages of longer ranges get slow until the connection drops (Q11).
    const MAX_DAYS: Option<u32> = Some(365);
    days_of_fields!();

    fn rows_may_move(&self) -> bool {
        self.filter_by == SubscriptionDateFilter::Update
    }
});

impl Endpoint for ListSubscriptions {
    const ROUTE: Route = Route::get("/myeduzz/v1/subscriptions").scopes(&["myeduzz_subscriptions_read"]);
    type Output = Page<Subscription>;

    fn describe(&self, call: &mut Call) {
        call.days(&self.start_date, &self.end_date)
            .query("filterBy", &self.filter_by)
            .page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
