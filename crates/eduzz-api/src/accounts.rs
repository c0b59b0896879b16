//! Accounts: the account that owns a token.

mod get_me;

pub use get_me::GetMe;
