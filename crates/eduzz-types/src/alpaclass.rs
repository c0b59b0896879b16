//! Alpaclass: schools, their students, and the deliveries that give buyers access.

mod sort;

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::page::filled;
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
/// The list (docs page `/reference/api/get-alpaclass-v1-producer-teams-teamId-students`) has the
/// date of registration, and the answer to the creation (docs page
/// `/reference/api/post-alpaclass-v1-producer-teams-teamId-students`) has the telephone and the
/// document; neither has all fields (Q125).
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
    /// Where the certificate can be downloaded; `None` while there is no certificate. Anyone with
    /// the address may be able to see it.
    pub certificate_url: Option<PersonalText>,
    /// The student's progress, in percent: 0 to 100 in the examples.
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
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries`): it gives the buyers of a
/// product on some platform access to courses of the school.
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
    /// Whether it is active.
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
    /// [`ProductId`](crate::ProductId), which is not documented.
    pub platform_product_id: Option<PlatformProductId>,
    /// Code of the offer on that platform; null where the delivery is not of one offer.
    pub platform_offer_id: Option<PlatformOfferId>,
    /// Whether it is active.
    pub is_active: Option<bool>,
    /// Whether the product is sold as a subscription.
    pub is_subscription: Option<bool>,
    /// Whether the access ends automatically. When that happens is not documented.
    pub auto_remove_access: Option<bool>,
    /// Tags of the delivery.
    #[serde(default, deserialize_with = "filled")]
    pub tags: Vec<Box<str>>,
    /// Number of days of access.
    #[serde(default, deserialize_with = "optional_count")]
    pub ends_after: Option<u64>,
}

open_enum! {
    /// The platform that sells the product of an Alpaclass delivery.
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
        /// No platform: students are added by the API.
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
    /// Id of a product on the platform that sells it for an Alpaclass delivery, Eduzz or another.
    PlatformProductId;
    /// Code of an offer on the platform that sells it for an Alpaclass delivery.
    PlatformOfferId;
}
