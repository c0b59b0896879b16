//! `POST /heycamp/v1/invitations` — invites a person to a community.

use eduzz_types::PersonalText;
use eduzz_types::heycamp::{CommunityId, CreatedInvitations, SpaceId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::numeral::{numeral, optional_numeral};

/// Invites a person to a community (docs page `/reference/api/post-heycamp-v1-invitations`).
///
/// Which fields of the body are required is not documented; the community and the e-mail address
/// are always sent. It is not retried if it may have been carried out: a second call may send
/// another invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateInvitation {
    /// The community. The body's documentation has a number, another page a UUID; digits are sent
    /// as a number (Q128).
    #[serde(serialize_with = "numeral")]
    pub community_id: CommunityId,
    /// The e-mail address of the invited person.
    pub email: PersonalText,
    /// The space of the community.
    #[serde(serialize_with = "optional_numeral", skip_serializing_if = "Option::is_none")]
    pub space_id: Option<SpaceId>,
}

builder!(CreateInvitation {
    /// Invites the owner of this e-mail address.
    new(community_id: impl Into<CommunityId>, email: impl Into<PersonalText>);
    space_id: SpaceId,
});

impl Endpoint for CreateInvitation {
    const ROUTE: Route = Route::post("/heycamp/v1/invitations").scopes(&["heycamp_write_invitations"]);
    type Output = CreatedInvitations;

    fn describe(&self, call: &mut Call) {
        if let Some(space) = &self.space_id {
            call.require_text("space_id", space);
        }
        call.require_text("community_id", &self.community_id)
            .require_text("email", self.email.as_str())
            .json(self);
    }
}
