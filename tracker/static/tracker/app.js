// Everything here is an extra: each page works without it.
(() => {
  const root = document.documentElement;
  const stored = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* storage may be forbidden; the page works all the same */ }
    return null;
  };
  // At once, before the first paint, so that a chosen theme does not flash.
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const keysOn = () => root.dataset.keys !== "off" && stored("keys") !== "off";

  const ready = (act) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", act) : act());
  const reveal = (scope) =>
    scope.querySelectorAll("[data-theme-toggle], [data-print], [data-copy], [data-keys-open]").forEach((el) => { el.hidden = false; });

  ready(() => {
    reveal(document);
    document.querySelector("[data-focus]")?.focus();
    const tab = document.querySelector(".tabs [aria-current]");
    if (tab) { const row = tab.closest(".tabs"); row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2; }
    const keysSwitch = document.querySelector("[data-keys-switch]");
    if (keysSwitch) keysSwitch.checked = keysOn();
    if (!keysOn()) root.dataset.keys = "off";
    document.body.addEventListener("htmx:after:swap", () => reveal(document));
  });

  document.addEventListener("click", async (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-theme-toggle]")) {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored("theme", root.dataset.theme);
    }
    if (hit("[data-print]")) print();
    if (hit("[data-keys-open]")) document.querySelector("[data-keys-help]")?.showModal();
    const copy = hit("[data-copy]");
    if (copy) {
      try {
        await navigator.clipboard.writeText(copy.dataset.copy);
        copy.classList.add("done");
        copy.querySelector(".vh").textContent = copy.dataset.done;
      } catch { copy.previousElementSibling?.setAttribute("open", ""); }
    }
    const more = document.querySelector(".bar details[open]");
    if (more && !more.contains(event.target)) more.open = false;
  });

  document.addEventListener("change", (event) => {
    const el = event.target;
    if (el.matches("[data-keys-switch]")) {
      stored("keys", el.checked ? "on" : "off");
      root.dataset.keys = el.checked ? "on" : "off";
    }
    // Say which files were chosen: the native input lies invisible over the drop area.
    if (el.matches(".drop input[type=file]")) {
      const names = [...el.files].map((file) => `${file.name} (${Math.ceil(file.size / 1024)} KB)`);
      const said = el.closest(".drop").querySelector("[data-chosen]");
      if (said) said.textContent = names.join(", ");
    }
  });
  for (const kind of ["dragover", "dragleave", "drop"])
    document.addEventListener(kind, (event) => event.target.closest?.(".drop")?.classList.toggle("over", kind === "dragover"));

  // Keys: a page names them in data-key ("n", "g d"); single keys can be switched off (WCAG 2.1.4).
  let pending = "", since = 0;
  const writing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const press = (key) => {
    for (const el of document.querySelectorAll("[data-key]"))
      if (el.dataset.key === key && el.offsetParent !== null) { el.click(); return true; }
    return false;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".bar details[open]")?.removeAttribute("open");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (!keysOn()) return;
    if (event.key === "?") { document.querySelector("[data-keys-help]")?.showModal(); return; }
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    const key = event.key.toLowerCase();
    const chord = Date.now() - since < 1200 ? `${pending} ${key}` : key;
    if (press(chord) || (chord !== key && press(key))) { event.preventDefault(); pending = ""; return; }
    pending = key; since = Date.now();
  });
})();
