//! The list of events.

/// Passes every event to a macro as `(origin, event, Data, Variant)`, in the order of the
/// documentation. The type of events, the command line, the sandbox and the generic properties are
/// generated from this list. `Data` is a type of `eduzz_types::webhook::<origin>`. Use it as an
/// item or a statement.
///
/// ```
/// macro_rules! print_names {
///     ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
///         $(println!("{}", concat!(stringify!($origin), ".", stringify!($event)));)+
///     };
/// }
///
/// eduzz_webhook::for_each_event!(print_names);
/// ```
#[macro_export]
macro_rules! for_each_event {
    ($callback:path) => {
        $callback! {
            (alpaclass, student_certificate_accessed, CertificateAccessed, AlpaclassStudentCertificateAccessed),
            (alpaclass, student_comment_created, CommentCreated, AlpaclassStudentCommentCreated),
            (alpaclass, student_course_finished, CourseActivity, AlpaclassStudentCourseFinished),
            (alpaclass, student_course_last_seen, CourseActivity, AlpaclassStudentCourseLastSeen),
            (alpaclass, student_course_unfinished, CourseActivity, AlpaclassStudentCourseUnfinished),
            (alpaclass, student_created, StudentCreated, AlpaclassStudentCreated),
            (alpaclass, student_lesson_finished, LessonActivity, AlpaclassStudentLessonFinished),
            (alpaclass, student_lesson_last_seen, LessonActivity, AlpaclassStudentLessonLastSeen),
            (alpaclass, student_lesson_marked_as_favorite, LessonActivity, AlpaclassStudentLessonMarkedAsFavorite),
            (alpaclass, student_lesson_unfinished, LessonActivity, AlpaclassStudentLessonUnfinished),
            (alpaclass, student_lesson_unmarked_as_favorite, LessonActivity, AlpaclassStudentLessonUnmarkedAsFavorite),
            (alpaclass, student_module_finished, ModuleActivity, AlpaclassStudentModuleFinished),
            (alpaclass, student_module_unfinished, ModuleActivity, AlpaclassStudentModuleUnfinished),
            (blinket, attendance_added, AttendanceAdded, BlinketAttendanceAdded),
            (blinket, attendance_assigned, AttendanceChanged, BlinketAttendanceAssigned),
            (blinket, attendance_canceled, AttendanceChanged, BlinketAttendanceCanceled),
            (blinket, attendance_checkin, AttendanceChanged, BlinketAttendanceCheckin),
            (blinket, attendance_edited, AttendanceChanged, BlinketAttendanceEdited),
            (blinket, attendance_tag_changed, AttendanceChanged, BlinketAttendanceTagChanged),
            (blinket, attendances_printed, AttendancesPrinted, BlinketAttendancesPrinted),
            (blinket, ticket_edited, TicketEdited, BlinketTicketEdited),
            (myeduzz, commission_processed, CommissionProcessed, MyeduzzCommissionProcessed),
            (myeduzz, contract_bankslip_attempted, ContractAttempt, MyeduzzContractBankslipAttempted),
            (myeduzz, contract_card_attempted, ContractAttempt, MyeduzzContractCardAttempted),
            (myeduzz, contract_created, ContractChange, MyeduzzContractCreated),
            (myeduzz, contract_eduzz_balance_attempted, ContractAttempt, MyeduzzContractEduzzBalanceAttempted),
            (myeduzz, contract_pix_attempted, ContractAttempt, MyeduzzContractPixAttempted),
            (myeduzz, contract_updated, ContractChange, MyeduzzContractUpdated),
            (myeduzz, invoice_canceled, Invoice, MyeduzzInvoiceCanceled),
            (myeduzz, invoice_chargeback, Invoice, MyeduzzInvoiceChargeback),
            (myeduzz, invoice_expired, Invoice, MyeduzzInvoiceExpired),
            (myeduzz, invoice_negotiated, Invoice, MyeduzzInvoiceNegotiated),
            (myeduzz, invoice_opened, Invoice, MyeduzzInvoiceOpened),
            (myeduzz, invoice_paid, Invoice, MyeduzzInvoicePaid),
            (myeduzz, invoice_recovering, Invoice, MyeduzzInvoiceRecovering),
            (myeduzz, invoice_refunded, Invoice, MyeduzzInvoiceRefunded),
            (myeduzz, invoice_scheduled, Invoice, MyeduzzInvoiceScheduled),
            (myeduzz, invoice_waiting_payment, Invoice, MyeduzzInvoiceWaitingPayment),
            (myeduzz, invoice_waiting_refund, Invoice, MyeduzzInvoiceWaitingRefund),
            (nutror, certificate_viewed, CourseActivity, NutrorCertificateViewed),
            (nutror, comment_created, CommentActivity, NutrorCommentCreated),
            (nutror, comment_deleted, CommentActivity, NutrorCommentDeleted),
            (nutror, comment_replied, CommentActivity, NutrorCommentReplied),
            (nutror, community_viewed, CourseActivity, NutrorCommunityViewed),
            (nutror, enrollment_created, EnrollmentCreated, NutrorEnrollmentCreated),
            (nutror, file_downloaded, LessonActivity, NutrorFileDownloaded),
            (nutror, inactive_student, CourseActivity, NutrorInactiveStudent),
            (nutror, learner_help, CourseActivity, NutrorLearnerHelp),
            (nutror, lesson_rated, LessonActivity, NutrorLessonRated),
            (nutror, lesson_saved, LessonActivity, NutrorLessonSaved),
            (nutror, lesson_started, LessonActivity, NutrorLessonStarted),
            (nutror, lesson_watched, LessonActivity, NutrorLessonWatched),
            (nutror, module_completed, ModuleCompleted, NutrorModuleCompleted),
            (nutror, notation_created, LessonActivity, NutrorNotationCreated),
            (safevideo, encoder_error, Encoding, SafevideoEncoderError),
            (safevideo, encoder_finished, Encoding, SafevideoEncoderFinished),
            (safevideo, encoder_started, Encoding, SafevideoEncoderStarted),
            (safevideo, encoder_waiting, Encoding, SafevideoEncoderWaiting),
            (safevideo, upload_canceled, Upload, SafevideoUploadCanceled),
            (safevideo, upload_error, Upload, SafevideoUploadError),
            (safevideo, upload_finished, Upload, SafevideoUploadFinished),
            (safevideo, upload_started, Upload, SafevideoUploadStarted),
            (sun, cart_abandonment, CartAbandonment, SunCartAbandonment),
        }
    };
}
