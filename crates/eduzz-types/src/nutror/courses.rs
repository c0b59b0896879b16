//! Courses and their modules.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::{CategoryId, CourseHash, CourseId, CourseType, ModuleId};
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::{Date, DateTime, ExactNumber, PersonalText, ProductId};

/// A course in the list (docs page `/reference/api/get-nutror-v1-courses`).
///
/// The list has other fields than the [details](Course). The documented example is all that is known: no field is said to be
/// nullable, and none to be certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseSummary {
    /// Id of the course.
    pub id: CourseId,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Box<str>>,
    /// The key by which enrolments and webhooks name the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<CourseHash>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<DateTime>,
    /// Whether it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    /// The product of MyEduzz by which it is sold; none when it is sold by none, which is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub my_eduzz_association: Option<CourseProduct>,
    /// The category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CourseCategory>,
}

/// The product of MyEduzz by which a course is sold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseProduct {
    /// Id of the product, which MyEduzz also calls a content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<ProductId>,
    /// The title of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Box<str>>,
}

/// The category of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseCategory {
    /// Id of the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CategoryId>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
}

/// A course's details (docs page `/reference/api/get-nutror-v1-courses-courseId`).
///
/// They have other fields than the [list](CourseSummary): neither the hash nor the times nor the category. The documented example
/// is all that is known: no field is said to be nullable, and none to be certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Course {
    /// Id of the course.
    pub id: CourseId,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Box<str>>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Box<str>>,
    /// Whether it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    /// The e-mail address to which replies go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_email: Option<PersonalText>,
    /// For how many days a student has access.
    #[serde(
        default,
        deserialize_with = "optional_count",
        skip_serializing_if = "Option::is_none"
    )]
    pub days_available: Option<u64>,
    /// Whether students may mark lessons as watched, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_manual_watch: Option<bool>,
    /// The day on which it is released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_date: Option<Date>,
    /// Whether a progress bar is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress_bar: Option<bool>,
    /// Id of the course at Facebook's statistics.
    #[serde(
        default,
        deserialize_with = "optional_digits",
        skip_serializing_if = "Option::is_none"
    )]
    pub pixel_facebook: Option<Box<str>>,
    /// Id of the course at Google Analytics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixel_google_analytics: Option<Box<str>>,
    /// How long it is; the unit is not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<ExactNumber>,
    /// Which type of course it is.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<CourseType>,
    /// How far a student must have come for the certificate; 100 in the example, so likely per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_progress: Option<ExactNumber>,
    /// Address of a help page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_external_url: Option<Box<str>>,
    /// Whether several accesses at once are allowed, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_multiple_access: Option<bool>,
    /// Whether the course's office (secretaria) is shown, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretary_status: Option<bool>,
    /// Address of the course's office (secretaria).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretary_url: Option<Box<str>>,
    /// The images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customization: Option<CourseImages>,
}

/// The addresses of a course's images.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseImages {
    /// Behind the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Box<str>>,
    /// Behind the course in light colours; it can be read, and not be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_light: Option<Box<str>>,
    /// Of modules that have none of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modules_default_image: Option<Box<str>>,
    /// Of lessons that have none of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lessons_default_image: Option<Box<str>>,
}

/// A module of a course: the item of `GET /nutror/v1/courses/:courseId/modules`, and the answer of
/// `GET /nutror/v1/courses/:courseId/modules/:moduleId` (docs pages `/reference/api/get-nutror-v1-courses-courseId-modules`,
/// `/reference/api/get-nutror-v1-courses-courseId-modules-moduleId`).
///
/// The documented examples are all that is known: two fields are null in one of them, and none is said to be certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Module {
    /// Id of the module.
    pub id: ModuleId,
    /// The course. Doubtful: in both examples a title stands here, and a key in [`title`](Self::title) (Q60).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_id: Option<CourseId>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Box<str>>,
    /// For how many days after the enrolment it stays locked; null in an example.
    #[serde(
        default,
        deserialize_with = "optional_count",
        skip_serializing_if = "Option::is_none"
    )]
    pub days_locked: Option<u64>,
    /// Whether it is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_draft: Option<bool>,
    /// For how many days a student has access; null in an example.
    #[serde(
        default,
        deserialize_with = "optional_count",
        skip_serializing_if = "Option::is_none"
    )]
    pub available_days: Option<u64>,
    /// The day on which it is released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_date: Option<Date>,
    /// Its place in the course, counted from 0.
    #[serde(
        default,
        deserialize_with = "optional_count",
        skip_serializing_if = "Option::is_none"
    )]
    pub sequence: Option<u64>,
    /// Whether it is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_free: Option<bool>,
    /// When it was made: with a zone in the list, and without one, with seven digits of a second, in the single module (Q61).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime>,
    /// Address of its image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<Box<str>>,
}
