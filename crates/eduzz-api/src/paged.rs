//! The calls that answer a page of a list.

/// Makes a call with the fields `page` and `items_per_page` a list that can be walked. Its rows are
/// identified by `id`, or by the given key.
macro_rules! paged {
    ($call:ident, $row:ty) => {
        paged!($call, $row, |row| row.id.as_str().into());
    };
    ($call:ident, $row:ty, |$it:ident| $key:expr) => {
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
        }
    };
}
