//! `eduzz safevideo`: media: list, show.

use eduzz_api::safevideo::{GetMedia, ListMedias};
use eduzz_types::safevideo::{Media, MediaSummary};

use crate::lists::{Column, Fields};

commands! {
    /// SafeVideo: vídeos | SafeVideo: videos
    Safevideo { #[command(subcommand)] Media(MediaCommand) }
}
commands! {
    /// Vídeos: lista, detalhes | Videos: list, details
    MediaCommand { List(MediaList), Show(MediaShow) }
}

record_commands! {
    /// Lista os vídeos que a API devolve; ela não diz se há mais
    /// | Lists the videos that the API answers with; it does not say whether there are more
    MediaList: ListMedias() -> MediaSummary, |records, media| records.all(&media);

    /// Mostra um vídeo inteiro | Shows a whole video
    MediaShow: GetMedia(
        /// Id do vídeo | The video's id
        id
    ) -> Media, |records, media| records.one(&media.into_inner());
}

impl Fields for MediaSummary {
    const CSV: &'static str = "id title status duration createdAt updatedAt key thumbnail";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CRIADO EM", "CREATED"),
        ("title", "VÍDEO", "VIDEO"),
        ("status", "STATUS", "STATUS"),
        ("duration", "DURAÇÃO", "DURATION"),
    ];
    const LEAVES: &'static str = "createdAt duration";
}

impl Fields for Media {
    const CSV: &'static str = "\
        id title filename description status duration order tags storage createdAt updatedAt \
        deletedAt key userId userEmail source.filename source.size source.width source.height \
        encoded.format encoded.codec encoded.size encoded.resolutions.width \
        encoded.resolutions.height";
    const TABLE: &'static [Column] = MediaSummary::TABLE;
    const LEAVES: &'static str = MediaSummary::LEAVES;
}
