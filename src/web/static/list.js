// Lists: j and k move, x selects, Enter opens, e or a double click edits the cell; menus close when left.
//
//   <table data-rows> with <tr data-url="/r/risk/R-001"> and <td data-edit="status">
"use strict";
(function () {
  const { all } = window.assay;
  const typing = (element) => element?.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  let current = null;

  const rows = () => all("table[data-rows] tr[data-url]");
  function go(row) {
    if (!row) return;
    current?.classList.remove("is-current");
    current = row;
    row.classList.add("is-current");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("a")?.focus({ preventScroll: true });
  }
  function step(by) {
    const list = rows();
    const focused = document.activeElement?.closest?.("tr[data-url]");
    const at = list.indexOf(focused || current);
    go(list[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by, 0), list.length - 1)]);
  }
  function edit(cell) {
    if (!cell || cell.querySelector("form")) return;
    const row = cell.closest("tr[data-url]");
    window.htmx?.ajax("GET", row.dataset.url + "/cell/" + encodeURIComponent(cell.dataset.edit), { target: cell, swap: "innerHTML", source: cell })
      .then(() => cell.querySelector("input:not([type=hidden]), select, textarea")?.focus());
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.target.closest?.("[data-cell-form]")?.querySelector("[data-cell-cancel]")?.click();
      const menu = event.target.closest?.("details.menu[open], details.account-menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const row = document.activeElement?.closest?.("tr[data-url]") || (current?.isConnected ? current : null);
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "x" && row) row.querySelector("[data-select-row]")?.click();
    else if (event.key === "e" && row) {
      const cell = document.activeElement?.closest?.("td[data-edit]") || row.querySelector("td[data-edit]");
      if (!cell) return;
      event.preventDefault();
      edit(cell);
    } else if (event.key === "Enter" && row && event.target === document.body) location.href = row.dataset.url;
  });
  document.addEventListener("dblclick", (event) => {
    const cell = event.target.closest?.("td[data-edit]");
    if (!cell || typing(event.target)) return;
    getSelection()?.removeAllRanges();
    edit(cell);
  });
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open], details.account-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const cancel = event.target.closest?.("[data-close-panel]");
    const panel = cancel?.closest("#list-panel");
    if (panel) { event.preventDefault(); panel.replaceChildren(); }
  });
  // A table with more columns than the page is wide scrolls in a frame of its own, so that its header stays in sight.
  function frameWideTables() {
    for (const table of all(".table-responsive > .table-sticky")) {
      const frame = table.parentElement;
      frame.classList.remove("is-wide");
      frame.classList.toggle("is-wide", innerWidth >= 992 && table.offsetWidth > frame.clientWidth);
    }
  }
  window.addEventListener("resize", frameWideTables);
  document.addEventListener("htmx:afterSettle", frameWideTables);
  frameWideTables();
  // A field that is filled in is meant to be changed.
  document.addEventListener("input", (event) => {
    const box = event.target.closest?.(".bulk-field")?.querySelector('input[name="change"]');
    if (box && event.target !== box) box.checked = true;
  });
})();
