//! Macros for the constructors and setters of calls.

/// Generates how a call is made: `new` with its required parameters, and a setter for each optional
/// one, so that users write `ListProducts::new().page(2_u32)`. `..extra_query` adds query
/// parameters that the documentation does not name.
macro_rules! builder {
    ($call:ident {
        $(#[$doc:meta])*
        const new();
        $($(#[$meta:meta])* $field:ident: $type:ty,)*
        $(..$extra:ident)?
    }) => {
        impl $call {
            $(#[$doc])*
            #[must_use]
            pub const fn new() -> Self {
                Self { $($field: None,)* $($extra: alloc::vec::Vec::new(),)? }
            }
        }
        setters!($call { $($(#[$meta])* $field: $type,)* });
        $(extra_query!($call $extra);)?
    };
    ($call:ident {
        $(#[$doc:meta])*
        new($($arg:ident: $arg_type:ty),* $(,)?);
        $($(#[$meta:meta])* $field:ident: $type:ty,)*
        $(..$extra:ident)?
    }) => {
        impl $call {
            $(#[$doc])*
            #[must_use]
            pub fn new($($arg: $arg_type),*) -> Self {
                Self {
                    $($arg: $arg.into(),)*
                    $($field: None,)*
                    $($extra: alloc::vec::Vec::new(),)?
                }
            }
        }
        setters!($call { $($(#[$meta])* $field: $type,)* });
        $(extra_query!($call $extra);)?
    };
}

/// Generates a setter for each optional field, and the list of their names.
macro_rules! setters {
    ($call:ident {}) => {};
    ($call:ident {
        $(#[$first_meta:meta])* $first:ident: $first_type:ty
        $(, $(#[$meta:meta])* $field:ident: $type:ty)* $(,)?
    }) => {
        impl $call {
            /// The fields that can be set; a change requires one.
            #[allow(dead_code, reason = "only changes need it")]
            const SETTABLE: &'static str = setters!(@names $first $($field)*);

            setters!(@one $(#[$first_meta])* $first: $first_type);
            $(setters!(@one $(#[$meta])* $field: $type);)*
        }
    };
    (@names $only:ident) => {
        stringify!($only)
    };
    (@names $first:ident $last:ident) => {
        concat!(stringify!($first), " or ", stringify!($last))
    };
    (@names $first:ident $($rest:ident)+) => {
        concat!(stringify!($first), ", ", setters!(@names $($rest)+))
    };
    (@one $(#[$meta:meta])* $field:ident: $type:ty) => {
        $(#[$meta])*
        #[doc = concat!("Sets [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = Some($field.into());
            self
        }
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
