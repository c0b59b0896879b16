//! Names of events that are gone.

use crate::event::KNOWN;

/// What is known of the name of an event that is gone: older documents, or older programs, have it,
/// and the documentation no longer does. [`EventName::former`](crate::EventName::former) gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Former {
    /// Today the event has this name.
    Renamed(&'static str),
    /// No event took its place, as far as is known.
    Dropped,
}

/// Names of events of older documents, drafts and programs, with their successors. A successor is
/// documented, or has the same words.
const FORMER: &[(&str, Former)] = &[
    (
        "alpaclass.student_access_certificate",
        Former::Renamed("alpaclass.student_certificate_accessed"),
    ),
    ("alpaclass.student_access_course", Former::Dropped),
    (
        "alpaclass.student_commented_on_lesson",
        Former::Renamed("alpaclass.student_comment_created"),
    ),
    (
        "alpaclass.student_completed_course",
        Former::Renamed("alpaclass.student_course_finished"),
    ),
    (
        "alpaclass.student_course_last_seen_at",
        Former::Renamed("alpaclass.student_course_last_seen"),
    ),
    (
        "alpaclass.student_finished_module",
        Former::Renamed("alpaclass.student_module_finished"),
    ),
    (
        "alpaclass.student_lesson_last_seen_at",
        Former::Renamed("alpaclass.student_lesson_last_seen"),
    ),
    (
        "alpaclass.student_marked_lesson_as_favorite",
        Former::Renamed("alpaclass.student_lesson_marked_as_favorite"),
    ),
    ("alpaclass.student_marked_lesson_as_read", Former::Dropped),
    ("alpaclass.student_marked_lesson_as_watched", Former::Dropped),
    (
        "blinket.attendance_printed",
        Former::Renamed("blinket.attendances_printed"),
    ),
    ("blinket.checkin", Former::Renamed("blinket.attendance_checkin")),
    (
        "blinket.tag_changed",
        Former::Renamed("blinket.attendance_tag_changed"),
    ),
    (
        "myeduzz.cart_abandonment",
        Former::Renamed("sun.cart_abandonment"),
    ),
    (
        "myeduzz.contract_status_updated",
        Former::Renamed("myeduzz.contract_updated"),
    ),
    (
        "myeduzz.invoice_negotiatied",
        Former::Renamed("myeduzz.invoice_negotiated"),
    ),
    ("myeduzz.invoice_overdue", Former::Dropped),
    ("myeduzz.invoice_refused", Former::Dropped),
    ("myeduzz.invoice_updated", Former::Dropped),
    (
        "myeduzz.processed_commision",
        Former::Renamed("myeduzz.commission_processed"),
    ),
    (
        "nutror.complete_lesson_100",
        Former::Renamed("nutror.lesson_watched"),
    ),
    (
        "nutror.complete_lesson_25",
        Former::Renamed("nutror.lesson_watched"),
    ),
    (
        "nutror.complete_lesson_50",
        Former::Renamed("nutror.lesson_watched"),
    ),
    (
        "nutror.complete_lesson_75",
        Former::Renamed("nutror.lesson_watched"),
    ),
    ("nutror.subscription_canceled", Former::Dropped),
    (
        "subscriptions.contract_status_updated",
        Former::Renamed("myeduzz.contract_updated"),
    ),
    ("subscriptions.status_updated", Former::Dropped),
];

/// What became of this name, with or without its origin.
pub(crate) fn find(name: &str) -> Option<Former> {
    let is_it = |full: &str| full == name || full.split_once('.').is_some_and(|(_, bare)| bare == name);
    if let Some((_, former)) = FORMER.iter().find(|(full, _)| is_it(full)) {
        return Some(*former);
    }
    // A draft had the events of contracts under another origin.
    let bare = name.strip_prefix("subscriptions.")?;
    if !bare.starts_with("contract_") {
        return None;
    }
    let mut contracts = KNOWN.iter().filter(|known| known.full.starts_with("myeduzz."));
    Some(match contracts.find(|known| known.bare == bare) {
        Some(known) => Former::Renamed(known.full),
        None => Former::Dropped,
    })
}
