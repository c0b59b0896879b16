//! The record that an event is about.

use core::fmt;

use eduzz_types::{PersonalText, webhook};

/// The record that an event is about. Events of one record are related, and their order can matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Subject {
    /// What kind of record it is.
    pub kind: SubjectKind,
    /// The record's id, unique in its kind; never blank. It does not print, because a learner's is
    /// an e-mail address.
    pub id: PersonalText,
}

/// What kind of record an event is about.
///
/// | Kind | Events | Id, in the event's data |
/// |---|---|---|
/// | [`Invoice`](Self::Invoice) | `myeduzz.invoice_…` | `id` |
/// | [`Invoice`](Self::Invoice) | `myeduzz.commission_processed` | `invoiceId` |
/// | [`Contract`](Self::Contract) | `myeduzz.contract_…` | `contract/id` |
/// | [`Cart`](Self::Cart) | `sun.cart_abandonment` | `transactionId`, optional |
/// | [`Student`](Self::Student) | `alpaclass.student_…` | `student/id` |
/// | [`Learner`](Self::Learner) | `nutror.…` | `learner/email`, optional: there is no id (Q117) |
/// | [`Participant`](Self::Participant) | `blinket.attendance_…` | `participant/id`, optional (Q160) |
/// | [`BlinketEvent`](Self::BlinketEvent) | `blinket.attendances_printed`, `blinket.ticket_edited` | `event/id`, optional |
/// | [`Encoding`](Self::Encoding) | `safevideo.encoder_…` | `filename`, as stored |
/// | [`Upload`](Self::Upload) | `safevideo.upload_…` | `filename`, as uploaded; one media has both, and they cannot be joined (Q120) |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SubjectKind {
    /// An invoice of MyEduzz.
    Invoice,
    /// A contract of MyEduzz, which the API calls a subscription.
    Contract,
    /// A checkout that was not completed.
    Cart,
    /// A student of one school of Alpaclass.
    Student,
    /// A learner of Nutror.
    Learner,
    /// A participant of an event of Blinket.
    Participant,
    /// An event of Blinket that tickets are sold for.
    BlinketEvent,
    /// A file that SafeVideo processes.
    Encoding,
    /// A file that is uploaded to SafeVideo.
    Upload,
}

impl SubjectKind {
    /// The kind as text, such as `blinket_event`, for a column of a table. It does not change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Contract => "contract",
            Self::Cart => "cart",
            Self::Student => "student",
            Self::Learner => "learner",
            Self::Participant => "participant",
            Self::BlinketEvent => "blinket_event",
            Self::Encoding => "encoding",
            Self::Upload => "upload",
        }
    }
}

impl fmt::Display for SubjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The data of an event. A type of the list without a line below does not compile.
pub(crate) trait About {
    fn subject(&self) -> Option<Subject>;
}

macro_rules! subjects {
    ($($origin:ident { $($data:ident)+ } => $kind:ident: $id:expr;)+) => {$($(
        impl About for webhook::$origin::$data {
            fn subject(&self) -> Option<Subject> {
                let id: fn(&Self) -> Option<&str> = $id;
                let id = id(self).filter(|id| !id.trim().is_empty())?;
                Some(Subject { kind: SubjectKind::$kind, id: id.into() })
            }
        }
    )+)+};
}

subjects! {
    alpaclass {
        CertificateAccessed CommentCreated CourseActivity LessonActivity ModuleActivity StudentCreated
    } => Student: |data| Some(data.student.id.as_str());
    blinket { AttendanceAdded AttendanceChanged } => Participant:
        |data| Some(data.participant.id.as_ref()?.as_str());
    blinket { AttendancesPrinted TicketEdited } => BlinketEvent:
        |data| Some(data.event.as_ref()?.id.as_ref()?.as_str());
    myeduzz { CommissionProcessed } => Invoice: |data| Some(data.invoice_id.as_str());
    myeduzz { ContractAttempt ContractChange } => Contract: |data| Some(data.contract.id.as_str());
    myeduzz { Invoice } => Invoice: |data| Some(data.id.as_str());
    nutror {
        CommentActivity CourseActivity EnrollmentCreated LessonActivity ModuleCompleted
    } => Learner: |data| Some(data.learner.email.as_ref()?.as_str());
    safevideo { Encoding } => Encoding: |data| Some(&data.filename);
    safevideo { Upload } => Upload: |data| Some(&data.filename);
    sun { CartAbandonment } => Cart: |data| Some(data.transaction_id.as_ref()?.as_str());
}
