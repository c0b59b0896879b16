//! Courses and their modules.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::{CategoryId, CourseHash, CourseId, CourseType, ModuleId};
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::{Date, DateTime, ExactNumber, PersonalText, ProductId};

/// A course in the list (docs page `/reference/api/get-nutror-v1-courses`).
///
/// The list has other fields than the [details](Course). Only the documented example is known: no
/// field is documented as nullable or as always present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseSummary {
    /// Id of the course.
    pub id: CourseId,
    /// The title.
    pub title: Option<Box<str>>,
    /// The key by which enrolments and webhooks name the course.
    pub hash: Option<CourseHash>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// Whether it is published.
    pub published: Option<bool>,
    /// The product of MyEduzz that sells it; `None` without one, which is assumed.
    pub my_eduzz_association: Option<CourseProduct>,
    /// The category.
    pub category: Option<CourseCategory>,
}

/// The product of MyEduzz that sells a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseProduct {
    /// Id of the product, which MyEduzz also calls a content.
    pub content_id: Option<ProductId>,
    /// The title of the product.
    pub title: Option<Box<str>>,
}

/// The category of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseCategory {
    /// Id of the category.
    pub id: Option<CategoryId>,
    /// The name.
    pub name: Option<Box<str>>,
}

/// A course's details (docs page `/reference/api/get-nutror-v1-courses-courseId`).
///
/// They have other fields than the [list](CourseSummary): neither the hash nor the times nor the
/// category. Only the documented example is known: no field is documented as nullable or as always
/// present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Course {
    /// Id of the course.
    pub id: CourseId,
    /// The title.
    pub title: Option<Box<str>>,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Whether it is published.
    pub published: Option<bool>,
    /// The e-mail address to which replies go.
    pub reply_email: Option<PersonalText>,
    /// Number of days that a student has access.
    #[serde(default, deserialize_with = "optional_count")]
    pub days_available: Option<u64>,
    /// Whether students may mark lessons as watched, judging by its name.
    pub allow_manual_watch: Option<bool>,
    /// The day on which it is released.
    pub release_date: Option<Date>,
    /// Whether a progress bar is shown.
    pub progress_bar: Option<bool>,
    /// Id of the course at Facebook's statistics.
    #[serde(default, deserialize_with = "optional_digits")]
    pub pixel_facebook: Option<Box<str>>,
    /// Id of the course at Google Analytics.
    pub pixel_google_analytics: Option<Box<str>>,
    /// Its length; the unit is not documented.
    pub duration: Option<ExactNumber>,
    /// Type of the course.
    #[serde(rename = "type")]
    pub kind: Option<CourseType>,
    /// The progress required for the certificate; 100 in the example, so likely per cent.
    pub certificate_progress: Option<ExactNumber>,
    /// Address of a help page.
    pub support_external_url: Option<Box<str>>,
    /// Whether several accesses at once are allowed, judging by its name.
    pub allow_multiple_access: Option<bool>,
    /// Whether the course's office (secretaria) is shown, judging by its name.
    pub secretary_status: Option<bool>,
    /// Address of the course's office (secretaria).
    pub secretary_url: Option<Box<str>>,
    /// The images.
    pub customization: Option<CourseImages>,
}

/// The addresses of a course's images.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseImages {
    /// The background.
    pub background: Option<Box<str>>,
    /// The background in light colours; it can be read, but not set.
    pub background_light: Option<Box<str>>,
    /// The image of modules without one of their own.
    pub modules_default_image: Option<Box<str>>,
    /// The image of lessons without one of their own.
    pub lessons_default_image: Option<Box<str>>,
}

/// A module of a course: the item of `GET /nutror/v1/courses/:courseId/modules`, and the answer of
/// `GET /nutror/v1/courses/:courseId/modules/:moduleId` (docs pages
/// `/reference/api/get-nutror-v1-courses-courseId-modules`,
/// `/reference/api/get-nutror-v1-courses-courseId-modules-moduleId`).
///
/// Only the documented examples are known: two fields are null in one of them, and none is
/// documented as always present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Module {
    /// Id of the module.
    pub id: ModuleId,
    /// The course. Doubtful: in both examples it is a title, and a key is in [`title`](Self::title)
    /// (Q60).
    pub course_id: Option<CourseId>,
    /// The title.
    pub title: Option<Box<str>>,
    /// Number of days after the enrolment before it is unlocked; null in an example.
    #[serde(default, deserialize_with = "optional_count")]
    pub days_locked: Option<u64>,
    /// Whether it is a draft.
    pub is_draft: Option<bool>,
    /// Number of days that a student has access; null in an example.
    #[serde(default, deserialize_with = "optional_count")]
    pub available_days: Option<u64>,
    /// The day on which it is released.
    pub release_date: Option<Date>,
    /// Its place in the course, counted from 0.
    #[serde(default, deserialize_with = "optional_count")]
    pub sequence: Option<u64>,
    /// Whether it is free.
    pub is_free: Option<bool>,
    /// When it was made: with a zone in the list, and without one, with seven digits of a second,
    /// in the single module (Q61).
    pub created_at: Option<DateTime>,
    /// Address of its image.
    pub banner: Option<Box<str>>,
}
