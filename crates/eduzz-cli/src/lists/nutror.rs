//! The fields of what Nutror has.

use eduzz_api::nutror::{ListStudentEnrollments, ListStudents};
use eduzz_types::nutror::{CourseSummary, Enrollment, Module, Student};

use crate::lang::Lang;
use crate::lists::{Fields, Heading, Listed};

impl Listed for ListStudents {
    const COMMAND: &'static str = "nutror students list";
}

impl Listed for ListStudentEnrollments {
    const COMMAND: &'static str = "nutror students enrollments";
}

impl Fields for Student {
    const CSV: &'static [&'static str] = &["id", "name", "email", "avatar"];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
    ];
}

impl Fields for Enrollment {
    const CSV: &'static [&'static str] = &[
        "id",
        "status",
        "createdAt",
        "expiredAt",
        "acceptedTermAt",
        "allModulesReleased",
        "progress",
        "content.type",
        "content.courses.title",
        "content.courses.hash",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_enrolled),
        ("status", Lang::column_status),
        ("expiredAt", Lang::column_access_until),
        ("content.courses.title", Lang::column_courses),
        ("progress", Lang::column_how_far),
    ];
}

impl Fields for CourseSummary {
    const CSV: &'static [&'static str] = &[
        "id",
        "title",
        "hash",
        "published",
        "createdAt",
        "updatedAt",
        "category.id",
        "category.name",
        "myEduzzAssociation.contentId",
        "myEduzzAssociation.title",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_created),
        ("title", Lang::column_title),
        ("published", Lang::column_published),
        ("category.name", Lang::column_category),
        ("myEduzzAssociation.title", Lang::column_product),
    ];
}

impl Fields for Module {
    const CSV: &'static [&'static str] = &[
        "id",
        "courseId",
        "title",
        "sequence",
        "isDraft",
        "isFree",
        "daysLocked",
        "availableDays",
        "releaseDate",
        "createdAt",
        "banner",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("sequence", Lang::column_sequence),
        ("title", Lang::column_title),
        ("isDraft", Lang::column_draft),
        ("isFree", Lang::column_free),
        ("daysLocked", Lang::column_days_locked),
        ("availableDays", Lang::column_days_available),
        ("releaseDate", Lang::column_release),
    ];
}
