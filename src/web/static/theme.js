// Runs before the first paint: the chosen theme, or the system's, without a flash of the other one.
"use strict";
(function () {
  let wish = "auto";
  try { wish = localStorage.getItem("assay-theme") || "auto"; } catch (error) { /* storage is off: follow the system */ }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const theme = wish === "auto" ? (dark.matches ? "dark" : "light") : wish;
    document.documentElement.setAttribute("data-bs-theme", theme);
  }
  dark.addEventListener("change", apply);
  window.assayTheme = {
    get: () => wish,
    set: function (value) {
      wish = value === "light" || value === "dark" ? value : "auto";
      try { localStorage.setItem("assay-theme", wish); } catch (error) { /* for this page only */ }
      apply();
    },
  };
  apply();
})();
