//! SafeVideo: media, and the pages that may show them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::page::filled;
use crate::scalar::optional_count;
use crate::{DateTime, ExactNumber, PersonalText};

/// A media in the list (docs page `/reference/api/get-safevideo-v1-medias`).
///
/// Only an example is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MediaSummary {
    /// Id of the media.
    pub id: MediaId,
    /// Key of the media, a UUID, with which the URL of its player ends: a person with it can
    /// presumably watch, unless the domains are restricted.
    pub key: Option<PersonalText>,
    /// Its name; in the example, the name of a file.
    pub title: Option<Box<str>>,
    /// The state of its preparation.
    pub status: Option<MediaStatus>,
    /// Its duration; the unit is not documented, and seconds fit the example (Q152).
    pub duration: Option<ExactNumber>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// Address of a small picture; the player's [key](Self::key) is a part of it.
    pub thumbnail: Option<PersonalText>,
}

/// A media with its details (docs page `/reference/api/get-safevideo-v1-medias-id`).
///
/// The page's table says which fields are nullable: `deletedAt`. It lacks the thumbnail of the
/// list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Media {
    /// Id of the media.
    pub id: MediaId,
    /// Key of the media, a UUID, with which the URL of its player ends: a person with it can
    /// presumably watch, unless the domains are restricted.
    pub key: Option<PersonalText>,
    /// Owner of the media.
    pub user_id: Option<SafeVideoUserId>,
    /// The owner's e-mail address.
    pub user_email: Option<PersonalText>,
    /// Its name.
    pub title: Option<Box<str>>,
    /// The name of the uploaded file.
    pub filename: Option<Box<str>>,
    /// The producer's description.
    pub description: Option<Box<str>>,
    /// The state of its preparation.
    pub status: Option<MediaStatus>,
    /// Its duration; the unit is not documented, and seconds fit the example (Q152).
    pub duration: Option<ExactNumber>,
    /// Its position among others.
    #[serde(default, deserialize_with = "optional_count")]
    pub order: Option<u64>,
    /// Its tags; the example has one, without a letter.
    #[serde(default, deserialize_with = "filled")]
    pub tags: Vec<Box<str>>,
    /// Where it is stored: `r2` in the example.
    pub storage: Option<Box<str>>,
    /// When it was deleted; null before (documented).
    pub deleted_at: Option<DateTime>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// The uploaded file.
    pub source: Option<MediaSource>,
    /// Its playable forms.
    #[serde(default, deserialize_with = "filled")]
    pub encoded: Vec<Encoding>,
}

open_enum! {
    /// The state of a media's preparation. Only one is known, from examples.
    MediaStatus {
        /// Judging by its name, prepared.
        Encoded = "encoded",
    }
}

/// The source file of a [`Media`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MediaSource {
    /// Its name.
    pub filename: Option<Box<str>>,
    /// Its size, in bytes.
    #[serde(default, deserialize_with = "optional_count")]
    pub size: Option<u64>,
    /// The width of the picture, in pixels.
    #[serde(default, deserialize_with = "optional_count")]
    pub width: Option<u64>,
    /// The height of the picture, in pixels.
    #[serde(default, deserialize_with = "optional_count")]
    pub height: Option<u64>,
}

/// A playable form of a [`Media`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Encoding {
    /// Its format: `hls` in the example.
    pub format: Option<Box<str>>,
    /// Its codec: `h264` in the example.
    pub codec: Option<Box<str>>,
    /// Its total size, in bytes.
    #[serde(default, deserialize_with = "optional_count")]
    pub size: Option<u64>,
    /// The available picture sizes.
    #[serde(default, deserialize_with = "filled")]
    pub resolutions: Vec<Resolution>,
}

/// A size of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Resolution {
    /// The width, in pixels.
    #[serde(default, deserialize_with = "optional_count")]
    pub width: Option<u64>,
    /// The height, in pixels.
    #[serde(default, deserialize_with = "optional_count")]
    pub height: Option<u64>,
}

/// HTML element that shows a media on a page (docs page
/// `/reference/api/get-safevideo-v1-medias-id-embed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MediaEmbed {
    /// Not a link, despite its name, but a whole HTML element `<iframe …>` (Q150). The player's key
    /// is a part of it.
    pub link: PersonalText,
}

impl MediaEmbed {
    /// The address that the element shows, from its attribute `src`, which has no quotes in the
    /// example (Q150), as it is written there; `None` if the attribute is missing.
    #[must_use]
    pub fn src(&self) -> Option<&str> {
        let html = self.link.as_str();
        let names = html.match_indices("src=").filter(|(at, _)| {
            html.get(..*at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_whitespace()))
        });
        let value = names
            .filter_map(|(at, name)| html.get(at + name.len()..))
            .next()?;
        let address = match value.chars().next()? {
            quote @ ('"' | '\'') => value.strip_prefix(quote)?.split_once(quote)?.0,
            _ => value
                .split(|c: char| c.is_ascii_whitespace() || c == '>')
                .next()?,
        };
        (!address.is_empty()).then_some(address)
    }
}

id! {
    /// Id of a media of SafeVideo, 24 hexadecimal digits; not the key of its player.
    MediaId;
    /// Id of a user of SafeVideo, 24 hexadecimal digits.
    SafeVideoUserId;
}
