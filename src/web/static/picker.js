// Pickers of records (form_pieces.cpp): type, choose with the arrow keys, Enter. What is chosen is a ticked box.
//
//   <div data-picker="/pick/person" data-name="owner" [data-many]> .picker-chosen, input[role=combobox], .picker-list
"use strict";
(function () {
  const { make } = window.assay;
  const parts = (picker) => ({
    chosen: picker.querySelector(".picker-chosen"), input: picker.querySelector('[role="combobox"]'), list: picker.querySelector(".picker-list"),
  });
  const pickerOf = (element) => element.closest?.("[data-picker]");
  const options = (list) => Array.from(list.querySelectorAll('[role="option"]'));
  let waiting = 0;
  let asked = 0;
  let askedBy = null;

  function close(picker) {
    const { input, list } = parts(picker);
    // An answer that is still on its way would open the list again, over what the person wants to press next.
    if (askedBy === picker) {
      clearTimeout(waiting);
      ++asked;
    }
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(picker, index) {
    const { input, list } = parts(picker);
    options(list).forEach((option, i) => {
      option.id = list.id + "-" + i;
      option.setAttribute("aria-selected", String(i === index));
      if (i !== index) return;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }
  async function ask(picker) {
    const { input, list } = parts(picker);
    const number = ++asked;
    askedBy = picker;
    const response = await fetch(picker.dataset.picker + "?q=" + encodeURIComponent(input.value), { headers: { "HX-Request": "true" } });
    const text = await response.text();
    if (number !== asked || document.activeElement !== input) return;
    if (response.ok) list.innerHTML = text;
    else list.replaceChildren(make("p", { class: "text-secondary px-2 py-1 mb-0" }, text));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(picker, input.value ? 0 : -1);
  }
  function take(picker, option) {
    const { chosen, input } = parts(picker);
    const id = option.dataset.id;
    if (!picker.hasAttribute("data-many")) chosen.replaceChildren();
    const known = Array.from(chosen.querySelectorAll("input")).find((box) => box.value === id);
    if (known) known.checked = true;
    else {
      const box = make("input", { type: "checkbox", class: "form-check-input m-0", name: picker.dataset.name, value: id });
      box.checked = true;
      chosen.append(make("label", { class: "chip" }, box, option.dataset.title));
    }
    input.value = "";
    input.required = false;
    close(picker);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close(picker);
  }

  document.addEventListener("input", (event) => {
    const picker = pickerOf(event.target);
    if (!picker || !event.target.matches('[role="combobox"]') || !event.isTrusted) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(picker), 120);
  });
  document.addEventListener("focusin", (event) => {
    const picker = pickerOf(event.target);
    if (picker && event.target.matches('[role="combobox"]')) ask(picker);
  });
  document.addEventListener("focusout", (event) => {
    const picker = pickerOf(event.target);
    if (picker && !picker.contains(event.relatedTarget)) setTimeout(() => close(picker), 150);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.('[data-picker] [role="option"]');
    if (!option) return;
    event.preventDefault();  // the input keeps the focus
    take(pickerOf(option), option);
  });
  document.addEventListener("keydown", (event) => {
    const picker = event.target.matches?.('[data-picker] [role="combobox"]') ? pickerOf(event.target) : null;
    if (!picker) return;
    const { input, list } = parts(picker);
    const all = options(list);
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask(picker);
      else if (all.length) mark(picker, (at + (event.key === "ArrowDown" ? 1 : all.length - 1 + (at < 0 ? 1 : 0))) % all.length);
    } else if (event.key === "Enter" && !list.hidden && all[at]) {
      event.preventDefault();
      take(picker, all[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close(picker);
    } else if (event.key === "Backspace" && input.value === "") {
      const last = parts(picker).chosen.lastElementChild;
      if (last) { last.remove(); event.preventDefault(); }
    }
  });
  document.addEventListener("change", (event) => {
    // Unticked in a picker: gone.
    const chip = event.target.closest?.(".picker-chosen .chip");
    if (chip && !event.target.checked) chip.remove();
  });
})();
