//! Ids: texts that are not to be mixed up.

use alloc::string::ToString as _;

use serde_json::Number;

use crate::text::Text;

/// The text of an id that came as a number: `123` and `123.0` are the same id, and `1.5` is none.
pub(crate) fn number_text(number: &Number) -> Result<Text, &'static str> {
    if let Some(number) = number.as_u64() {
        return Ok(number.into());
    }
    let text = number.to_string();
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    // What a binary float has rounded is written with an exponent: those digits are not the service's.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(whole.into())
    } else {
        Err("the number is not an id")
    }
}

/// Declares newtypes over the text of an id.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// The service writes it as text or as a number, sometimes with blanks around it (Q25); it is read from
        /// either, without the blanks, and written as text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::text::Text);

        impl $name {
            /// Makes an id from its text, without the blanks around it.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(text.trim().into())
            }

            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<alloc::string::String> for $name {
            fn from(text: alloc::string::String) -> Self {
                Self::new(&text)
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self(number.into())
            }
        }

        impl $crate::scalar::FromScalar for $name {
            const EXPECTED: &'static str = "an id (text or number)";

            fn from_text(text: &str) -> Result<Self, &'static str> {
                Ok(Self::new(text))
            }

            fn from_number(number: &serde_json::Number) -> Result<Self, &'static str> {
                $crate::id::number_text(number).map(Self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::scalar::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )+};
}

id! {
    /// Id of an Eduzz account, a UUID: what `GET /accounts/v1/me` and the token answer's `user.id` give.
    AccountId;
    /// Number of a producer or customer at Eduzz (`eduzzId`): the one that sales and webhooks use.
    ///
    /// Only the token answer links it to the [`AccountId`]; `GET /accounts/v1/me` does not have it.
    EduzzId;
    /// Number of the same person at Nutror (`nutrorId`).
    NutrorId;
    /// Id of an application (`client_id`), a UUID.
    ClientId;
    /// Id of an access token, a UUID; not the token itself.
    TokenId;
    /// Id of the credential (the application) that a token was made for, a UUID.
    CredentialId;
    /// Id of a product of MyEduzz (there also called a content).
    ProductId;
    /// Id of a subscription, which is a contract: `contractId` elsewhere.
    SubscriptionId;
    /// Id of an invoice, also of one without a subscription: of what webhooks tell of.
    InvoiceId;
    /// Id of the transaction that paid an invoice, which the thank-you page gets as `transaction_id`. It is not the
    /// [`InvoiceId`]: mixing them up breaks matching (Q90).
    TransactionId;
    /// Id of a checkout's transaction, 32 hex digits: another thing than the [`TransactionId`] of an invoice.
    CheckoutTransactionId;
    /// Id of a coupon.
    CouponId;
    /// Id of a plan of a product that is subscribed to.
    PlanId;
    /// Id of who gets a part of a sale: producer, coproducer or affiliate. That it is their [`EduzzId`] is likely, and documented
    /// nowhere.
    CommissionPartyId;
    /// Id of an event that a webhook delivers: the same in each attempt, whatever its form (25 letters and digits, 32 hex digits or
    /// a UUID were seen), so it is what duplicates are known by.
    EventId;
    /// Id of a sale of MyEduzz.
    ///
    /// One integrator reports that a sale is one invoice: one instalment of a bank slip, or one charge of a contract, not
    /// the whole purchase (Q36).
    SaleId;
    /// Id of an entry of the statement.
    StatementEntryId;
    /// Id of a transfer to a bank account.
    TransferId;
    /// Id of a fiscal document.
    FiscalDocumentId;
    /// Code of the state of a fiscal document's file, such as `5`; what the codes mean is not documented.
    FiscalFileStatus;
    /// Id of a product's campaign.
    CampaignId;
    /// Id of a product's offer.
    OfferId;
    /// Id of a product's partner.
    PartnerId;
    /// Id of a line of a sale.
    SaleItemId;
    /// Id of an affiliate, as sales name it. That it is the affiliate's [`EduzzId`] is likely, and documented nowhere.
    AffiliateId;
    /// Id of an affiliation: of the tie between one product and one affiliate.
    AffiliationId;
    /// Id of a cart of Checkout Sun.
    CartId;
    /// Id of an order in the shop of who made the cart: Checkout Sun gives it back.
    OrderId;
    /// Id of a webhook's subscription: of a receiver and the events that it is told of.
    WebhookSubscriptionId;
    /// Id of a secret that signs webhooks; not the secret itself.
    WebhookSecretId;
    /// Id of a part of Eduzz that webhooks come from.
    WebhookOriginId;
    /// Id of a school of Alpaclass, which its paths call a team: a short code or a slug; 32 hex digits in webhooks (Q123).
    TeamId;
    /// Id of a student of an Alpaclass school, a short code; 32 hex digits in webhooks (Q123).
    TeamStudentId;
    /// Id of a course of an Alpaclass school, a short code; 32 hex digits in webhooks (Q123).
    TeamCourseId;
    /// Id of a module of a course of an Alpaclass school; only webhooks tell it.
    TeamModuleId;
    /// Id of a lesson of a course of an Alpaclass school; only webhooks tell it.
    TeamLessonId;
    /// Id of an event at Blinket, a UUID: of what tickets are sold for, not of an event that a webhook delivers.
    BlinketEventId;
    /// Id of a participant of a Blinket event, a UUID: of one ticket that somebody has.
    AttendanceId;
    /// Number of a ticket at Blinket: what is checked at the door.
    InviteKey;
    /// Id of a tag that Blinket participants can have, a UUID.
    AttendanceTagId;
    /// Id of a student's enrolment in a course of an Alpaclass school.
    TeamEnrollmentId;
    /// Id of a delivery of an Alpaclass school.
    DeliveryId;
    /// Id of a product on the platform where an Alpaclass delivery has it sold, Eduzz or another.
    PlatformProductId;
    /// Code of an offer on the platform where an Alpaclass delivery has it sold.
    PlatformOfferId;
    /// Id of a community of HeyCamp: the documentation has a number in one place and a UUID in another (Q128).
    CommunityId;
    /// Id of a member of a HeyCamp community.
    MemberId;
    /// Id of a post in a HeyCamp community.
    PostId;
    /// Id of a comment on a post of a HeyCamp community, or of a reply to one.
    PostCommentId;
    /// Id of a space of a HeyCamp community.
    SpaceId;
    /// Id of an invitation to a HeyCamp community.
    InvitationId;
    /// Id of a user of Blinket, a UUID. Whether it is the [`AccountId`] is not documented.
    BlinketUserId;
    /// Id of a kind of ticket to an event of Blinket, a UUID.
    TicketId;
    /// Id of a lot of tickets to an event of Blinket, a UUID.
    LotId;
    /// Id of a media of SafeVideo, 24 hexadecimal digits; not the key of its player.
    MediaId;
    /// Id of a user of SafeVideo, 24 hexadecimal digits.
    SafeVideoUserId;
    /// Code of an error, such as `ERR_NF404`, `0010` or `12`; which products use which is in `docs/errors.md`.
    ErrorCode;
}
