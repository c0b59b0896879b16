//! Accounts: who owns a token.

mod get_me;

pub use get_me::GetMe;
