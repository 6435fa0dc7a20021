// Behaviour of the pages, switched on by data attributes; every page works without it.
//
//   <meta name="csrf" content="…">        sent as X-CSRF-Token with every htmx request
//   data-shortcut="g r"                   keys that click (or focus) the element; "?" lists them all
//   data-theme-set="light|dark|auto"      theme buttons
//   data-confirm="Delete R-001?"          on a form, a submit button or an htmx element: asks first
//   data-reason="Why?"                    … and asks for a reason, sent as `reason`
//   <form data-dirty>                     warns before unsaved input is left behind
//   <table data-select>                   [data-select-all], [data-select-row] boxes; [data-select-bar], [data-select-count]
//   data-autosubmit, data-print, data-copy="text"
//   HX-Trigger: {"toast": {"text": "Saved", "error": false}}
"use strict";
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const csrf = () => document.querySelector('meta[name="csrf"]')?.content || "";

  if (window.htmx) {
    Object.assign(htmx.config, {
      includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, selfRequestsOnly: true,
      historyCacheSize: 0, refreshOnHistoryMiss: true,  // pages of an ISMS do not belong into the browser's storage
    });
  }

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // ---- messages -------------------------------------------------------------------------------------------------
  function toast(text, isError) {
    let box = document.querySelector(".toasts");
    if (!box) document.body.append(box = make("div", { class: "toasts", role: "status", "aria-live": "polite" }));
    const item = make("div", { class: isError ? "is-error" : "" }, text);
    box.append(item);
    setTimeout(() => item.remove(), isError ? 12000 : 5000);
  }
  document.addEventListener("toast", (event) => toast(event.detail.text || event.detail.value, event.detail.error));

  // ---- htmx -----------------------------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = csrf();
    const source = event.detail.elt;
    if (source.assayReason !== undefined) {
      event.detail.parameters.set ? event.detail.parameters.set("reason", source.assayReason)
                                  : (event.detail.parameters.reason = source.assayReason);
      delete source.assayReason;
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // 422 and 409 carry the form again, with what is wrong or what someone else changed meanwhile.
    const status = event.detail.xhr.status;
    const isHtml = (event.detail.xhr.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if ((status === 422 || status === 409) && isHtml) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const xhr = event.detail.xhr;
    const isText = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    toast(isText && xhr.responseText ? xhr.responseText : "The server answered " + xhr.status + ".", true);
  });
  document.addEventListener("htmx:sendError", () => toast("The server cannot be reached.", true));

  // ---- confirm, with a reason ---------------------------------------------------------------------------------------
  function ask(element, then) {
    const label = element.dataset.reason;
    const input = label ? make("textarea", { class: "form-control", rows: "3", required: "", id: "ask-reason" }) : null;
    const body = make("div", { class: "sheet-body" }, make("h2", { class: "h3", id: "ask-title" }, element.dataset.confirm || "Continue?"));
    if (input) body.append(make("label", { class: "form-label required", for: "ask-reason" }, label), input);
    const form = make("form", { method: "dialog" }, body, make("div", { class: "sheet-foot" },
      make("button", { class: "btn", type: "button", "data-close": "" }, "Cancel"),
      make("button", { class: "btn btn-primary", type: "submit" }, element.dataset.confirmButton || "Confirm")));
    const dialog = make("dialog", { class: "sheet", "aria-labelledby": "ask-title" }, form);
    form.addEventListener("submit", () => then(input ? input.value : undefined));
    open(dialog);
  }
  function open(dialog) {
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); });
    dialog.showModal();
  }
  const asking = (element) => element && (element.dataset.confirm !== undefined || element.dataset.reason !== undefined);
  document.addEventListener("htmx:confirm", (event) => {
    const element = [event.detail.triggeringEvent?.submitter, event.detail.elt].find(asking);
    if (!element) return;
    event.preventDefault();
    ask(element, (reason) => {
      if (reason !== undefined) event.detail.elt.assayReason = reason;
      event.detail.issueRequest(true);
    });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const element = [event.submitter, form].find(asking);
    const byHtmx = form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete], [hx-get]") || event.submitter?.matches("[hx-post], [hx-delete]");
    if (!element || byHtmx || form.assayConfirmed) return;
    event.preventDefault();
    ask(element, (reason) => {
      form.assayConfirmed = true;
      if (reason !== undefined) form.append(make("input", { type: "hidden", name: "reason", value: reason }));
      form.requestSubmit(event.submitter);
      form.assayConfirmed = false;
    });
  });

  // ---- unsaved input ------------------------------------------------------------------------------------------------
  document.addEventListener("input", (event) => { if (event.target.form?.matches("[data-dirty]")) event.target.form.assayDirty = true; });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) event.target.assayDirty = false; });
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-dirty]").some((form) => form.assayDirty)) event.preventDefault();
  });

  // ---- selected rows ------------------------------------------------------------------------------------------------
  let lastBox = null;
  function showSelection(table) {
    const boxes = all("[data-select-row]", table);
    const count = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr")?.classList.toggle("is-selected", box.checked);
    const head = table.querySelector("[data-select-all]");
    if (head) {
      head.checked = count > 0 && count === boxes.length;
      head.indeterminate = count > 0 && count < boxes.length;
    }
    for (const bar of all("[data-select-bar]")) bar.hidden = count === 0;
    for (const place of all("[data-select-count]")) place.textContent = count + " selected";
  }
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-select-row], [data-select-all]");
    const table = box?.closest("table[data-select]");
    if (!table) return;
    const boxes = all("[data-select-row]", table);
    if (box.matches("[data-select-all]")) {
      for (const other of boxes) other.checked = box.checked;
    } else {
      if (event.shiftKey && boxes.includes(lastBox)) {
        const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
      }
      lastBox = box;
    }
    showSelection(table);
  });

  // ---- small things -------------------------------------------------------------------------------------------------
  function showTheme() {
    for (const button of all("[data-theme-set]")) button.setAttribute("aria-pressed", String(button.dataset.themeSet === assayTheme.get()));
  }
  document.addEventListener("click", (event) => {
    const element = event.target.closest?.("[data-theme-set], [data-print], [data-copy]");
    if (!element) return;
    if (element.dataset.themeSet) { assayTheme.set(element.dataset.themeSet); showTheme(); }
    if (element.matches("[data-print]")) window.print();
    if (element.dataset.copy) navigator.clipboard?.writeText(element.dataset.copy).then(() => toast("Copied."));
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit(); });
  showTheme();
  for (const table of all("table[data-select]")) showSelection(table);
  document.addEventListener("htmx:afterSettle", () => all("table[data-select]").forEach(showSelection));

  window.assay = { all, make, open, toast };
})();
