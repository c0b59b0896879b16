//! Members at HeyCamp: `GET /heycamp/v1/members/community/:communityId`.

use alloc::string::String;

use eduzz_types::ReadError;
use eduzz_types::heycamp::Member;

use super::{Of, Table, fields};
use crate::mirror::record::joined;

impl Table for Of<Member> {
    fields! {
        [Text] "community_id", ":communityId", "The community, from the path of the call.",
            |member| Some(&member.parent);
        [Text] "id", "id", "The number of the member.", |member| Some(member.record.id.as_str());
        personal [Text] "name", "name", "The name.",
            |member| Some(member.record.name.as_ref()?.as_str());
        personal [Text] "email", "email", "The e-mail address.",
            |member| Some(member.record.email.as_ref()?.as_str());
        [Time] "created", "createdAt", "When the member joined.",
            |member| member.record.created_at.as_ref();
        [Text] "origin", "origin", "Where the invitation came from, such as `invitations`.",
            |member| Some(member.record.origin.as_ref()?.as_str());
        personal [Text] "referrer_url", "referrerUrl",
            "The address of the single sign-on that the member is linked to.",
            |member| Some(member.record.referrer_url.as_ref()?.as_str());
        personal [Text] "social_medias_instagram", "socialMedias.instagram", "The page at Instagram.",
            |member| Some(member.record.social_medias.as_ref()?.instagram.as_ref()?.as_str());
        personal [Text] "social_medias_facebook", "socialMedias.facebook", "The page at Facebook.",
            |member| Some(member.record.social_medias.as_ref()?.facebook.as_ref()?.as_str());
        personal [Text] "social_medias_linkedin", "socialMedias.linkedin", "The page at LinkedIn.",
            |member| Some(member.record.social_medias.as_ref()?.linkedin.as_ref()?.as_str());
        personal [Text] "social_medias_x", "socialMedias.x", "The page at X.",
            |member| Some(member.record.social_medias.as_ref()?.x.as_ref()?.as_str());
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        Self::owned(parent, json)
    }

    fn key(&self) -> String {
        joined(&self.parent, self.record.id.as_str())
    }
}
