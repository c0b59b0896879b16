//! Silent changes at the service: rows that are gone or different, without an event and without a
//! newer time of update.

use serde_json::Value;

use super::actions::SaleAction;
use super::books::Shop;
use super::subscription::CannotChange;
use crate::render::lists;
use crate::state::calendar::Moment;
use crate::state::kept::Kept;
use crate::world::WorldKind;

impl Shop {
    /// Deletes a row. A deleted sale takes its chargeback, its invoice and its fiscal documents
    /// with it; the statement keeps its entries.
    ///
    /// # Errors
    ///
    /// The row does not exist, or rows of this kind cannot be deleted by themselves.
    pub(crate) fn delete(&mut self, kind: WorldKind, id: &str) -> Result<(), CannotChange> {
        let id: u64 = id.parse().map_err(|_| CannotChange::NotFound)?;
        let is_gone = match kind {
            WorldKind::Sale | WorldKind::SaleDetails => {
                let place = self.sales.by_key(&id, |sale| sale.id);
                self.seeded -= usize::from(place.is_some_and(|place| place < self.seeded));
                place.is_some_and(|place| self.sales.remove(place))
            }
            WorldKind::Subscription => take(&mut self.subscriptions, |row| row.id == id),
            WorldKind::StatementEntry => take(&mut self.entries, |row| row.id == id),
            WorldKind::Transfer => take(&mut self.transfers, |row| row.id == id),
            WorldKind::Affiliation => take(&mut self.affiliations, |row| row.id == id),
            WorldKind::Customer | WorldKind::CustomerDetails => {
                let before = self.customers.len();
                self.customers.retain(|customer| customer.id != id);
                self.other_changes += 1;
                self.customers.len() < before
            }
            WorldKind::Product => {
                let before = self.products.len();
                self.products.retain(|product| product.id != id);
                self.other_changes += 1;
                self.products.len() < before
            }
            _ => return Err(CannotChange::NotNow),
        };
        is_gone.then_some(()).ok_or(CannotChange::NotFound)
    }

    /// Changes members of a row as calls show it, or the whole row; `None` ends the change.
    ///
    /// # Errors
    ///
    /// The row does not exist.
    pub(crate) fn set_patch(
        &mut self,
        kind: WorldKind,
        id: &str,
        members: Option<Value>,
    ) -> Result<(), CannotChange> {
        if !self.has_row(kind, id) {
            return Err(CannotChange::NotFound);
        }
        let patches = self.patches.entry(kind.patched_as()).or_default();
        match members {
            Some(members) => patches.insert(id.to_owned(), members),
            None => patches.remove(id),
        };
        self.other_changes += 1;
        Ok(())
    }

    fn has_row(&self, kind: WorldKind, id: &str) -> bool {
        let number: Option<u64> = id.parse().ok();
        match (kind, number) {
            (WorldKind::Sale | WorldKind::SaleDetails, Some(number)) => self.any_sale(number).is_some(),
            (WorldKind::Chargeback, Some(number)) => self
                .any_sale(number)
                .is_some_and(|sale| sale.chargeback.is_some()),
            _ => {
                let mut is_there = false;
                lists::each(self, kind, &mut |row| is_there |= row.id == id);
                is_there
            }
        }
    }

    /// Applies an action to a sale without an event and without a newer time of update.
    ///
    /// # Errors
    ///
    /// The sale does not exist, or its status does not allow the action.
    pub(crate) fn apply_silently(
        &mut self,
        id: u64,
        what: SaleAction,
        now: Moment,
    ) -> Result<(), CannotChange> {
        let sale = self.sale(id).ok_or(CannotChange::NotFound)?;
        let (updated, contract) = (sale.updated, sale.subscription.map(|id| id.to_string()));
        let contract = contract.and_then(|id| Some((self.subscription(&id)?.updated, id)));
        let told = self.events.len();
        self.apply(id, what, now)?;
        self.events.truncate(told);
        self.alter(id, |sale| sale.updated = updated)?;
        if let Some((updated, contract)) = contract {
            self.subscription_mut(&contract)?.updated = updated;
        }
        Ok(())
    }
}

fn take<T>(from: &mut Kept<T>, is_it: impl Fn(&T) -> bool) -> bool {
    let place = from.iter().position(is_it);
    place.is_some_and(|place| from.remove(place))
}
