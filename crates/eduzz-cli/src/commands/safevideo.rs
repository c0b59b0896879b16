//! `eduzz safevideo`: media: list, show.

use clap::Args;
use eduzz_api::safevideo::{GetMedia, ListMedias};
use eduzz_types::safevideo::{Media, MediaSummary};

use crate::failure::Failure;
use crate::lists::{Column, Fields, RecordOptions, record_help};
use crate::output::Output;

commands! {
    /// SafeVideo: vídeos | SafeVideo: videos
    Safevideo { #[command(subcommand)] Media(MediaCommand) }
}
commands! {
    /// Vídeos: lista, detalhes | Videos: list, details
    MediaCommand { List(MediaList), Show(MediaShow) }
}

/// Lista os vídeos que a API devolve; ela não diz se há mais
/// | Lists the videos that the API answers with; it does not say whether there are more
#[derive(Debug, Args)]
#[command(after_help = record_help::<MediaSummary>())]
pub(crate) struct MediaList {
    #[command(flatten)]
    options: RecordOptions,
}

impl MediaList {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let (records, media) = self.options.fetch(output, &ListMedias::new()).await?;
        records.all(&media)
    }
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
}

/// Mostra um vídeo inteiro | Shows a whole video
#[derive(Debug, Args)]
#[command(after_help = record_help::<Media>())]
pub(crate) struct MediaShow {
    /// Id do vídeo | The video's id
    id: String,
    #[command(flatten)]
    options: RecordOptions,
}

impl MediaShow {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let (records, media) = self.options.fetch(output, &GetMedia::new(self.id)).await?;
        records.one(&media.into_inner())
    }
}

impl Fields for Media {
    const CSV: &'static str = "\
        id title filename description status duration order tags storage createdAt updatedAt \
        deletedAt key userId userEmail source.filename source.size source.width source.height \
        encoded.format encoded.codec encoded.size encoded.resolutions.width \
        encoded.resolutions.height";
    const TABLE: &'static [Column] = MediaSummary::TABLE;
}
