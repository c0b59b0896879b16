//! Every text of the program, in Portuguese and in English.
//!
//! A text is a method of `Lang`: `lang.port_in_use(8484)`. None of them takes a secret, or a
//! person's data that was not asked for.

/// Declares texts: a name, its parameters, and both languages.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident($($value:ident: $kind:ty),* $(,)?) { pt: $pt:literal, en: $en:literal $(,)? })+) => {
        impl crate::lang::Lang {$(
            $(#[$meta])*
            pub(crate) fn $name(self $(, $value: $kind)*) -> String {
                match self {
                    Self::Pt => format!($pt),
                    Self::En => format!($en),
                }
            }
        )+}
    };
}

mod call_help;
mod calls;
mod changes;
mod doctor;
mod help;
mod hints;
mod hooks;
mod inbox;
mod lists;
mod login;
mod mirror;
mod notices;
mod pages;
mod profiles;
mod progress;
mod report;
mod sandbox;
mod tables;
mod tools;
mod usage;
mod webhooks;
