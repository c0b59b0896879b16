//! Alpaclass: schools, their students, and the deliveries that let buyers in.

mod sort;

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::page::null_is_empty;
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::{DateTime, ExactNumber, PersonalText};

pub use sort::{InvalidSort, Sort, SortDirection, SortField};

/// A school, which the paths call a team (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Team {
    /// Id of the school: a short code or a slug.
    pub id: TeamId,
    /// Name of the school.
    pub name: Option<Box<str>>,
    /// The school's address on the web.
    pub url: Option<Box<str>>,
}

/// A student of a school.
///
/// The list (docs page `/reference/api/get-alpaclass-v1-producer-teams-teamId-students`) tells when
/// the student was registered, and the answer to the creation (docs page
/// `/reference/api/post-alpaclass-v1-producer-teams-teamId-students`) gives telephone and document
/// back; neither has all (Q125).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Student {
    /// Id of the student.
    pub id: TeamStudentId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number, one text; only digits in the example.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// The tax number (CPF); only digits in the example.
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// When the student was registered; in UTC, without a fraction in the example.
    pub created_at: Option<DateTime>,
}

/// A student's enrolment in a course (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-students-studentId-enrollments`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Enrollment {
    /// Id of the enrolment.
    pub id: TeamEnrollmentId,
    /// When the student was enrolled. The page calls it a text; the example is a moment in UTC,
    /// with milliseconds.
    pub created_at: Option<DateTime>,
    /// Where the certificate can be downloaded; none while there is no certificate. Who has the
    /// address may need nothing else.
    pub certificate_url: Option<PersonalText>,
    /// How far the student has come, in percent: 0 to 100 in the examples.
    pub progress: Option<ExactNumber>,
    /// The course.
    pub course: Option<EnrolledCourse>,
}

/// The course of an [`Enrollment`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EnrolledCourse {
    /// Id of the course.
    pub id: Option<TeamCourseId>,
    /// Name of the course.
    pub name: Option<Box<str>>,
}

/// A course of a delivery (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries-deliveryId-courses`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Course {
    /// Id of the course.
    pub id: TeamCourseId,
    /// Name of the course.
    pub name: Option<Box<str>>,
}

/// A delivery in the list (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries`): it lets the buyers of a
/// product, sold on some platform, into courses of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeliverySummary {
    /// Id of the delivery.
    pub id: DeliveryId,
    /// Name of the delivery.
    pub name: Option<Box<str>>,
    /// Where the product is sold.
    pub platform: Option<Platform>,
    /// Whether it is in force.
    pub is_active: Option<bool>,
    /// Whether the product is sold as a subscription.
    pub is_subscription: Option<bool>,
}

/// A delivery's details (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries-deliveryId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Delivery {
    /// Id of the delivery.
    pub id: DeliveryId,
    /// Name of the delivery.
    pub name: Option<Box<str>>,
    /// Where the product is sold.
    pub platform: Option<Platform>,
    /// Id of the product on that platform: for [`Platform::Eduzz`] presumably a
    /// [`ProductId`](crate::ProductId), which nobody documents.
    pub platform_product_id: Option<PlatformProductId>,
    /// Code of the offer on that platform; null where the delivery is not of one offer.
    pub platform_offer_id: Option<PlatformOfferId>,
    /// Whether it is in force.
    pub is_active: Option<bool>,
    /// Whether the product is sold as a subscription.
    pub is_subscription: Option<bool>,
    /// Whether the access is taken away by itself. When that happens is not documented.
    pub auto_remove_access: Option<bool>,
    /// Tags of the delivery.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub tags: Vec<Box<str>>,
    /// For how many days there is access.
    #[serde(default, deserialize_with = "optional_count")]
    pub ends_after: Option<u64>,
}

open_enum! {
    /// Where a product is sold that an Alpaclass delivery is of.
    Platform {
        /// Eduzz.
        Eduzz = "eduzz",
        /// Digital Manager Guru.
        DigitalManagerGuru = "dmg",
        /// Hotmart.
        Hotmart = "hotmart",
        /// Kiwify; the value is spelt with an `i` (Q126).
        Kiwify = "kiwifi",
        /// TMB.
        Tmb = "tmb",
        /// Nowhere: students come by the API.
        Api = "api",
    }
}

id! {
    /// Id of a school of Alpaclass, which its paths call a team: a short code or a slug; 32 hex
    /// digits in webhooks (Q123).
    TeamId;
    /// Id of a student of an Alpaclass school, a short code; 32 hex digits in webhooks (Q123).
    TeamStudentId;
    /// Id of a course of an Alpaclass school, a short code; 32 hex digits in webhooks (Q123).
    TeamCourseId;
    /// Id of a student's enrolment in a course of an Alpaclass school.
    TeamEnrollmentId;
    /// Id of a delivery of an Alpaclass school.
    DeliveryId;
    /// Id of a product on the platform where an Alpaclass delivery has it sold, Eduzz or another.
    PlatformProductId;
    /// Code of an offer on the platform where an Alpaclass delivery has it sold.
    PlatformOfferId;
}
