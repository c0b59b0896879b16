//! Macros for the constructors and setters of calls.

/// Generates how a call is made: `new` with its required parameters, and a setter for each optional
/// one, which takes a number or a boolean as it is, so that users write
/// `ListProducts::new().page(2)`. `days` stands for the fields `start_date` and `end_date`, set as
/// one range; `moments` for the same fields where they can be moments too. `..extra_query` adds
/// query parameters that the documentation does not name.
macro_rules! builder {
    ($call:ident { $(#[$doc:meta])* const new(); $($fields:tt)* }) => {
        builder!(@fields $call { $(#[$doc])* const } [] $($fields)*);
    };
    ($call:ident { $(#[$doc:meta])* new($($args:tt)*); $($fields:tt)* }) => {
        builder!(@fields $call { $(#[$doc])* ($($args)*) } [] $($fields)*);
    };
    // One field after the other: its setter, and its name for `new`.
    (@fields $call:ident $new:tt [$($name:ident)*] days, $($rest:tt)*) => {
        days!($call, |day| Some(day.into()));
        builder!(@fields $call $new [$($name)* start_date end_date] $($rest)*);
    };
    (@fields $call:ident $new:tt $names:tt moments, $($rest:tt)*) => {
        setter!($call start_date, DateTime, impl Into<eduzz_types::DateTime>);
        setter!($call end_date, DateTime, impl Into<eduzz_types::DateTime>);
        builder!(@fields $call $new $names days, $($rest)*);
    };
    (@fields $call:ident $new:tt [$($name:ident)*] $(#[$meta:meta])* $field:ident: u32, $($rest:tt)*) => {
        setter!($call $(#[$meta])* $field, u32, u32);
        builder!(@fields $call $new [$($name)* $field] $($rest)*);
    };
    (@fields $call:ident $new:tt [$($name:ident)*] $(#[$meta:meta])* $field:ident: u64, $($rest:tt)*) => {
        setter!($call $(#[$meta])* $field, u64, u64);
        builder!(@fields $call $new [$($name)* $field] $($rest)*);
    };
    (@fields $call:ident $new:tt [$($name:ident)*] $(#[$meta:meta])* $field:ident: $type:ty, $($rest:tt)*) => {
        setter!($call $(#[$meta])* $field, $type, impl Into<$type>);
        builder!(@fields $call $new [$($name)* $field] $($rest)*);
    };
    (@fields $call:ident {} [$($name:ident)*]) => {
        settable!($call $($name)*);
    };
    (@fields $call:ident { $(#[$doc:meta])* const } [$($name:ident)*] $(..$extra:ident)?) => {
        impl $call {
            $(#[$doc])*
            #[must_use]
            pub const fn new() -> Self {
                Self { $($name: None,)* $($extra: alloc::vec::Vec::new(),)? }
            }
        }
        settable!($call $($name)*);
        $(extra_query!($call $extra);)?
    };
    (
        @fields $call:ident { $(#[$doc:meta])* (days $(, $arg:ident: $type:ty)*) }
        [$($name:ident)*] $(..$extra:ident)?
    ) => {
        impl $call {
            $(#[$doc])*
            #[must_use]
            pub fn new(days: impl Into<eduzz_wire::Days>, $($arg: $type),*) -> Self {
                let days: eduzz_wire::Days = days.into();
                let (start_date, end_date) = days.into();
                Self {
                    start_date,
                    end_date,
                    $($arg: $arg.into(),)*
                    $($name: None,)*
                    $($extra: alloc::vec::Vec::new(),)?
                }
            }
        }
        days!($call, |day| day);
        settable!($call $($name)*);
        $(extra_query!($call $extra);)?
    };
    (
        @fields $call:ident { $(#[$doc:meta])* ($($arg:ident: $type:ty),* $(,)?) }
        [$($name:ident)*] $(..$extra:ident)?
    ) => {
        impl $call {
            $(#[$doc])*
            #[must_use]
            pub fn new($($arg: $type),*) -> Self {
                Self {
                    $($arg: $arg.into(),)*
                    $($name: None,)*
                    $($extra: alloc::vec::Vec::new(),)?
                }
            }
        }
        settable!($call $($name)*);
        $(extra_query!($call $extra);)?
    };
}

/// Generates the setters alone, for a call whose `new` is written by hand.
macro_rules! setters {
    ($call:ident { $($fields:tt)* }) => {
        builder!(@fields $call {} [] $($fields)*);
    };
}

/// Generates a setter for an optional field.
macro_rules! setter {
    ($call:ident $(#[$meta:meta])* $field:ident, $type:ty, $given:ty) => {
        impl $call {
            $(#[$meta])*
            #[doc = concat!("Sets [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
            #[must_use]
            pub fn $field(mut self, $field: $given) -> Self {
                self.$field = Some($field.into());
                self
            }
        }
    };
}

/// Generates the setter of the first and the last day.
macro_rules! days {
    ($call:ident, |$day:ident| $value:expr) => {
        impl $call {
            /// Sets [`start_date`](Self#structfield.start_date) and
            /// [`end_date`](Self#structfield.end_date).
            #[must_use]
            pub fn days(mut self, days: impl Into<eduzz_wire::Days>) -> Self {
                let days: eduzz_wire::Days = days.into();
                let (first, last): (eduzz_types::Date, eduzz_types::Date) = days.into();
                self.start_date = {
                    let $day = first;
                    $value
                };
                self.end_date = {
                    let $day = last;
                    $value
                };
                self
            }
        }
    };
}

/// Generates the list of the optional fields' names.
macro_rules! settable {
    ($call:ident) => {};
    ($call:ident $($name:ident)+) => {
        impl $call {
            /// The fields that can be set; a change requires one.
            #[allow(dead_code, reason = "only changes need it")]
            const SETTABLE: &'static str = settable!(@names $($name)+);
        }
    };
    (@names $only:ident) => {
        stringify!($only)
    };
    (@names $first:ident $last:ident) => {
        concat!(stringify!($first), " or ", stringify!($last))
    };
    (@names $first:ident $($rest:ident)+) => {
        concat!(stringify!($first), ", ", settable!(@names $($rest)+))
    };
}

/// Generates a setter for query parameters that the documentation does not name, and adds them to
/// the request.
macro_rules! extra_query {
    ($call:ident $extra_query:ident) => {
        impl $call {
            /// Adds a query parameter that the SDK does not name, unchanged and as often as given.
            #[must_use]
            pub fn $extra_query(
                mut self,
                name: impl Into<alloc::string::String>,
                value: impl Into<eduzz_types::PersonalText>,
            ) -> Self {
                self.$extra_query.push((name.into(), value.into()));
                self
            }

            fn describe_extra_query(&self, call: &mut eduzz_wire::Call) {
                for (name, value) in &self.$extra_query {
                    call.query(name, value.as_str());
                }
            }
        }
    };
}
