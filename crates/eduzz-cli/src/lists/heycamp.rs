//! The fields of what HeyCamp has.

use eduzz_api::heycamp::ListMembers;
use eduzz_types::heycamp::Member;

use crate::lang::Lang;
use crate::lists::{Fields, Heading, Listed};

// How the service reads the days of a filter is not documented (Q127), so they are not cut into slices.
impl Listed for ListMembers {
    const COMMAND: &'static str = "heycamp members list";
}

impl Fields for Member {
    const CSV: &'static [&'static str] = &[
        "id",
        "name",
        "email",
        "createdAt",
        "deletedAt",
        "origin",
        "referrerUrl",
        "socialMedias.instagram",
        "socialMedias.facebook",
        "socialMedias.linkedin",
        "socialMedias.x",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_joined),
        ("deletedAt", Lang::column_deleted),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
    ];
}
