//! The producer's communities: members, invitations, spaces, posts, and what members write below them. All of it is invented, and
//! agrees with itself: who is there accepted an invitation, and only members write and like.

mod seed;

use super::calendar::Moment;
use super::{is_same_email, next_id};
use crate::config::Config;
use crate::random::Random;

/// Everything that HeyCamp knows.
#[derive(Debug)]
pub(crate) struct Communities {
    pub(crate) all: Vec<Community>,
    ids: Ids,
    random: Random,
}

/// The last ids that were given.
#[derive(Debug)]
struct Ids {
    member: u64,
    space: u64,
    post: u64,
    comment: u64,
    invitation: u64,
}

/// A community.
#[derive(Debug)]
pub(crate) struct Community {
    /// One of its two ids (Q128).
    pub(crate) number: u64,
    /// The other one.
    pub(crate) uuid: String,
    name: &'static str,
    pub(crate) spaces: Vec<Space>,
    /// Those who are there and those who were deleted, in the order of their coming; the first one is the owner.
    pub(crate) members: Vec<Member>,
    /// In the order of their making.
    pub(crate) invitations: Vec<Invitation>,
    /// In the order of their writing.
    pub(crate) posts: Vec<Post>,
}

/// A part of a community.
#[derive(Debug)]
pub(crate) struct Space {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) is_private: bool,
}

/// A member.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) created: Moment,
    pub(crate) deleted: Option<Moment>,
    pub(crate) referrer: Option<String>,
    pub(crate) links: Links,
}

/// Where else a member is found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    pub(crate) instagram: Option<String>,
    pub(crate) facebook: Option<String>,
    pub(crate) linkedin: Option<String>,
    pub(crate) x: Option<String>,
}

/// An invitation.
#[derive(Debug)]
pub(crate) struct Invitation {
    pub(crate) id: u64,
    pub(crate) email: String,
    /// The member who invites.
    pub(crate) by: u64,
    pub(crate) created: Moment,
    pub(crate) redeemed: Option<Moment>,
    pub(crate) url: String,
}

/// A post.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) id: u64,
    pub(crate) title: &'static str,
    pub(crate) content: String,
    pub(crate) author: u64,
    pub(crate) space: u64,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    /// The members who like it.
    pub(crate) likes: Vec<u64>,
    /// In the order of their writing.
    pub(crate) comments: Vec<Comment>,
    /// Answers to comments, in the order of their writing (Q133).
    pub(crate) replies: Vec<Comment>,
}

/// What somebody wrote below a post.
#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) text: &'static str,
    pub(crate) author: u64,
    pub(crate) created: Moment,
}

/// What is to change of a member; what is none stays as it is.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) email: Option<String>,
    pub(crate) links: Links,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// There is no such member.
    NoMember,
    /// The community has no such space.
    NoSpace,
    /// Another member of the community has this e-mail address.
    Taken,
}

impl Communities {
    /// The communities of the first application's owner, as they stand at this moment.
    pub(crate) fn new(config: &Config, now: Moment) -> Self {
        seed::communities(config, now)
    }

    /// The community that either of its ids names (Q128).
    pub(crate) fn community(&self, id: &str) -> Option<&Community> {
        self.all.iter().find(|community| community.is_called(id))
    }

    /// Who is a member of any community.
    fn member_mut(&mut self, id: &str) -> Option<(&mut Community, usize)> {
        self.all.iter_mut().find_map(|community| {
            let place = community.place(id)?;
            Some((community, place))
        })
    }

    /// Changes a member.
    pub(crate) fn change(&mut self, id: &str, change: Change) -> Result<&Member, NotDone> {
        let (community, place) = self.member_mut(id).ok_or(NotDone::NoMember)?;
        if let Some(email) = &change.email
            && community
                .there()
                .any(|member| member.is_at(email) && member.id.to_string() != id)
        {
            return Err(NotDone::Taken);
        }
        let member = community.members.get_mut(place).ok_or(NotDone::NoMember)?;
        if let Some(email) = change.email {
            member.email = email;
        }
        member.links.change(change.links);
        Ok(member)
    }

