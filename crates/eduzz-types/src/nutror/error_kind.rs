//! The meaning of Nutror's error codes.

use crate::problem::plain_code;
use crate::{ErrorCode, Problem};

open_enum! {
    printing plain_code;

    /// The kind of an error of Nutror, by its code.
    ///
    /// The code is a number in the examples, and once a text (Q56); it is the same error either
    /// way. A code that is not here is kept. It is more exact than the status of the answer: an
    /// update that failed and an input that is not valid are both 400, a missing permission is 411
    /// as well as 403. An unknown code prints if it looks like one, see [`ErrorCode::plain`].
    ///
    /// ```
    /// use eduzz_types::{Problem, nutror::ErrorKind};
    ///
    /// let problem = Problem::read(br#"{ "code": 91, "message": "...", "errors": [] }"#);
    /// let kind = problem.as_ref().and_then(ErrorKind::of);
    /// assert_eq!(kind, Some(ErrorKind::EnrollmentBlocked));
    /// ```
    ///
    /// From a rejection it is `rejection.code().map(ErrorKind::from)`.
    ErrorKind {
        /// No such comment, answer, course, module, enrolment, or student to delete (404).
        NotFound = "2",
        /// A sent value is not valid (400).
        InvalidData = "5",
        /// The account lacks the administrative permission for this action (411, Q28).
        NoAdminPermission = "6",
        /// The user has no permission (403).
        NoPermission = "11",
        /// No such user: no such student, also for a request of an enrolment (404, Q57).
        UserNotFound = "12",
        /// The update failed (400).
        UpdateFailed = "22",
        /// The deletion failed (500).
        DeleteFailed = "33",
        /// It is not possible, because the enrolment is blocked (409).
        EnrollmentBlocked = "91",
        /// The request is invalid; the fields are in [`Problem::fields`] (400, Q56).
        InvalidInput = "0010",
    }
}

impl ErrorKind {
    /// The kind of the problem; `None` without a code.
    #[must_use]
    pub fn of(problem: &Problem) -> Option<Self> {
        problem.code.as_ref().map(Self::from)
    }
}

impl From<&ErrorCode> for ErrorKind {
    fn from(code: &ErrorCode) -> Self {
        code.as_str().into()
    }
}
