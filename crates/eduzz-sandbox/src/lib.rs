//! A local, stateful Eduzz to sign in to and call, with no account.
