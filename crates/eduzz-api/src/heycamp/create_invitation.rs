//! `POST /heycamp/v1/invitations` — invites somebody to a community.

use eduzz_types::PersonalText;
use eduzz_types::heycamp::{CommunityId, CreatedInvitations, SpaceId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::numeral::Numeral;

/// Invites somebody to a community (docs page `/reference/api/post-heycamp-v1-invitations`).
///
/// Which fields of the body are required is not documented; the community and the e-mail address are always sent. It is never
/// repeated when it may have been carried out: twice may be two invitations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateInvitation {
    /// The community. The body's documentation has a number, another page a UUID; digits are sent as a number (Q128).
    pub community_id: CommunityId,
    /// Whom to invite: the e-mail address.
    pub email: PersonalText,
    /// To which space of the community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space_id: Option<SpaceId>,
}

impl CreateInvitation {
    /// Invites whom this e-mail address belongs to.
    #[must_use]
    pub fn new(community_id: impl Into<CommunityId>, email: impl Into<PersonalText>) -> Self {
        Self {
            community_id: community_id.into(),
            email: email.into(),
            space_id: None,
        }
    }
}

setters!(CreateInvitation { space_id: SpaceId });

impl Endpoint for CreateInvitation {
    const ROUTE: Route = Route::post("/heycamp/v1/invitations").scopes(&["heycamp_write_invitations"]);
    type Output = CreatedInvitations;

    fn describe(&self, call: &mut Call) {
        if let Some(space) = &self.space_id {
            call.require_text("space_id", space);
        }
        call.require_text("community_id", &self.community_id)
            .require_text("email", self.email.as_str())
            .json(&Body {
                community_id: Numeral(self.community_id.as_str()),
                space_id: self.space_id.as_ref().map(|id| Numeral(id.as_str())),
                email: &self.email,
            });
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    community_id: Numeral<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space_id: Option<Numeral<'a>>,
    email: &'a PersonalText,
}
