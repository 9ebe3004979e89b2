// Spares clicks; every page works without it. Meaning stands in attributes:
// data-all ticks every row, data-count says how many, data-once stops the second click,
// data-draft keeps what is written in a form until it was accepted, data-forget drops it all,
// data-print prints, data-line goes to a line of the box that a link names.
(function () {
  "use strict";
  var root = document.documentElement, keep = window.sessionStorage;
  root.classList.add("js");
  function each(query, act) { Array.prototype.forEach.call(document.querySelectorAll(query), act); }
  function count() {
    var n = document.querySelectorAll("[data-row]:checked").length;
    each("[data-count]", function (one) {
      one.textContent = n ? n + " " + one.dataset.count : one.dataset.none;
    });
  }
  function mark(box, line) {
    var lines = box.value.split("\n"), from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    box.blur();
    box.setSelectionRange(from, from);
    box.focus();
    box.setSelectionRange(from, from + (lines[line - 1] || "").length);
    return true;
  }
  function draft(one) { return "draft:" + one.form.dataset.draft + ":" + one.name; }
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-all]")) {
      each("[data-row]", function (row) { row.checked = event.target.checked; });
    }
    count();
  });
  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-draft] textarea")) keep.setItem(draft(event.target), event.target.value);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-forget")) keep.clear();
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    each("[data-draft] textarea", function (one) {
      if (one.form === form) keep.setItem("sent:" + draft(one), "yes");
    });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-line]");
    if (link && mark(document.querySelector(link.hash), +link.dataset.line)) event.preventDefault();
    if (event.target.closest("[data-print]")) window.print();
    each("details.drop[open]", function (one) { if (!one.contains(event.target)) one.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") each("details.drop[open]", function (one) { one.open = false; });
  });
  window.addEventListener("pageshow", function () { each("[data-sent]", function (one) { delete one.dataset.sent; }); count(); });
  Object.keys(keep).forEach(function (key) {
    if (key.indexOf("sent:") !== 0) return;
    if (document.querySelector(".msg.success")) keep.removeItem(key.slice(5));
    keep.removeItem(key);
  });
  each("[data-draft] textarea", function (one) { if (!one.value) one.value = keep.getItem(draft(one)) || ""; });
})();
