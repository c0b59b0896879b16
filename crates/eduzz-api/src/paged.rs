//! The calls that answer a page of a list.

/// Makes a call with the fields `page` and `items_per_page` a list that can be read whole. Its rows
/// are identified by `id`, or by the given key; the last argument says how its days are sliced.
macro_rules! paged {
    ($call:ident, $row:ty $(, { $($sliced:tt)+ })?) => {
        paged!($call, $row, |row| row.id.as_str().into() $(, { $($sliced)+ })?);
    };
    ($call:ident, $row:ty, |$it:ident| $key:expr $(, { $($sliced:tt)+ })?) => {
        impl eduzz_wire::Paged for $call {
            type Row = $row;

            fn set_page(&mut self, page: u32, items_per_page: u32) {
                self.page = Some(page);
                self.items_per_page = Some(items_per_page);
            }

            fn items_per_page(&self) -> Option<u32> {
                self.items_per_page
            }

            fn key($it: &$row) -> alloc::borrow::Cow<'_, str> {
                $key
            }

            $($($sliced)+)?
        }
    };
}

/// The days of a list with the fields `start_date` and `end_date`.
#[cfg(feature = "myeduzz")]
macro_rules! days_of_fields {
    () => {
        fn days(&self) -> Option<eduzz_wire::Days> {
            eduzz_wire::Days::new(self.start_date.clone(), self.end_date.clone()).ok()
        }

        fn set_days(&mut self, days: &eduzz_wire::Days) {
            self.start_date = days.first().clone();
            self.end_date = days.last().clone();
        }
    };
}
