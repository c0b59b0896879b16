//! `GET /heycamp/v1/members/community/:communityId` — the members of a community.

use eduzz_types::heycamp::{CommunityId, Member, MemberStatus};
use eduzz_types::{DateTime, Page};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the members of a community, a page at a time
/// (docs page `/reference/api/get-heycamp-v1-members-community-communityId`).
///
/// It is refused with 403 for four reasons: no account at HeyCamp, a community that is not the
/// caller's, an application id that is not valid, no permission to read. How to distinguish the
/// four is not documented (Q138).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListMembers {
    /// The community.
    pub community_id: CommunityId,
    /// Only members who joined at this time or later. The form of a moment is not documented: it is
    /// sent as it is, a [`Date`](eduzz_types::Date) as a plain day (Q127).
    pub start_date: Option<DateTime>,
    /// Only members who joined until then; whether a plain day is included is not documented
    /// (Q127).
    pub end_date: Option<DateTime>,
    /// Only members with this status; the service's default is not documented.
    pub status: Option<MemberStatus>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of members per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListMembers {
    /// Lists the members of the community.
    new(community_id: impl Into<CommunityId>);
    moments,
    status: MemberStatus,
    page: u32,
    items_per_page: u32,
});

paged!(ListMembers, Member);

impl Endpoint for ListMembers {
    const ROUTE: Route =
        Route::get("/heycamp/v1/members/community/:communityId").scopes(&["heycamp_read_members"]);
    type Output = Page<Member>;

    fn describe(&self, call: &mut Call) {
        call.path("communityId", &self.community_id)
            .page(self.page, self.items_per_page)
            .moments(self.start_date.as_ref(), self.end_date.as_ref())
            .query_opt("status", self.status.as_ref());
    }
}
