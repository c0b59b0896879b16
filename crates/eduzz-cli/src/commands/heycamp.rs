//! `eduzz heycamp`: members: list.

use clap::Args;
use eduzz_api::heycamp::ListMembers;
use eduzz_types::heycamp::{Member, MemberStatus};

use crate::cli::{FILTERS, filled};
use crate::failure::Failure;
use crate::lists::{AnyDays, Column, Fields, ListOptions, Listed, Request, list_help};
use crate::output::Output;

commands! {
    /// HeyCamp: membros | HeyCamp: members
    Heycamp { #[command(subcommand)] Members(Members) }
}
commands! {
    /// Membros de uma comunidade | Members of a community
    Members { List(MembersList) }
}

/// Lista os membros de uma comunidade | Lists the members of a community
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS, after_help = list_help::<Member>())]
pub(crate) struct MembersList {
    /// Id da comunidade, um número ou UUID (no sandbox, 3001); a API não os lista
    /// | The community's id, a number or UUID (in the sandbox, 3001); the API does not list them
    #[arg(value_name = "COMUNIDADE | COMMUNITY", required_unless_present = "resume")]
    community: Option<String>,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    days: AnyDays,
    /// Só com este status: active ou deleted | Only with this status: active or deleted
    #[arg(long, value_parser = filled::<MemberStatus>)]
    status: Option<MemberStatus>,
}

impl MembersList {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let request = || {
            let mut call = ListMembers::new(self.community.unwrap_or_default());
            (call.start_date, call.end_date) = self.days.ends(output.lang)?;
            call.status = self.status;
            Ok(Request::of(call))
        };
        self.list.run(output, request).await
    }
}

// How the service reads the days is not documented (Q127), so they are not sliced.
impl Listed for ListMembers {
    const COMMAND: &'static str = "heycamp members list";
}

impl Fields for Member {
    const CSV: &'static str = "\
        id name email createdAt deletedAt origin referrerUrl socialMedias.instagram \
        socialMedias.facebook socialMedias.linkedin socialMedias.x";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "ENTROU EM", "JOINED"),
        ("deletedAt", "EXCLUÍDO EM", "DELETED"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
    ];
}
