//! SafeVideo: media, and the pages that may show them. No call uploads a media.

mod delete_media;
mod get_media;
mod get_media_embed;
mod list_medias;
mod remove_media_domains;
mod set_media_domains;
mod update_media;

pub use delete_media::DeleteMedia;
pub use get_media::GetMedia;
pub use get_media_embed::GetMediaEmbed;
pub use list_medias::ListMedias;
pub use remove_media_domains::RemoveMediaDomains;
pub use set_media_domains::SetMediaDomains;
pub use update_media::UpdateMedia;
