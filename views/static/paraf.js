// Spares clicks; every page works without it. docs/look.md says what the attributes do.
(() => {
  "use strict";
  var keep = window.sessionStorage;
  document.documentElement.classList.add("js");
  function each(query, act) { document.querySelectorAll(query).forEach(act); }
  function on(name, act) { document.addEventListener(name, act); }
  function shut(but) {
    each("details.drop[open]", one => { if (!one.contains(but)) one.open = false; });
  }
  function count() {
    var n = document.querySelectorAll("[data-row]:checked").length;
    each("[data-count]", one => {
      one.textContent = n ? n + " " + one.dataset.count : one.dataset.none;
    });
  }
  function mark(box, line) {
    var from = box.value.split("\n", line - 1).concat("").join("\n").length;
    box.setSelectionRange(from, from);
    box.focus();
    box.setSelectionRange(from, (box.value + "\n").indexOf("\n", from));
  }
  function draft(one) { return "draft:" + one.form.dataset.draft + ":" + one.name; }
  on("change", event => {
    if (event.target.matches("[data-all]")) {
      each("[data-row]", row => { row.checked = event.target.checked; });
    }
    count();
  });
  on("input", event => {
    if (event.target.matches("[data-draft] textarea")) keep.setItem(draft(event.target), event.target.value);
  });
  on("submit", event => {
    var form = event.target;
    if (form.hasAttribute("data-forget")) keep.clear();
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    each("[data-draft] textarea", one => {
      if (one.form === form) keep.setItem("sent:" + draft(one), "yes");
    });
  });
  on("click", event => {
    var at = event.target, link = at.closest("[data-line]");
    if (link) mark(document.querySelector(link.hash), +link.dataset.line), event.preventDefault();
    if (at.closest("[data-print]")) window.print();
    shut(at);
  });
  on("keydown", event => { if (event.key === "Escape") shut(null); });
  window.onpageshow = () => { each("[data-sent]", one => { delete one.dataset.sent; }); count(); };
  each("[data-refresh]", one => setTimeout(() => location.reload(), one.dataset.refresh * 1000));
  Object.keys(keep).forEach(key => {
    if (key.indexOf("sent:") !== 0) return;
    if (document.querySelector(".msg.success")) keep.removeItem(key.slice(5));
    keep.removeItem(key);
  });
  each("[data-draft] textarea", one => { if (!one.value) one.value = keep.getItem(draft(one)) || ""; });
})();
