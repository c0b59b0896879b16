//! A local, stateful Eduzz to sign in to, to call, and to be called by, with no account.
//!
//! [`Sandbox::start`] listens on loopback and answers as all three hosts of Eduzz do: the consent page of
//! `accounts.eduzz.com`, the token endpoint of `accounts-api.eduzz.com` and the calls of `api.eduzz.com`.
//! [`Sandbox::router`] is the same without a socket, for tests.
//!
//! ```
//! # async fn run() -> Result<(), eduzz_sandbox::StartError> {
//! use eduzz_sandbox::{Config, Sandbox};
//!
//! let sandbox = Sandbox::start(Config::default()).await?;
//! let origin = sandbox.url(); // http://127.0.0.1:PORT, for all three origins
//! let client_id = &sandbox.app().client_id;
//! # let _ = (origin, client_id);
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # The shop
//!
//! Behind the calls of MyEduzz and Sun is the shop of the first application's owner, with a past of
//! [`history`](Config::history) that ends when the sandbox starts: products with their offers, campaigns, coupons and
//! partners, customers, affiliates, subscriptions and their invoices, sales, the statement, transfers, fiscal documents.
//! It agrees with itself: what a sale names is there, its amounts add up, the statement's entries for it come to its net
//! gain, the summary is the sum of the list, and each charge of a subscription is an invoice and a sale. What writing calls
//! change is there to be read.
//!
//! Beside it are the events of Blinket, to one of which the shop sells the tickets, with participants and tags, and the media of
//! SafeVideo. Check-ins, tags, participants added by hand, titles and domains stay as they are changed.
//!
//! # The school
//!
//! Behind the calls of Nutror is the school of the same producer: who received a paid sale of a course is a student of it, with an
//! enrolment that stands as the sale does, and some of them comment below the lessons. What is blocked, extended, edited or
//! deleted is there to be read.
//!
//! New sales come in when [`Config::arrivals`] says so, or when [`SandboxControl::sell`] is called; the same handle lets
//! things go wrong ([`Fault`]): slow and cut answers, pages of HTML, 5xx, 429 and 401, by route and by count.
//!
//! # Schools and communities
//!
//! Behind the calls of Alpaclass are three schools: one that lets in who buys in the shop what its deliveries are of, one whose students
//! came from other platforms, and one that was just opened. Who buys now is a student now. Behind those of HeyCamp are two
//! communities, one with a past and one new, whose ids no call tells: [`SandboxControl::community_ids`] does. Their members accepted an
//! invitation, and what is counted is what they wrote and liked.
//!
//! # Webhooks
//!
//! Subscriptions are made, activated and deleted through the API, as at Eduzz, and belong to the application of the token. What
//! happens in the shop is delivered to them, signed, with the data that the API gives of the same sale: when one is made or paid
//! ([`SandboxControl::sell`], [`order`](SandboxControl::order), [`happen`](SandboxControl::happen)), when a subscription is made, charged, cancelled
//! or taken up again, when a cart is left ([`SandboxControl::abandon_cart`]). A failing receiver is tried again, or put into the backup, by the
//! sandbox's clock ([`Webhooks`]); [`Fault::delivered_twice`] and [`Fault::delivered_late`] make duplicates and another order.
//! [`Deliveries`] has the history.
//!
//! Receivers are on this machine: an address elsewhere is refused, redirects are not followed, and no name is looked up. A test can
//! carry the deliveries itself, without a socket and without waiting:
//!
//! ```
//! # async fn run() {
//! use std::time::{Duration, SystemTime};
//!
//! use eduzz_sandbox::{Carrier, Clock, Config, ReceiverAnswer, Sandbox};
//!
//! let mut config = Config::default();
//! config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_000_000));
//! config.webhooks.carrier = Carrier::ByHand;
//! let clock = config.clock.clone();
//! let (router, control) = Sandbox::router_with_control(config);
//! // … subscribe and activate by calls to the router; then:
//! control.sell(1);
//! for attempt in control.deliveries().due() {
//!     assert_eq!(attempt.signature.len(), 64);
//!     control.deliveries().answered(&attempt, ReceiverAnswer::status(503));
//! }
//! clock.advance(Duration::from_secs(60)); // the second attempt is due
//! # drop(router);
//! # }
//! ```
//!
//! # Repeatable
//!
//! Everything a run depends on is in its [`Config`]: people, applications, time ([`Clock`]) and the seed of every
//! id, code and token, and of all of the shop. The same seed, clock and requests give the same answers.
//!
//! # What is known and what is chosen
//!
//! Where the service's behaviour is documented or was seen, the sandbox does the same, odd sides included; the
//! code cites the quirk's number (`Q4`) from `docs/quirks.md`. Where nothing is known it does what is written here:
//!
//! | Undocumented | Here |
//! |---|---|
//! | refusing | returns with `error=access_denied` and the state, or `state=undefined` as an approval does (Q1) |
//! | an account that authorized the application before | is asked again |
//! | a return URL that differs in anything from the registered one | an error page, loopback ports included |
//! | a repeated parameter, or `response_type` and `responseType` that differ | an error page |
//! | code unknown, or of another application | 404 `Token not found` |
//! | code used twice | 404 `Token already used`; the first token lives on |
//! | code expired, secret wrong, `redirect_uri` not the one authorized | 400 with a `message`; the code is not spent |
//! | `client_credentials` in JSON | 400; only the form is known to work (Q5) |
//! | no token, bad token | 401 in the gateway's form, `{error, error_description}` (Q16) |
//! | scopes of a personal token | those of all applications its person owns or was invited to |
//! | a scope missing | 403 in the general form |
//! | too many requests | 429 in the general form with `Retry-After`, counted by endpoint and token over the last minute; refused requests do not count |
//!
//! Of the calls of MyEduzz and Sun:
//!
//! | Undocumented | Here |
//! |---|---|
//! | whose data a token sees (Q24) | that of the one shop, whoever it speaks for |
//! | the most items to a page | 100; more is taken as 100, and `itemsPerPage` says so |
//! | `page` behind the end | an empty list, with the page that was asked for |
//! | `page`, `itemsPerPage` that are no whole number from 1 | 422 |
//! | a parameter twice; an empty one | the last one counts; as if it were not there |
//! | the order of lists | newest first: sales, chargebacks, transfers, documents and affiliations by id, which follows the creation; subscriptions and customers by creation; the statement by `creditDate` |
//! | the order of invoices, of coupons | oldest first |
//! | which days `startDate` and `endDate` are | days of Brasília (UTC−3), both included |
//! | `endDate` before `startDate`, a day that does not exist | 422 |
//! | the default of `referenceDate`; an unknown one | `createdAt`; 422 |
//! | an unknown `status`, `filterBy`, `chargebackStatus` | 422 (Q15 has 400 too) |
//! | how statuses are spelled in answers | as the live service was seen to: `waitingPayment` (Q29); filters take any spelling |
//! | where the field stands in a 422 (Q27) | `errors[].field`, beside the bare message |
//! | which sales the summary counts | those that the list has for the same filters, by `createdAt`, whatever their status |
//! | how the amounts of a sale hang together | `grossGain` is `total` less the discount, and is what the buyer pays; of it are `fee`, `others`, the affiliates' and the partners' gains taken, and the rest is `netGain` |
//! | `netGain` after a refund | less what was given back; 0 when all was, so that the statement's entries for a sale always come to its `netGain` |
//! | when the money of a sale counts | pix at once, bank slips a day later, cards after 30 days; the entry is in the statement as soon as the sale is paid |
//! | a lost chargeback | the sale is `refunded`, and the statement has an entry of type `refund` |
//! | how long "about 12 months" are (Q13) | 366 days, both ends counted |
//! | which chargebacks a range of days is about | those that were asked for in it |
//! | which customers a range of days is about | those who first appeared in it; who was named in a sale is a customer, paid or not |
//! | `purchaseHistoryOverview` | the sales that are paid now |
//! | the customers' `order` (Q42) | `id`, `name` or `email`, with `:asc` or `:desc`; anything else changes nothing |
//! | which transfers a range of days is about | those asked for in it; neither day is required (Q47) |
//! | filters of fiscal documents (Q52) | none but the page |
//! | labels of fiscal documents beside `Novo` and `Pendente` (Q49) | Portuguese words of our own |
//! | the status of a closed invoice (Q46) | that of its sale |
//! | `charges` of a subscription | `current` is how many were made; `total` how many there will be, or as many for one without an end; `pending` those not paid |
//! | e-mail addresses | compared whatever their case |
//! | cancelling, reactivating, another day of the charges | at once; the service says that it takes a while, or asks the customer |
//! | cancelling with an unknown id; what ended before | 404, and nothing is cancelled; left as it is, 202 |
//! | reactivating what is not cancelled; another day, or a card e-mail, for what has ended or is not paid by card | 409 with a `message` |
//! | a document's status that it has already; one that was deleted | 200 `{"updated": false}`; can be changed like any other |
//! | a cart's refusals | 422 in the general form; 404 for an unknown product; `items` is required |
//! | a cart's payment URL | a page of the sandbox, where nothing can be paid |
//! | what happens as time passes | nothing but new sales, deliveries of webhooks, and the end of accesses at Nutror: what is open stays open |
//!
//! Of the calls of Nutror:
//!
//! | Undocumented | Here |
//! |---|---|
//! | the school of Nutror | a course for each product of the shop that Nutror delivers, three for the package, and one that is not published; who received a paid sale of one is a student, new sales too |
//! | shape of the lists of courses and modules (Q62) | a bare list: courses oldest first, modules by `sequence`; no course at all is 404 |
//! | order of comments, students, enrolments; of answers | newest first; oldest first |
//! | filters of comments (Q66) | none but the page |
//! | students (Q67) | at most 50 to a page; a page above 50 is the 50th again, and says so; `email` matches whatever the case, and nothing looser |
//! | an approved comment (Q58) | `approved`; what is not is `inModeration` |
//! | answers to comments (Q63) | `id`, `text`, `parentId` as the webhook has them, `author` and `createdAt`; writing one is answered without a body |
//! | a module's `courseId` (Q60) | the course's id, as a text |
//! | `PUT` of courses and modules (Q64) | what is not sent, or is null, stays; nothing is done when one value is wrong |
//! | an enrolment's `status` | `inactive` when it is blocked, its end is past, or the money went back |
//! | `content.type`, `progress` (Q59) | `course` and `package`; 0 to 100 |
//! | end of an access (Q65) | either name; a day counts to its end in Brasília; a moment needs a zone |
//! | blocking twice; courses that were deleted | 201 again; they go from the enrolments, and the comments below them go |
//! | who lacks Nutror's permissions | whoever is not the owner of the first application: 403 with code 11 to change courses and modules, 411 with code 6 for enrolments, before anything is looked up; reading, comments and deleting students ask for the scope alone |
//! | Nutror's refusals | code `"0010"` with the field for comments, students, enrolments and pages; code 33 never |
//!
//! Of the calls of Alpaclass and HeyCamp:
//!
//! | Undocumented | Here |
//! |---|---|
//! | what errors look like | the general form, with `errors[]` where a field is wrong |
//! | pages, and whose data a token sees | as above |
//! | moments in a query (Q127) | a plain day of Brasília, whole; or a moment with its zone; anything else is 422 |
//! | a field to sort by that no page shows (Q124) | 422; what is alike stays in the order without `sort` |
//! | the order of lists | newest first: students, members, invitations, posts; oldest first: the others |
//! | a student's required fields | `name` and `email`; the others are null in the answer when they were not sent |
//! | a student whose e-mail address the school knows | 409, and nothing is made |
//! | which courses a student gets who is made by the API (Q125) | those of the school's deliveries that are in force and whose platform is `api` |
//! | who bought in the shop | a student, once the sale is paid, in the courses of the product's delivery; a refund changes nothing |
//! | which students are frozen | some of the second school's, from the start |
//! | a community (Q128) | has a number and a UUID, and either names it |
//! | a community that is not there (Q138) | 403, as for one that is not the caller's |
//! | parameters without a name (Q129) | the page; no period: all of the past counts |
//! | members without a `status` | those who are there |
//! | a deleted member | is not found, keeps what was written and liked, and is listed with `status=deleted` only |
//! | an update of a member (Q135) | the e-mail address is the new one; what is not sent, or null, stays; one of another member is 409 |
//! | the body of a bulk deletion (Q130) | any JSON; the items of every list in it are members' ids, all of which must be there; at once |
//! | an invitation | always a new one; 409 for the address of a member; in the name of the caller, if a member, or of the owner |
//! | what `totalComments` counts | comments, not the replies to them |
//! | the five with the most | of those that have any; of as many, the newest first |
//!
//! Of the calls of Blinket and SafeVideo:
//!
//! | Undocumented | Here |
//! |---|---|
//! | who attends an event | who paid for its ticket in the shop, with the sale as the invoice; of events without a product, invented people |
//! | the zone of participants' dates (Q144) | UTC |
//! | what events are ordered by, and compared with `startDate` and `endDate` (Q147) | their beginning, the last first; days of Brasília, both included, or moments |
//! | where `search` looks | title and description, whatever the case |
//! | the order of tags and participants; of who carries a tag | newest first; in the order of their coming |
//! | the filters whose names are lost (Q148) | ignored |
//! | a tag given twice, taken from who has none | 204 |
//! | one unknown id or number among others | 404 `ERR_NF404`, and nothing is changed |
//! | somebody added after the event is over | 422, as is documented for tags; a check-in is taken at any time |
//! | a second check-in | the first time stays |
//! | somebody added by hand | has an `eduzzId` and an `invoiceId` as in the example, and no buyer; with `useStock` 422 when the lot has none left |
//! | what a change leaves out (Q149) | stays; another e-mail address is another `eduzzId` |
//! | a ticket mailed to who has none | 404 |
//! | the list of media when there are none (Q153) | 404 `Medias not found` |
//! | an unknown token at SafeVideo | 401 in SafeVideo's documented form |
//!
//! Of webhooks:
//!
//! | Undocumented | Here |
//! |---|---|
//! | whose subscriptions a token sees | those of its application; of a personal token's, the first one that its person makes |
//! | making one | 200; the receiver is not tried before it is activated |
//! | activating (Q86) | sends a ping and waits for the answer; without a 2xx the subscription stays disabled and the call answers 422. One that is active, or in the backup, stays so and is not pinged |
//! | the status of one in the backup, and of one that was in it for two days (Q79) | `backup`; `disabled` |
//! | a change (Q83) | what is left out keeps its value; another address disables, as nobody tried it; nothing else touches the status |
//! | the address of a deletion (Q85) | `url` in a JSON body, compared letter by letter; one that nothing goes to is a 204 too |
//! | what waits for a subscription that is disabled or deleted | is erased; what happens while it is disabled is not stored |
//! | several filters; an event without the metadatum | all of them must let it through; it is not let through |
//! | names of metadata but those of Nutror and Blinket and `productId` | `producerId`, `email`, `teamId`, `courseId`, `lessonId`; a lot's `batchId` is its product's id, which is all that deliveries have of it |
//! | a sample | is sent whatever the status, once, with an id of its own; no answer is a 404 with `statusCode` 0 and the reason |
//! | the scope of origins and samples (Q87) | none |
//! | how long a receiver may take; how many deliveries are under way at once | 10 s; 5 of a subscription |
//! | further attempts without the backup | after 1, 5, 30 and 120 minutes; then the event is given up, and the subscription stays active |
//! | attempts until the third error, with the backup | after 1 and 5 minutes |
//! | redirects | are failures |
//! | the first stored event | the one that happened first; what else is under way when the backup begins is taken if it is taken, and ends nothing |
//! | the minute between attempts; the two days | from one attempt to the next, and not before its answer; from the third error on, and an attempt under way is waited for |
//! | after the backup | the errors of all that was stored are forgotten |
//! | each attempt; two subscriptions; a resend by hand (Q74) | the same bytes, so the same `id` and `sentDate` |
//! | a purchase | `invoice_opened`, for pix and bank slips `invoice_waiting_payment`, and when it is paid `invoice_paid`, `commission_processed`; where it opens something, `nutror.enrollment_created`, `blinket.attendance_added`, `alpaclass.student_created` |
//! | a refund, beside `invoice_refunded` | takes the ticket (`blinket.attendance_canceled`) and the access at Nutror, of which there is no event; a student of Alpaclass stays |
//! | another holder of a ticket | `blinket.attendance_assigned` for another e-mail address, then `attendance_edited`; every ticket is `assigned`, as the API has it |
//! | a tag that is deleted | `blinket.attendance_tag_changed` for whoever carried it |
//! | who was added by hand | has no `batch`, and is the `buyer` |
//! | the `learner` of an answer to a comment; a lesson's title | who wrote the comment; made up, as no call has lessons |
//! | events without a cause | `attendances_printed`, `ticket_edited`, `contract_eduzz_balance_attempted`, all of SafeVideo, and what only students do: nobody learns here. A sample of each can be sent |
//! | a subscription; a charge of one | `contract_created` between the two; `contract_…_attempted` before what came of it, which is `contract_updated` with `status_updated` where the status changed |
//! | cancelling, reactivating | `contract_updated` with the reason, `invoice_canceled` for each charge that was open |
//! | a check-in, or undoing it; a tag given, taken or deleted; a change of a holder; somebody added by hand | `blinket.attendance_checkin`, `…_tag_changed`, `…_edited`, `…_added`, one for each participant for whom it changed something; who comes by a purchase is told of by the purchase alone |
//! | another day of the charges, the card e-mail | no event: none of the eight reasons is about them |
//! | a lost chargeback | `invoice_chargeback` with `refunded`, then `invoice_refunded` |
//! | a cart | is left when a test says so, never by itself |
//! | `price` of an invoice with a coupon; `paid` | the sum of the items, without the coupon; what the buyer pays, with interest |
//! | `fees.eduzz` | the API's `fee` and `others` together |
//! | `tracker`, `postback`, `billetUrl`, `plan`, `failReason` of a card | null |
//!
//! # Not for the open
//!
//! The sandbox binds 127.0.0.1 only and answers only requests for a loopback host. Its randomness is predictable
//! on purpose: nothing in it is a secret.

mod clock;
mod config;
mod control;
mod deliveries;
mod fault;
mod http;
mod random;
mod render;
mod running;
mod sandbox;
mod state;
mod visitor;
mod webhooks;

pub use crate::clock::Clock;
pub use crate::config::{
    AppConfig, AppState, Arrivals, Carrier, Config, ConfigError, DEFAULT_RETURN_URL, Pace, Person, Webhooks,
};
pub use crate::control::{CannotHappen, SandboxControl};
pub use crate::deliveries::Deliveries;
pub use crate::fault::Fault;
pub use crate::sandbox::{Sandbox, StartError};
pub use crate::state::shop::SaleAction;
pub use crate::visitor::{Answer, Step, Visit, VisitError, Visitor};
pub use crate::webhooks::{DeliveryAttempt, DeliveryRecord, DeliveryState, Attempt, ReceiverAnswer};