    /// Takes members out, all of them or none.
    pub(crate) fn delete(&mut self, ids: &[String], now: Moment) -> Result<(), NotDone> {
        if ids.iter().any(|id| self.member_mut(id).is_none()) {
            return Err(NotDone::NoMember);
        }
        for id in ids {
            // One that is named twice is out by now.
            if let Some((community, place)) = self.member_mut(id)
                && let Some(member) = community.members.get_mut(place)
            {
                member.deleted = Some(now);
            }
        }
        Ok(())
    }

    /// Invites somebody to a community that there is.
    pub(crate) fn invite(
        &mut self,
        community: &str,
        space: Option<&str>,
        email: &str,
        by: &str,
        now: Moment,
    ) -> Result<&Invitation, NotDone> {
        let found = self.all.iter_mut().find(|known| known.is_called(community));
        let found = found.ok_or(NotDone::NoSpace)?;
        let is_there = |id: &str| found.spaces.iter().any(|space| space.id.to_string() == id);
        if space.is_some_and(|id| !is_there(id)) {
            return Err(NotDone::NoSpace);
        }
        if found.there().any(|member| member.is_at(email)) {
            return Err(NotDone::Taken);
        }
        let owner = found.members.first();
        let by = found.there().find(|member| member.is_at(by)).or(owner);
        let invitation = Invitation {
            id: next_id(&mut self.ids.invitation),
            email: email.to_owned(),
            by: by.map_or(0, |member| member.id),
            created: now,
            redeemed: None,
            url: found.invitation_url(&mut self.random),
        };
        found.invitations.push(invitation);
        found.invitations.last().ok_or(NotDone::NoSpace)
    }
}

impl Community {
    fn is_called(&self, id: &str) -> bool {
        self.number.to_string() == id || self.uuid.eq_ignore_ascii_case(id)
    }

    /// The members who are there.
    pub(crate) fn there(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.deleted.is_none())
    }

    /// The place of a member who is there.
    fn place(&self, id: &str) -> Option<usize> {
        let is_it = |member: &Member| member.deleted.is_none() && member.id.to_string() == id;
        self.members.iter().position(is_it)
    }

    /// Who is there under this id.
    pub(crate) fn member(&self, id: &str) -> Option<&Member> {
        self.there().find(|member| member.id.to_string() == id)
    }

    /// Who wrote something; who was deleted since is still named.
    pub(crate) fn author(&self, id: u64) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    pub(crate) fn space(&self, id: u64) -> Option<&Space> {
        self.spaces.iter().find(|space| space.id == id)
    }

    pub(crate) fn post(&self, id: &str) -> Option<&Post> {
        let id: u64 = id.parse().ok()?;
        self.posts.iter().find(|post| post.id == id)
    }

    fn invitation_url(&self, random: &mut Random) -> String {
        format!("https://{}.example.com/invitations/{}", self.name, random.uuid())
    }
}

impl Member {
    /// Whether it is this member's address, whatever its case.
    fn is_at(&self, email: &str) -> bool {
        is_same_email(&self.email, email)
    }
}

impl Links {
    fn change(&mut self, new: Self) {
        let pairs = [
            (&mut self.instagram, new.instagram),
            (&mut self.facebook, new.facebook),
            (&mut self.linkedin, new.linkedin),
            (&mut self.x, new.x),
        ];
        for (link, new) in pairs {
            if new.is_some() {
                *link = new;
            }
        }
    }
}

impl Post {
    /// How many comments it has; answers to comments are not counted.
    pub(crate) fn comment_count(&self) -> u64 {
        u64::try_from(self.comments.len()).unwrap_or(u64::MAX)
    }

    pub(crate) fn like_count(&self) -> u64 {
        u64::try_from(self.likes.len()).unwrap_or(u64::MAX)
    }
}
