//! Drives Chromium: opens addresses, reads pages, presses buttons, takes screenshots.

use std::path::PathBuf;
use std::{env, fs};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::driver::{Driver, on_path};
use crate::look::{Look, Screen};

/// The key of an element's id in WebDriver's JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with an empty profile.
pub(crate) struct Browser<'a> {
    driver: &'a Driver,
    session: String,
    pub(crate) look: Look,
}

impl<'a> Browser<'a> {
    pub(crate) async fn open(driver: &'a Driver, look: Look) -> Self {
        let mut options = look.options();
        options["binary"] = on_path("chromium").display().to_string().into();
        let profile = format!("--user-data-dir={}", driver.profile().display());
        let own = options["args"].as_array_mut().unwrap();
        own.extend(FLAGS.into_iter().chain([profile.as_str()]).map(Value::from));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // Milliseconds; `implicit` is the wait for an element.
            "timeouts": { "implicit": 10_000, "pageLoad": 20_000, "script": 5_000 },
        } } });
        let opened = driver.send("POST", "/session", Some(&wanted)).await;
        let opened = opened.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        let browser = Self {
            driver,
            session: format!("/session/{}", opened["sessionId"].as_str().unwrap()),
            look,
        };
        browser.has_its_look().await;
        browser
    }

    /// Checks that the settings have an effect: Chromium ignores unknown ones silently.
    async fn has_its_look(&self) {
        self.goto("data:text/html,<title>off</title><script>document.title='on'</script>")
            .await;
        let scripts = if self.look.scripts { "on" } else { "off" };
        assert_eq!(self.title().await, scripts, "{:?}", self.look);
    }

    pub(crate) async fn close(self) {
        self.command("DELETE", "", None).await;
    }

    /// Opens an address, and waits until its page is there.
    pub(crate) async fn goto(&self, url: &str) {
        self.command("POST", "/url", Some(json!({ "url": url }))).await;
    }

    pub(crate) async fn url(&self) -> String {
        text(self.command("GET", "/url", None).await)
    }

    async fn title(&self) -> String {
        text(self.command("GET", "/title", None).await)
    }

    /// Waits for the page with this heading.
    pub(crate) async fn shows(&self, heading: &str) {
        self.find("xpath", &format!("//h1[normalize-space() = \"{heading}\"]"))
            .await;
    }

    /// Waits for an element, then clicks or taps it. It does not wait for the next page.
    pub(crate) async fn press(&self, css: &str) {
        let element = self.element(css).await;
        match self.look.screen {
            Screen::Desktop => {
                self.command("POST", &format!("/element/{element}/click"), Some(json!({})))
                    .await;
            }
            Screen::Phone => self.tap(&element).await,
        }
    }

    /// Taps an element. chromedriver's own click hangs on a touch screen without scripts.
    async fn tap(&self, element: &str) {
        let element = json!({ ELEMENT: element });
        let scroll = json!({
            "script": "arguments[0].scrollIntoView({ block: 'nearest' })",
            "args": [element.clone()],
        });
        self.command("POST", "/execute/sync", Some(scroll)).await;
        let tap = json!({ "actions": [{
            "type": "pointer",
            "id": "finger",
            "parameters": { "pointerType": "touch" },
            "actions": [
                { "type": "pointerMove", "duration": 0, "origin": element, "x": 0, "y": 0 },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ],
        }] });
        self.command("POST", "/actions", Some(tap)).await;
    }

    /// The text of an element, once it exists.
    pub(crate) async fn text(&self, css: &str) -> String {
        loop {
            let element = self.element(css).await;
            let path = format!("/element/{element}/text");
            match self.try_command("GET", &path, None).await {
                Ok(found) => return text(found),
                // A page that follows the sandbox replaced it since. The test has its limit.
                Err(error) if error.contains("stale element") => {}
                Err(error) => panic!("{css}: {error}"),
            }
        }
    }

    /// Waits for an element.
    pub(crate) async fn element(&self, css: &str) -> String {
        self.find("css selector", css).await
    }

    async fn find(&self, using: &str, value: &str) -> String {
        let wanted = json!({ "using": using, "value": value });
        match self.try_command("POST", "/element", Some(wanted)).await {
            Ok(found) => text(found[ELEMENT].clone()),
            Err(error) => panic!(
                "{} has no {value}: {error}\n{}",
                self.url().await,
                self.source().await
            ),
        }
    }

    async fn source(&self) -> String {
        text(self.command("GET", "/source", None).await)
    }

    /// Runs a script of the driver, which is allowed where the page's scripts are not.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let script = json!({ "script": script, "args": [] });
        self.command("POST", "/execute/sync", Some(script)).await
    }

    /// The addresses of the history, first to last.
    pub(crate) async fn history(&self) -> Vec<String> {
        let history = self.devtools("Page.getNavigationHistory", json!({})).await;
        let entries = history["entries"].as_array().unwrap();
        entries.iter().map(|entry| text(entry["url"].clone())).collect()
    }

    /// Checks the open page: it fits the screen, runs no script, violates no policy of its own, and
    /// has no referrer. Saves a screenshot.
    pub(crate) async fn look_at(&self, name: &str) {
        let page = self.fits(name).await;
        assert_eq!(page["referrer"], "", "{name}");
        assert_eq!(page["scripts"], json!([]), "{name}");
        self.complained_of_nothing(name).await;
        if self.look.scripts {
            self.take_pictures(name).await;
        }
    }

    /// As [`look_at`](Self::look_at), for a page of the panel, whose only script is its own file.
    pub(crate) async fn look_at_panel(&self, name: &str) {
        let page = self.fits(name).await;
        let scripts = page["scripts"].as_array().unwrap();
        assert_eq!(scripts.len(), 1, "{name}: {scripts:?}");
        assert!(
            scripts[0].as_str().unwrap().ends_with("/panel.js"),
            "{name}: {scripts:?}"
        );
        self.complained_of_nothing(name).await;
        if self.look.scripts {
            self.take_pictures(name).await;
        }
    }

    /// Checks that the open page fits the screen, that nothing leaves the padding of its card, that
    /// no button's word is broken, and that the markup has no handlers.
    async fn fits(&self, name: &str) -> Value {
        let page = self
            .run(
                "const root = document.documentElement;
                 return {
                   language: root.lang,
                   referrer: document.referrer,
                   scripts: [...document.scripts].map((script) => script.src || 'inline'),
                   handlers: [...document.querySelectorAll('*')].flatMap(
                     (element) => element.getAttributeNames().filter((name) => name.startsWith('on'))),
                   screen: innerWidth,
                   room: root.clientWidth,
                   needed: root.scrollWidth,
                   cut: [...document.querySelectorAll('body *')]
                     .filter((element) => !element.closest('pre')
                       && element.getBoundingClientRect().right > root.clientWidth + 0.5)
                     .map((element) => element.outerHTML.slice(0, 80)),
                   outside: [...document.querySelectorAll(
                       '.card, .empty, .fields, .hint, .rows td, .tiles li, .choices, main > *')]
                     .flatMap((frame) => {
                       const style = getComputedStyle(frame);
                       const box = frame.getBoundingClientRect();
                       const left = box.left + parseFloat(style.paddingLeft);
                       const right = box.right - parseFloat(style.paddingRight);
                       return [...frame.querySelectorAll('*')]
                         .filter((element) => !element.closest('pre, option, .rows .what a')
                           && element.checkVisibility())
                         .filter((element) => {
                           const own = element.getBoundingClientRect();
                           return own.width > 0 && (own.right > right + 0.5 || own.left < left - 0.5);
                         })
                         .map((element) => frame.className + ': ' + element.outerHTML.slice(0, 80));
                     }),
                   broken: [...document.querySelectorAll('button:not(.choice), .mark')]
                     .filter((label) => label.checkVisibility())
                     .flatMap((label) => [...label.childNodes])
                     .filter((node) => node.nodeType === 3
                       && [...node.data.matchAll(/\\S+/g)].some((word) => {
                         const range = document.createRange();
                         range.setStart(node, word.index);
                         range.setEnd(node, word.index + word[0].length);
                         return range.getClientRects().length > 1;
                       }))
                     .map((node) => node.data),
                 };",
            )
            .await;
        let whole = format!("{name}, {:?}: {page}", self.look);
        assert_eq!(page["language"], "pt-BR", "{whole}");
        assert_eq!(page["handlers"], json!([]), "{whole}");
        assert_eq!(page["screen"], self.look.screen.width(), "{whole}");
        assert!(page["needed"].as_u64() <= page["room"].as_u64(), "{whole}");
        assert_eq!(page["cut"], json!([]), "{whole}");
        assert_eq!(page["outside"], json!([]), "{whole}");
        assert_eq!(page["broken"], json!([]), "{whole}");
        page
    }

    /// Checks that every text can be read, in light and dark: 4.5 to 1 against its ground.
    pub(crate) async fn has_contrast(&self) {
        for scheme in ["light", "dark"] {
            let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            self.devtools("Emulation.setEmulatedMedia", feature).await;
            let faint = self
                .run(
                    "const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
                     const light = (color) => {
                       const [r, g, b] = color.map((part) => {
                         const value = part / 255;
                         return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                       });
                       return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                     };
                     const ground = (element) => {
                       for (; element; element = element.parentElement) {
                         const color = numbers(getComputedStyle(element).backgroundColor);
                         if (color.length < 4 || color[3] > 0) return color;
                       }
                       return [255, 255, 255];
                     };
                     const texts = [...document.querySelectorAll('body *')].filter((element) =>
                       element.checkVisibility()
                       && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
                     const faint = texts.filter((element) => {
                       const style = getComputedStyle(element);
                       const ink = light(numbers(element instanceof SVGElement ? style.fill : style.color));
                       const paper = light(ground(element));
                       return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
                     });
                     return { texts: texts.length, faint: faint.map((element) => element.outerHTML.slice(0, 80)) };",
                )
                .await;
            assert!(faint["texts"].as_u64() > Some(10), "{scheme}: {faint}");
            assert_eq!(faint["faint"], json!([]), "{scheme}, {:?}", self.look);
        }
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await;
    }

    /// Prints on A4, saves the PDF, and returns its number of pages. Each part with a plot is kept
    /// in one piece and fits a page.
    pub(crate) async fn print(&self, name: &str) -> usize {
        let paper = json!({ "width": 688, "height": 1017, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", paper).await;
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
        let parts = self
            .run(
                "return [...document.querySelectorAll('figure')].map((part) => ({
                   height: part.getBoundingClientRect().height,
                   inside: getComputedStyle(part).breakInside,
                   plots: [...part.querySelectorAll('svg')].filter((plot) => plot.checkVisibility()).length,
                 }));",
            )
            .await;
        for part in parts.as_array().unwrap() {
            assert!(part["height"].as_f64().unwrap() < 1017.0, "{parts}");
            assert_eq!(
                (&part["inside"], &part["plots"]),
                (&json!("avoid"), &json!(1)),
                "{parts}"
            );
        }
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
            .await;
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
        let printed = self
            .devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }))
            .await;
        let pdf = BASE64_STANDARD.decode(text(printed["data"].clone())).unwrap();
        save(&format!("{name}.pdf"), &pdf);
        let is_page = |rest: &&[u8]| rest.starts_with(b"/Type /Page") && !rest.starts_with(b"/Type /Pages");
        (0..pdf.len()).map(|at| &pdf[at..]).filter(is_page).count()
    }

    /// The console has no message but the expected error status of this page.
    async fn complained_of_nothing(&self, whole: &str) {
        let log = self
            .command("POST", "/se/log", Some(json!({ "type": "browser" })))
            .await;
        let status = format!(
            "{} - Failed to load resource: the server responded with a status of 4",
            self.url().await
        );
        let complaints: Vec<_> = log
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| {
                let message = entry["message"].as_str().unwrap_or_default();
                !message.starts_with(&status)
            })
            .collect();
        assert!(complaints.is_empty(), "{complaints:?}\n{whole}");
    }

    /// Takes pictures of the first screen in light and dark, then of each further screen, if
    /// somebody will look at them: they take most of a test's time.
    async fn take_pictures(&self, name: &str) {
        if pictures().is_none() {
            return;
        }
        let name = format!("{name}-{}", self.look.screen.name());
        for scheme in ["light", "dark"] {
            let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            self.devtools("Emulation.setEmulatedMedia", feature).await;
            self.take_picture(&format!("{name}-{scheme}.png")).await;
        }
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await;
        for number in 2..=9 {
            let moved = self
                .run("const before = scrollY; scrollBy(0, innerHeight * 0.8); return scrollY > before")
                .await;
            if moved == false {
                break;
            }
            self.take_picture(&format!("{name}-{number}.png")).await;
        }
    }

    async fn take_picture(&self, file: &str) {
        let picture = text(self.command("GET", "/screenshot", None).await);
        save(file, &BASE64_STANDARD.decode(picture).unwrap());
    }

    /// A command of the DevTools protocol, for what WebDriver lacks.
    async fn devtools(&self, command: &str, params: Value) -> Value {
        let command = json!({ "cmd": command, "params": params });
        self.command("POST", "/goog/cdp/execute", Some(command)).await
    }

    async fn command(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.try_command(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    async fn try_command(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let path = format!("{}{path}", self.session);
        self.driver.send(method, &path, body.as_ref()).await
    }
}

/// The folder of the pictures, if they are wanted.
fn pictures() -> Option<PathBuf> {
    env::var_os("EDUZZ_SCREENSHOTS").map(PathBuf::from)
}

/// Saves what a person wants to look at.
fn save(file: &str, bytes: &[u8]) {
    if let Some(folder) = pictures() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), bytes).unwrap();
    }
}

const FLAGS: [&str; 11] = [
    "--headless=new",
    // The panel follows the browser's language.
    "--lang=pt-BR",
    "--accept-lang=pt-BR",
    // Chromium's sandbox does not start as root, as in containers.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    // No network but loopback: no updates, no accounts, no name resolution.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => panic!("no text: {other}"),
    }
}
