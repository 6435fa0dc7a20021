// Keyboard: shortcuts from data-shortcut, their list with "?", and the command palette with Ctrl-K.
//
// The palette asks GET /palette?q=… for a fragment of <a href role="option"> elements.
"use strict";
(function () {
  const { all, make, open } = window.assay;
  const isTyping = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  // ---- shortcuts ----------------------------------------------------------------------------------------------------
  let typed = "";
  let typedAt = 0;
  function run(element) {
    if (isTyping(element)) { element.focus(); element.select?.(); }
    else element.click();
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); openHelp(); return; }
    const now = Date.now();
    typed = now - typedAt < 1200 && typed ? typed + " " + event.key : event.key;
    typedAt = now;
    let element = document.querySelector('[data-shortcut="' + CSS.escape(typed) + '"]');
    if (!element && typed !== event.key) {
      typed = event.key;
      element = document.querySelector('[data-shortcut="' + CSS.escape(typed) + '"]');
    }
    if (!element) return;
    event.preventDefault();
    typed = "";
    run(element);
  });

  function openHelp() {
    const list = make("dl", { class: "shortcut-list" });
    const add = (keys, label) => list.append(
      make("dt", {}, ...keys.split(" ").map((key) => make("kbd", {}, key))), make("dd", {}, label));
    add("?", "This list");
    add("Ctrl K", "Go to anything");
    if (document.querySelector("table[data-rows]")) {
      add("j k", "Next row, row before");
      add("Enter", "Open the row");
    }
    if (document.querySelector("[data-select-row]")) add("x", "Select the row");
    if (document.querySelector("td[data-edit]")) add("e", "Edit a cell of the row");
    for (const element of all("[data-shortcut]"))
      add(element.dataset.shortcut, element.dataset.shortcutLabel || element.getAttribute("aria-label") || element.textContent.trim() || element.placeholder || "");
    open(make("dialog", { class: "sheet", "aria-label": "Keyboard shortcuts" },
      make("div", { class: "sheet-body" }, make("h2", { class: "h3" }, "Keyboard shortcuts"), list),
      make("div", { class: "sheet-foot" }, make("button", { class: "btn", type: "button", "data-close": "" }, "Close"))));
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-open-help]")) openHelp();
    if (event.target.closest?.("[data-open-palette]")) openPalette();
  });

  // ---- palette ------------------------------------------------------------------------------------------------------
  function openPalette() {
    if (document.querySelector("dialog.palette")) return;
    const results = make("div", { class: "palette-results", id: "palette-results", role: "listbox", "aria-label": "Results" });
    const input = make("input", {
      type: "search", name: "q", autocomplete: "off", placeholder: "Go to a record, a page or an action…", role: "combobox",
      "aria-label": "Go to", "aria-expanded": "true", "aria-controls": "palette-results", "hx-get": "/palette",
      "hx-trigger": "input changed delay:120ms, load", "hx-target": "#palette-results", "hx-sync": "this:replace",
    });
    const dialog = make("dialog", { class: "sheet palette", "aria-label": "Command palette" }, input, results);
    const options = () => all("a", results);
    function choose(index) {
      const list = options();
      list.forEach((option, i) => {
        option.setAttribute("aria-selected", String(i === index));
        option.id = "palette-option-" + i;
      });
      if (!list[index]) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list[index].id);
      list[index].scrollIntoView({ block: "nearest" });
    }
    results.addEventListener("htmx:afterSwap", () => choose(0));
    input.addEventListener("keydown", (event) => {
      const list = options();
      const at = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.length) choose((at + (event.key === "ArrowDown" ? 1 : list.length - 1)) % list.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        list[Math.max(at, 0)]?.click();
      }
    });
    open(dialog);
    input.focus();
    window.htmx?.process(dialog);
  }
})();
