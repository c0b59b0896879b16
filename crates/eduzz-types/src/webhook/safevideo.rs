//! SafeVideo: uploads and their processing.
//!
//! There is no producer and no id of the media. Only the file name identifies it, and the two
//! stages have different names: a stored name made of a UUID, and the name that was uploaded. From
//! the events alone they cannot be joined (Q120).

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::PersonalText;

/// A file is processed: the data of four events (docs pages
/// `/reference/webhook/safevideo-encoder-started` and its siblings).
///
/// | Event | The processing |
/// |---|---|
/// | `safevideo.encoder_waiting` | waits for its start |
/// | `safevideo.encoder_started` | started |
/// | `safevideo.encoder_finished` | ended |
/// | `safevideo.encoder_error` | failed: see [`status_error`](Self::status_error) |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Encoding {
    /// The stored name of the file.
    pub filename: Box<str>,
    /// The reason of a failure, for people, in Portuguese: in `safevideo.encoder_error`. It may
    /// quote anything, so it does not print.
    pub status_error: Option<PersonalText>,
}

/// A file is uploaded: the data of four events (docs pages
/// `/reference/webhook/safevideo-upload-started` and its siblings).
///
/// | Event | The upload |
/// |---|---|
/// | `safevideo.upload_started` | started |
/// | `safevideo.upload_canceled` | was cancelled |
/// | `safevideo.upload_finished` | ended well |
/// | `safevideo.upload_error` | failed: see [`error`](Self::error) |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Upload {
    /// The name of the file, as it was uploaded.
    pub filename: Box<str>,
    /// The extension of the name: `mp4`, `mp3`.
    pub format: Option<Box<str>>,
    /// Kind of media.
    #[serde(rename = "type")]
    pub kind: Option<MediaType>,
    /// The reason of a failure, for people, in Portuguese: in `safevideo.upload_error`. It may
    /// quote anything, so it does not print.
    pub error: Option<PersonalText>,
}

open_enum! {
    /// Kind of a media file.
    MediaType {
        /// A video.
        Video = "video",
        /// A sound.
        Audio = "audio",
    }
}
