// The panel's comfort where scripts run: copy buttons, and parts that follow the sandbox live.
"use strict";
(() => {
  const shortest = 400; // Milliseconds between two loads.
  const parts = () => [...document.querySelectorAll("[data-live]")];

  // The parts as the server wrote them, before the buttons are shown.
  const written = new WeakMap(parts().map((part) => [part, part.innerHTML]));

  const equip = (root) => {
    for (const button of root.querySelectorAll("button.copy")) button.hidden = !navigator.clipboard;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const label = button.textContent;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1500);
  });

  // A part in which a person types or selects is not taken away under their hands.
  const isInUse = (part) => {
    const active = document.activeElement;
    const selection = getSelection();
    return (part.contains(active) && active.matches("input, select, textarea"))
      || (!selection.isCollapsed && part.contains(selection.anchorNode));
  };

  const replace = (part, fresh) => {
    const known = new Set([...part.querySelectorAll("[id]")].map((element) => element.id));
    const open = new Set([...part.querySelectorAll("details[open][id]")].map((element) => element.id));
    const focused = part.contains(document.activeElement) && document.activeElement.id;
    written.set(part, fresh.innerHTML);
    part.replaceChildren(...fresh.childNodes);
    for (const details of part.querySelectorAll("details[id]")) details.open ||= open.has(details.id);
    for (const row of part.querySelectorAll("[data-row][id]")) {
      if (known.size > 0 && !known.has(row.id)) row.classList.add("fresh");
    }
    if (focused) document.getElementById(focused)?.focus();
    equip(part);
  };

  const stale = new Set();
  let isLoading = false;
  const load = async () => {
    if (isLoading || stale.size === 0) return;
    isLoading = true;
    let pause = shortest;
    const topics = new Set(stale);
    stale.clear();
    try {
      const answer = await fetch(location.href);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of parts()) {
          const follows = part.dataset.live.split(" ").some((topic) => topics.has(topic));
          const fresh = follows && page.getElementById(part.id);
          if (!fresh || fresh.innerHTML === written.get(part)) continue;
          if (isInUse(part)) {
            part.dataset.live.split(" ").forEach((topic) => stale.add(topic));
            pause = 2000;
          } else {
            replace(part, fresh);
          }
        }
      }
    } catch {
      // The sandbox has ended; the stream says so too.
    }
    setTimeout(() => { isLoading = false; load(); }, pause);
  };

  // A browser opens six connections to a host: hidden pages give theirs back.
  let stream;
  const say = (isLive) => {
    for (const mark of document.querySelectorAll(".live")) mark.hidden = !isLive;
  };
  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
      say(false);
    } else if (!stream && parts().length > 0) {
      const opened = stream = new EventSource("/panel/live");
      const changed = (topic) => () => { stale.add(topic); load(); };
      for (const topic of ["requests", "webhooks", "shop"]) opened.addEventListener(topic, changed(topic));
      opened.addEventListener("open", () => {
        say(true);
        for (const topic of ["requests", "webhooks", "shop"]) stale.add(topic);
        load();
      });
      opened.addEventListener("error", () => say(false));
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { stream?.close(); stream = undefined; });
  addEventListener("pageshow", listen);

  equip(document);
  listen();
})();
