//! The lists of each kind: their calls, and the scopes of these.

use eduzz_api::alpaclass::{ListTeamStudents, ListTeams};
use eduzz_api::blinket::{ListEvents, ListParticipants};
use eduzz_api::heycamp::ListMembers;
use eduzz_api::myeduzz::{
    ListAffiliates, ListChargebacks, ListCustomers, ListProductOffers, ListProducts, ListSales,
    ListStatement, ListSubscriptionInvoices, ListSubscriptions, ListTransfers,
};
use eduzz_api::nutror::{ListStudentEnrollments, ListStudents};
use eduzz_store::Store;
use eduzz_store::mirror::{Cause, List, MirrorStore};
use eduzz_sync::mirror::{By, Cut, Kind, Span};
use eduzz_types::heycamp::MemberStatus;
use eduzz_wire::Endpoint;

use crate::ask::{Many, sales, subscriptions};
use crate::{Done, Mirror, MirrorError};

/// The scopes that a token needs to read a kind.
#[must_use]
pub fn scopes(kind: Kind) -> &'static [&'static str] {
    fn of<E: Endpoint>() -> &'static [&'static str] {
        E::ROUTE.needed_scopes()
    }
    match kind {
        Kind::Sale => of::<ListSales>(),
        Kind::Subscription => of::<ListSubscriptions>(),
        Kind::Invoice => of::<ListSubscriptionInvoices>(),
        Kind::Customer => of::<ListCustomers>(),
        Kind::Product => of::<ListProducts>(),
        Kind::Offer => of::<ListProductOffers>(),
        Kind::StatementEntry => of::<ListStatement>(),
        Kind::Transfer => of::<ListTransfers>(),
        Kind::Chargeback => of::<ListChargebacks>(),
        Kind::Affiliation => of::<ListAffiliates>(),
        Kind::NutrorStudent => of::<ListStudents>(),
        Kind::NutrorEnrollment => of::<ListStudentEnrollments>(),
        Kind::BlinketEvent => of::<ListEvents>(),
        Kind::BlinketParticipant => of::<ListParticipants>(),
        Kind::AlpaclassTeam => of::<ListTeams>(),
        Kind::AlpaclassStudent => of::<ListTeamStudents>(),
        Kind::HeycampMember => of::<ListMembers>(),
        _ => &[],
    }
}

impl<S: Store + MirrorStore> Mirror<S> {
    /// Reads a window of a list. Returns it as it was cut and read; `None` if another process reads
    /// it, or the service refuses it.
    pub(crate) async fn read_window(
        &self,
        list: &List,
        span: Span,
        cause: Cause,
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError> {
        let parent = list.parent.as_str();
        match list.kind {
            Kind::Sale => {
                self.pass(list, span, cause, |days| sales(days, By::Creation), done)
                    .await
            }
            Kind::Subscription => {
                self.pass(list, span, cause, |days| subscriptions(days, By::Creation), done)
                    .await
            }
            Kind::StatementEntry => self.pass(list, span, cause, ListStatement::new, done).await,
            Kind::Chargeback => self.pass(list, span, cause, ListChargebacks::new, done).await,
            Kind::Customer => self.pass(list, span, cause, |_| ListCustomers::new(), done).await,
            Kind::Product => self.pass(list, span, cause, |_| ListProducts::new(), done).await,
            Kind::Transfer => self.pass(list, span, cause, |_| ListTransfers::new(), done).await,
            Kind::Affiliation => {
                self.pass(list, span, cause, |_| ListAffiliates::new(), done)
                    .await
            }
            Kind::NutrorStudent => self.pass(list, span, cause, |_| ListStudents::new(), done).await,
            Kind::BlinketEvent => self.pass(list, span, cause, |_| ListEvents::new(), done).await,
            Kind::NutrorEnrollment => {
                let call = |_| ListStudentEnrollments::new(parent);
                self.pass(list, span, cause, call, done).await
            }
            Kind::BlinketParticipant => {
                let call = |_| ListParticipants::new(parent);
                self.pass(list, span, cause, call, done).await
            }
            Kind::AlpaclassStudent => {
                let call = |_| ListTeamStudents::new(parent);
                self.pass(list, span, cause, call, done).await
            }
            Kind::HeycampMember => {
                // Without a status, it is not documented whether deleted members are listed.
                let call = |_| ListMembers::new(parent).status(MemberStatus::Active);
                self.pass(list, span, cause, call, done).await
            }
            Kind::Offer => {
                let call = Many::new(ListProductOffers::new(parent));
                self.whole(list, cause, call, done).await
            }
            Kind::Invoice => {
                let call = Many::new(ListSubscriptionInvoices::new(parent));
                self.whole(list, cause, call, done).await
            }
            Kind::AlpaclassTeam => self.whole(list, cause, Many::new(ListTeams::new()), done).await,
            _ => Ok(None),
        }
    }
}
