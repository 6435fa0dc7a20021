// Pages that carry data-live renew themselves when the workspace changes: "data" after any change of records, "verdict" when
// findings opened or closed. What a person is typing or has selected is never taken away; then a bar offers the renewal.
"use strict";
(function () {
  const { make, toast } = window.assay;
  let source = null;
  let due = 0;

  const kind = () => document.querySelector("[data-live]")?.dataset.live;

  function isBusy() {
    const active = document.activeElement;
    const typing = active?.closest("#page") && active.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const dirty = Array.from(document.querySelectorAll("form[data-dirty]")).some((form) => form.assayDirty);
    const selected = document.querySelector("#page [data-select-row]:checked");
    return typing || dirty || selected || document.querySelector("dialog[open]");
  }

  function renew() {
    document.querySelector(".live-bar")?.remove();
    const open = Array.from(document.querySelectorAll("#page details[id][open]")).map((element) => element.id);
    htmx.ajax("GET", location.pathname + location.search, { target: "#page", swap: "innerHTML show:none" }).then(() => {
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    });
  }

  function offer() {
    if (document.querySelector(".live-bar")) return;
    const button = make("button", { class: "btn btn-sm", type: "button" }, "Show the changes");
    button.addEventListener("click", renew);
    document.getElementById("page")?.prepend(make("div", { class: "live-bar alert alert-info no-print", role: "status" }, "Something changed here meanwhile. ", button));
  }

  function changed() {
    clearTimeout(due);
    due = setTimeout(() => (isBusy() ? offer() : renew()), 150);
  }

  function onVerdict(event) {
    const news = JSON.parse(event.data);
    const count = (number) => `${number} finding${number === 1 ? "" : "s"}`;
    const words = [];
    if (news.closed) words.push(count(news.closed) + " closed");
    if (news.opened) words.push(count(news.opened) + " opened");
    if (kind() && words.length) toast("The auditor: " + words.join(", ") + ".");
    if (kind()) changed();
  }

  function listen() {
    const wanted = !document.hidden && kind();
    if (!wanted && source) {
      source.close();
      source = null;
    }
    if (wanted && !source) {
      source = new EventSource("/live");
      source.addEventListener("data", () => { if (kind() === "data") changed(); });
      source.addEventListener("verdict", onVerdict);
    }
  }

  // A browser opens few connections to one server: only the page that is looked at listens.
  document.addEventListener("visibilitychange", () => {
    const was = source !== null;
    listen();
    if (!was && source) changed();
  });
  document.addEventListener("htmx:afterSettle", listen);
  listen();
})();
