//! The report of a mirror, on both screens, with and without scripts, and on paper.

use std::time::Duration;

use eduzz_sandbox::{Config, Sandbox};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::{Look, Screen};
use crate::setup::bounded;
use crate::support::Home;

#[tokio::test]
async fn report_is_read_on_every_screen_and_on_paper() {
    bounded(async {
        let mut config = Config::default();
        config.pace = None;
        config.history = Duration::from_secs(120 * 86_400);
        let sandbox = Sandbox::start(config).await.unwrap();
        let files = tempfile::tempdir().unwrap();
        let file = |name: &str| files.path().join(name).display().to_string();
        let (db, page) = (format!("sqlite:{}", file("mirror.sqlite")), file("report.html"));
        let home = Home::new()
            .at(&sandbox)
            .with("EDUZZ_TOKEN", &sandbox.person().personal_token)
            .with("EDUZZ_PACE", "off")
            .with("EDUZZ_DB", &db);
        home.run("mirror init").await.ended(0);
        home.run("mirror run --once").await.ended(0);
        home.run(&format!("mirror report --out '{page}'")).await.ended(0);

        let driver = Driver::start().await;
        for look in Look::ALL {
            let browser = Browser::open(&driver, look).await;
            browser.goto(&format!("file://{page}")).await;
            browser.shows("Relatório da conta").await;
            browser.look_at("report").await;
            browser.has_contrast().await;
            let opened = "const all = [...document.querySelectorAll('details')];
                          all.forEach((table) => { table.open = true; });
                          scrollTo(0, 0);
                          return all.length;";
            assert!(browser.run(opened).await.as_u64() >= Some(5));
            browser.look_at("report-tables").await;
            browser.has_contrast().await;
            if look.screen == Screen::Desktop && look.scripts {
                browser.goto(&format!("file://{page}")).await;
                let pages = browser.print("report").await;
                assert!((2..=6).contains(&pages), "{pages}");
            }
            browser.close().await;
        }
    })
    .await;
}
