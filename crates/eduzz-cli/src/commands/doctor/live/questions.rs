//! The open questions that an answer to a GET can settle.

/// A question.
pub(super) struct Question {
    /// The quirks of `docs/quirks.md` that it is about.
    pub(super) quirks: &'static str,
    pub(super) asks: &'static str,
    /// Path and query; `{-30}` is the day thirty days ago.
    pub(super) target: &'static str,
    /// A call about the first row, by its `{id}`.
    pub(super) then: Option<&'static str>,
}

const fn of(quirks: &'static str, asks: &'static str, target: &'static str) -> Question {
    Question {
        quirks,
        asks,
        target,
        then: None,
    }
}

impl Question {
    const fn then(self, target: &'static str) -> Self {
        Self {
            then: Some(target),
            ..self
        }
    }
}

pub(super) const QUESTIONS: &[Question] = &[
    of(
        "Q20, Q33, Q39, Q30",
        "which fields a sale has in the list and alone; forms of its dates; kinds of ids and counts",
        "/myeduzz/v1/sales?startDate={-30}&endDate={0}&itemsPerPage=20",
    )
    .then("/myeduzz/v1/sales/{id}"),
    of(
        "Q8",
        "whether a page size under a wrong name is ignored",
        "/myeduzz/v1/sales?startDate={-30}&endDate={0}&limit=3",
    ),
    of(
        "Q8",
        "the largest page",
        "/myeduzz/v1/sales?startDate={-30}&endDate={0}&itemsPerPage=1000",
    ),
    of(
        "Q10",
        "what a page after the last one is",
        "/myeduzz/v1/sales?startDate={-30}&endDate={0}&itemsPerPage=1&page=100000",
    ),
    of(
        "Q9, Q27",
        "how a timestamp as a day is refused, and where the field is named",
        "/myeduzz/v1/sales?startDate={-30}T00:00:00Z&endDate={0}T00:00:00Z",
    ),
    of(
        "Q15, Q27",
        "how an unknown status is refused, and where the field is named",
        "/myeduzz/v1/sales?startDate={-30}&endDate={0}&status=unknownstatus",
    ),
    of(
        "Q42",
        "by which date sales are found without referenceDate (1 of 4: without)",
        "/myeduzz/v1/sales?startDate={-90}&endDate={-30}&itemsPerPage=1",
    ),
    of(
        "Q42",
        "by which date sales are found without referenceDate (2 of 4: createdAt)",
        "/myeduzz/v1/sales?startDate={-90}&endDate={-30}&itemsPerPage=1&referenceDate=createdAt",
    ),
    of(
        "Q42",
        "by which date sales are found without referenceDate (3 of 4: paidAt)",
        "/myeduzz/v1/sales?startDate={-90}&endDate={-30}&itemsPerPage=1&referenceDate=paidAt",
    ),
    of(
        "Q42",
        "by which date sales are found without referenceDate (4 of 4: updatedAt)",
        "/myeduzz/v1/sales?startDate={-90}&endDate={-30}&itemsPerPage=1&referenceDate=updatedAt",
    ),
    of(
        "Q43",
        "whether the summary needs its days",
        "/myeduzz/v1/sales/summary",
    ),
    of(
        "Q43",
        "words of a chargeback's status, and whether plain days work",
        "/myeduzz/v1/sales/chargebacks?startDate={-300}&endDate={0}",
    ),
    of(
        "Q13",
        "whether a statement of more than a year is empty (1 of 2: 400 days)",
        "/myeduzz/v2/financial/statement?startDate={-400}&endDate={0}&itemsPerPage=5",
    ),
    of(
        "Q13, Q33",
        "whether a statement of more than a year is empty (2 of 2: 180 days); words of its types",
        "/myeduzz/v2/financial/statement?startDate={-180}&endDate={0}&itemsPerPage=20",
    ),
    of(
        "Q45, Q33",
        "whether subscriptions take itemsPerPage; words of their enums",
        "/myeduzz/v1/subscriptions?startDate={-90}&endDate={0}&filterBy=creation&itemsPerPage=3",
    )
    .then("/myeduzz/v1/subscriptions/{id}/invoices"),
    of(
        "Q30, Q33",
        "kinds of a product's fields, words of its enums; shape of the list of offers",
        "/myeduzz/v1/products?itemsPerPage=5",
    )
    .then("/myeduzz/v1/products/{id}/offers"),
    of(
        "Q42, Q37",
        "fields of a customer in the list",
        "/myeduzz/v1/customers?itemsPerPage=5",
    ),
    of(
        "Q52",
        "words of a fiscal document's status when read",
        "/myeduzz/v1/financial/buyer/fiscal-documents?itemsPerPage=20",
    ),
    of(
        "Q47",
        "whether transfers need their days; forms of their dates",
        "/myeduzz/v1/financial/transfers?itemsPerPage=5",
    ),
    of(
        "Q62, Q60",
        "shape of the lists of courses and modules of Nutror; the kind of a module's courseId",
        "/nutror/v1/courses",
    )
    .then("/nutror/v1/courses/{id}/modules"),
    of(
        "Q67, Q33",
        "page size of Nutror's students; forms of their dates",
        "/nutror/v1/students?itemsPerPage=100",
    ),
    of(
        "Q63",
        "fields and words of a comment at Nutror",
        "/nutror/v1/comments?itemsPerPage=5",
    ),
    of(
        "Q123, Q124",
        "the form of Alpaclass ids; fields of a school",
        "/alpaclass/v1/producer/teams",
    ),
    of(
        "Q147, Q144, Q33",
        "fields of an event and of its participants, forms of their dates, words of their status",
        "/blinket/v1/events?itemsPerPage=5",
    )
    .then("/blinket/v1/attendance-list/by-event/{id}"),
    of(
        "Q153, Q152",
        "how an empty list of media is answered; fields of a media",
        "/safevideo/v1/medias",
    ),
    of(
        "Q79, Q80",
        "words of a webhook subscription's status; the form of conditions",
        "/webhook/v1/subscription",
    ),
    of(
        "Q87",
        "whether the list of origins needs a scope",
        "/webhook/v1/origin",
    ),
    of("Q32", "headers about the limit", "/accounts/v1/me"),
];
