//! `eduzz heycamp`: members: list.

use eduzz_api::heycamp::ListMembers;
use eduzz_types::heycamp::{Member, MemberStatus};

use crate::cli::{help_of, one_of};
use crate::lists::{AnyDays, Column, Fields, Request};

commands! {
    /// HeyCamp: membros | HeyCamp: members
    Heycamp { #[command(subcommand)] Members(Members) }
}
commands! {
    /// Membros de uma comunidade | Members of a community
    Members { List(MembersList) }
}

list_commands! {
    /// Lista os membros de uma comunidade | Lists the members of a community
    MembersList "heycamp members list": ListMembers(
        /// Id da comunidade, um número ou UUID (no sandbox, 3001); a API não os lista
        /// | The community's id, a number or UUID (in the sandbox, 3001); the API does not list
        /// them
        #[arg(value_name = "COMUNIDADE | COMMUNITY", required_unless_present = "resume")]
        community: Option<String>,
        // How the service reads the days is not documented (Q127), so they are not sliced.
        #[command(flatten)]
        days: AnyDays,
        #[arg(
            long,
            value_parser = one_of::<MemberStatus>,
            help = help_of::<MemberStatus>("Só com este status", "Only with this status"),
        )]
        status: Option<MemberStatus>,
    ), |lang| {
        let mut call = ListMembers::new(community.unwrap_or_default());
        (call.start_date, call.end_date) = days.ends(lang)?;
        call.status = status;
        Ok(Request::of(call))
    };
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
    const LEAVES: &'static str = "deletedAt createdAt name";
}
