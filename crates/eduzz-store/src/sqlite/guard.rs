//! Refuses statements of a handler that would end the transaction.

use std::cell::Cell;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// The savepoint of a handler's writes.
pub(super) const SAVEPOINT: &str = "eduzz_writes";

/// The savepoint of rusqlite's own, in which each work runs.
const OUTER: &str = "_rusqlite_sp";

thread_local! {
    /// Whether a handler's writes run on the connection of this thread.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Has the connection ask before it compiles a statement.
pub(super) fn install(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.authorizer(Some(|context: AuthContext<'_>| {
        if IS_GUARDED.get() && ends_transaction(&context.action) {
            Authorization::Deny
        } else {
            Authorization::Allow
        }
    }))
}

fn ends_transaction(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::Transaction { .. } => true,
        AuthAction::Savepoint { savepoint_name, .. } => [SAVEPOINT, OUTER]
            .iter()
            .any(|ours| ours.eq_ignore_ascii_case(savepoint_name)),
        _ => false,
    }
}

/// Runs a handler's writes. They must not panic.
pub(super) fn guarded<T>(writes: impl FnOnce() -> T) -> T {
    IS_GUARDED.set(true);
    let written = writes();
    IS_GUARDED.set(false);
    written
}
