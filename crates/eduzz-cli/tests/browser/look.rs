//! The screens and settings of the browser.

use serde_json::{Value, json};

/// How a browser is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) screen: Screen,
    /// Whether pages may run scripts. Ours have none and must not need any.
    pub(crate) scripts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Desktop,
    Phone,
}

impl Look {
    /// Both screens, with scripts and without.
    pub(crate) const ALL: [Self; 4] = [
        Self::of(Screen::Desktop, true),
        Self::of(Screen::Desktop, false),
        Self::of(Screen::Phone, true),
        Self::of(Screen::Phone, false),
    ];

    const fn of(screen: Screen, scripts: bool) -> Self {
        Self { screen, scripts }
    }

    /// Chromium's options for this look alone.
    pub(crate) fn options(self) -> Value {
        // The page gets the window without the browser's own bars.
        let mut options = json!({ "args": ["--window-size=1280,940"] });
        if self.screen == Screen::Phone {
            options["mobileEmulation"] = json!({
                "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2, "mobile": true, "touch": true },
            });
        }
        if !self.scripts {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        options
    }
}

impl Screen {
    pub(crate) const fn width(self) -> u64 {
        match self {
            Self::Desktop => 1280,
            Self::Phone => 390,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
        }
    }
}
