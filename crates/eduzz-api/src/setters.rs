//! The setters of optional parameters.

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
