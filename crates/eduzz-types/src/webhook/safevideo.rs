//! SafeVideo: uploads and their encoding.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

/// The data of `safevideo.encoder_started`: the encoding of a video began (docs page
/// `/reference/webhook/safevideo-encoder-started`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EncoderStarted {
    /// The name of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Box<str>>,
}
