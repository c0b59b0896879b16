//! A list of numbered things, and a server that lays it into pages.

use std::borrow::Cow;

use eduzz_types::{EduzzId, Page};
use eduzz_wire::{Call, Endpoint, EndpointExt as _, Next, Origins, PageCall, Paged, Route, Row, Sweep};
use http::Response;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Default)]
pub(crate) struct ListThings {
    pub(crate) filter: Option<&'static str>,
    pub(crate) page: Option<u32>,
    pub(crate) items_per_page: Option<u32>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Thing {
    pub(crate) id: EduzzId,
}

impl Endpoint for ListThings {
    const ROUTE: Route = Route::get("/product/v1/things");
    type Output = Page<Thing>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("filter", self.filter)
            .page(self.page, self.items_per_page);
    }
}

impl Paged for ListThings {
    type Row = Thing;

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        self.page = Some(page);
        self.items_per_page = Some(items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        self.items_per_page
    }

    fn key(row: &Thing) -> Cow<'_, str> {
        row.id.as_str().into()
    }
}

/// A list whose rows take as much memory as sales do.
#[derive(Clone, Default)]
pub(crate) struct Fat(ListThings);

#[derive(Debug, Deserialize)]
pub(crate) struct FatThing {
    id: EduzzId,
    #[serde(default, rename = "never")]
    _fields: [[u64; 15]; 10],
}

impl Endpoint for Fat {
    const ROUTE: Route = ListThings::ROUTE;
    type Output = Page<FatThing>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

impl Paged for Fat {
    type Row = FatThing;

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        self.0.set_page(page, items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        self.0.items_per_page()
    }

    fn key(row: &FatThing) -> Cow<'_, str> {
        row.id.as_str().into()
    }
}

/// The page size of a server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sizes {
    /// The size asked for.
    Asked,
    /// The size asked for, up to a limit.
    UpTo(usize),
    /// Always its own size.
    Own(usize),
}

/// The page size that an answer names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said {
    /// The size that was used.
    Own,
    /// The size asked for, though another was used.
    Asked,
    /// 0.
    Nothing,
}

/// The answer for a page after the last one that the server gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Beyond {
    /// The last page again.
    Again,
    /// An empty page.
    Nothing,
}

pub(crate) struct Server {
    pub(crate) rows: Vec<u64>,
    sizes: Sizes,
    pub(crate) said: Said,
    pub(crate) most_pages: Option<(usize, Beyond)>,
    pub(crate) calls: u64,
}

impl Server {
    pub(crate) fn new(rows: u64, sizes: Sizes) -> Self {
        Self {
            rows: (0..rows).collect(),
            sizes,
            said: Said::Own,
            most_pages: None,
            calls: 0,
        }
    }

    /// Answers the request's query.
    pub(crate) fn answer(&mut self, call: &impl Endpoint) -> Value {
        self.calls += 1;
        let token = "t".into();
        let request = call.request(&Origins::production(), Some(&token)).unwrap();
        let query = request.uri().query().unwrap().to_owned();
        let number = |name: &str| -> usize {
            let value = query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.unwrap().parse().unwrap()
        };
        let (page, asked) = (number("page"), number("itemsPerPage"));
        let size = match self.sizes {
            Sizes::Asked => asked,
            Sizes::UpTo(most) => asked.min(most),
            Sizes::Own(own) => own,
        };
        let (page, shown) = match self.most_pages {
            Some((most, Beyond::Again)) => (page.min(most), size),
            Some((most, Beyond::Nothing)) if page > most => (page, 0),
            _ => (page, size),
        };
        let items: Vec<Value> = self
            .rows
            .iter()
            .skip((page - 1) * size)
            .take(shown)
            .map(|id| json!({ "id": id }))
            .collect();
        let pages = self.rows.len().div_ceil(size).max(1);
        let said = match self.said {
            Said::Own => size,
            Said::Asked => asked,
            Said::Nothing => 0,
        };
        json!({ "pages": pages, "page": page, "itemsPerPage": said, "totalItems": self.rows.len(), "items": items })
    }
}

/// Walks to the end and gives the rows.
pub(crate) fn drive(
    walk: &mut Sweep<ListThings>,
    mut answer: impl FnMut(&PageCall<ListThings>) -> Value,
) -> Vec<Row<Thing>> {
    let mut rows = Vec::new();
    for _ in 0..10_000 {
        match walk.next() {
            Next::End => return rows,
            Next::Item(row) => rows.push(row),
            Next::Call(call) => walk.received(read(&call, &answer(&call))),
        }
    }
    panic!("the walk does not end");
}

pub(crate) fn read(call: &PageCall<ListThings>, answer: &Value) -> Page<Row<Thing>> {
    call.response(&Response::new(answer.to_string())).unwrap()
}

/// Walks to the end; before each call but the first the list changes.
pub(crate) fn walk(
    server: &mut Server,
    walk: &mut Sweep<ListThings>,
    mut change: impl FnMut(&mut Vec<u64>, u64),
) -> Vec<u64> {
    let rows = drive(walk, |call| {
        if server.calls > 0 {
            change(&mut server.rows, server.calls);
        }
        server.answer(call)
    });
    rows.iter().map(number).collect()
}

pub(crate) fn number(row: &Row<Thing>) -> u64 {
    row.as_read().unwrap().id.as_str().parse().unwrap()
}

/// Walks over the scripted bodies and gives the ids, or the errors of unreadable rows.
pub(crate) fn scripted(bodies: &[Value]) -> (Vec<String>, Sweep<ListThings>) {
    let mut walk = Sweep::new(sized(10));
    let mut bodies = bodies.iter();
    let rows = drive(&mut walk, |_| {
        bodies.next().expect("no more calls than bodies").clone()
    });
    let shown = rows.into_iter().map(|row| match row {
        Row::Read(row) => row.id.to_string(),
        Row::Unreadable(row) => format!("unreadable: {}", row.source),
    });
    (shown.collect(), walk)
}

pub(crate) fn page(pages: &Value, number: u32, total: u32, ids: &[u32]) -> Value {
    let items: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    json!({ "pages": pages, "page": number, "itemsPerPage": 10, "totalItems": total, "items": items })
}

pub(crate) fn sized(items_per_page: u32) -> ListThings {
    ListThings {
        items_per_page: Some(items_per_page),
        ..ListThings::default()
    }
}
