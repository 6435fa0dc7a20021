// The editor of own rules (own_rule_editor.cpp): line numbers, indenting, marks at lines with problems, names inserted by a click.
//
//   <div class="code-editor"> .code-lines, textarea[data-code]
//   [data-insert="name"]                    puts the name where the caret is
//   [data-schema-search], [data-schema-table]
//   [data-problem-lines="3,14"]             arrives with the preview
"use strict";
(function () {
  const { all } = window.assay;
  const field = () => document.querySelector("textarea[data-code]");

  function number(area) {
    const gutter = area.parentElement.querySelector(".code-lines");
    const wrong = new Set((document.querySelector("[data-problem-lines]")?.dataset.problemLines || "").split(",").map(Number));
    const count = area.value.split("\n").length;
    gutter.replaceChildren(...Array.from({ length: count }, (_, i) => {
      const line = document.createElement("span");
      line.textContent = String(i + 1);
      line.classList.toggle("is-wrong", wrong.has(i + 1));
      return line;
    }));
    gutter.scrollTop = area.scrollTop;
  }
  function insert(area, text) {
    area.focus();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  let leaving = false;
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("textarea[data-code]")) return;
    const tab = event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (tab && !leaving) {
      event.preventDefault();
      insert(event.target, "  ");
    }
    leaving = event.key === "Escape";
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea[data-code]")) number(event.target);
    if (event.target.matches?.("[data-schema-search]")) search(event.target.value);
  });
  document.addEventListener("scroll", (event) => {
    if (event.target.matches?.("textarea[data-code]")) event.target.parentElement.querySelector(".code-lines").scrollTop = event.target.scrollTop;
  }, true);

  // ---- what a rule may read -----------------------------------------------------------------------------------------
  function search(words) {
    const wanted = words.trim().toLowerCase();
    let shown = 0;
    for (const table of all("[data-schema-table]")) {
      const name = table.querySelector("summary").textContent.toLowerCase();
      const columns = all("li", table).slice(1);
      const hits = columns.filter((column) => column.querySelector("[data-insert]").dataset.insert.toLowerCase().includes(wanted));
      const found = !wanted || name.includes(wanted) || hits.length > 0;
      table.hidden = !found;
      table.open = Boolean(wanted) && found && !name.includes(wanted);
      for (const column of columns) column.hidden = table.open && !hits.includes(column);
      shown += found ? 1 : 0;
    }
    for (const none of all("[data-schema-none]")) none.hidden = shown > 0;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    if (button && field()) insert(field(), button.dataset.insert);
  });

  const begin = () => all("textarea[data-code]").forEach(number);
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
