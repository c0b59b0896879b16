//! The setters of optional parameters, named and not.

/// Writes a setter for each optional field of a call: `ListProducts::new().page(2_u32)`.
macro_rules! setters {
    ($call:ident { $($(#[$meta:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        impl $call {
            $(
                $(#[$meta])*
                #[doc = concat!("Sets [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )+
        }
    };
}

/// Writes what a call needs whose documentation leaves query parameters without a name: a setter, and their place in the
/// request.
macro_rules! extra_query {
    ($call:ident) => {
        impl $call {
            /// Adds a query parameter that this version of the SDK does not name, as it is; it may be given more than once.
            #[must_use]
            pub fn extra_query(
                mut self,
                name: impl Into<alloc::string::String>,
                value: impl Into<eduzz_types::PersonalText>,
            ) -> Self {
                self.extra_query.push((name.into(), value.into()));
                self
            }

            fn describe_extra_query(&self, call: &mut eduzz_wire::Call) {
                for (name, value) in &self.extra_query {
                    call.query(name, value.as_str());
                }
            }
        }
    };
}
