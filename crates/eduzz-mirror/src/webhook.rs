//! The subscription to webhooks that a mirror's events come by.

use eduzz_api::webhook::ListWebhookSubscriptions;
use eduzz_store::Store;
use eduzz_store::mirror::{MirrorStore, WebhookWatch};
use eduzz_sync::mirror::{followed, next_look};
use eduzz_sync::subscription::{Ailment, examine};

use crate::{Done, Mirror, MirrorError, Proof};

impl<S: Store + MirrorStore> Mirror<S> {
    /// Sets the address of the subscription that the mirror's events come by, so that runs look at
    /// it each night: whether it is there, active, alone, and has all events that the mirror
    /// follows. `None` ends that. [`Proof::webhook`] gives what was found; the mirror itself
    /// changes no subscription.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn watch_webhook(&self, url: Option<&str>) -> Result<(), MirrorError> {
        Ok(self.store.watch_webhook(&self.name, url).await?)
    }

    /// Looks at the subscription if its time has come.
    pub(crate) async fn look_at_webhook(&self) -> Result<Done, MirrorError> {
        let mut done = Done::default();
        let Some(watch) = self.store.webhook(&self.name).await? else {
            return Ok(done);
        };
        let now = self.store.now().await?;
        let next = watch
            .found
            .map(|found| next_look(found.checked_at, found.ailment.is_none()));
        if next.is_some_and(|next| now < next) {
            return Ok(done);
        }
        let choice = self.choice().await?;
        let (answer, _) = self.call(&ListWebhookSubscriptions::new(), &mut done).await?;
        let found = match answer.map_err(MirrorError::from) {
            Ok(list) => examine(&list.into_vec(), &watch.url.as_str().into(), followed(&choice)),
            Err(error) if error.is_refused() => Err(Ailment::Refused),
            Err(error) => return Err(error),
        };
        self.store.webhook_examined(&self.name, &watch.url, found).await?;
        Ok(done)
    }
}

impl<S: Store + MirrorStore> Proof<S> {
    /// The subscription that the mirror's events come by, and what the last look at it found;
    /// `None` if the mirror was not told of one, which is no doubt: polling finds what events would
    /// have told, later.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn webhook(&self) -> Result<Option<WebhookWatch>, MirrorError> {
        Ok(self.store().webhook(self.name()).await?)
    }
}
