// The coder's form: codes found while one types, rows by keys. It works without this, row by row.
"use strict";

(() => {
  const FIND_AFTER = 120; // ms: a person who types on is not asked about
  const LETTERS_MIN = 2;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- Codes found while one types

  let open = null; // the field that has the list
  let timer = 0;
  let asked = null; // to give up a question that is out of date

  const list = () => open && one(".codes-box", open.parentElement);
  const options = () => all("[role=option]", list() ?? document.createElement("i"));
  const chosen = () => options().find((each) => each.getAttribute("aria-selected") === "true");

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list()?.remove();
    open?.setAttribute("aria-expanded", "false");
    open?.removeAttribute("aria-activedescendant");
    open = null;
  }

  function ask(field) {
    clearTimeout(timer);
    if (field.value.trim().length < LETTERS_MIN) return close();
    timer = setTimeout(() => find(field), FIND_AFTER);
  }

  async function find(field) {
    asked?.abort();
    asked = new AbortController();
    const day = field.form.dataset.day;
    const query = new URLSearchParams({ q: field.value.trim(), on: day, kind: field.dataset.codes });
    const practice = /^\/queues\/[^/]+\/([^/]+)\//.exec(location.pathname);
    if (practice) query.set("client", practice[1]);
    try {
      const answer = await fetch(`/codes?${query}`, { signal: asked.signal, redirect: "error" });
      if (answer.ok && document.activeElement === field) show(field, await answer.text());
    } catch {
      // Given up, or not reached: the code can be typed in full.
    }
  }

  function show(field, html) {
    close();
    open = field;
    const box = document.createElement("div");
    box.className = "codes-box";
    box.innerHTML = html; // our own page, which escaped it
    field.after(box);
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", "codes-found");
  }

  function walk(step) {
    const found = options();
    const place = found.indexOf(chosen());
    const next = found[(place + step + found.length + (place < 0 && step < 0 ? 1 : 0)) % found.length];
    if (!next) return;
    for (const each of found) each.setAttribute("aria-selected", String(each === next));
    next.scrollIntoView({ block: "nearest" });
    open.setAttribute("aria-activedescendant", next.id);
  }

  function take(option) {
    const field = open;
    field.value = option.dataset.text ?? option.dataset.code;
    titleOf(field).textContent = option.dataset.title ?? "";
    close();
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
    field.focus();
  }

  const rowOf = (element) => element.closest(".diagnosis, .service");
  const titleOf = (field) => one(".title", rowOf(field));

  function makeCombobox(field) {
    const words = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(words)) field.setAttribute(name, value);
  }

  // ---- Rows

  const isBlank = (row) => all("input", row).every((field) => field.value.trim() === "");

  // A copy of the last row with the next number, so that nobody waits for the server to type on.
  function addRow(row) {
    const from = Number(row.dataset.number);
    const copy = row.cloneNode(true);
    copy.dataset.number = from + 1;
    for (const each of all("*", copy)) {
      for (const name of ["id", "aria-label", "title"]) renumber(each, name, from);
      if (each.matches("button")) renumber(each, "value", from);
      each.removeAttribute("data-htmx-powered");
    }
    for (const field of all("input", copy)) {
      field.value = field.defaultValue = "";
      field.removeAttribute("aria-invalid");
    }
    for (const field of all("[data-key]", row)) field.removeAttribute("data-key");
    const number = one("td.n", copy);
    if (number) number.textContent = from + 1;
    one(".title", copy).textContent = "";
    row.after(copy);
    htmx.process(copy);
    return copy;
  }

  function renumber(element, name, from) {
    const text = element.getAttribute(name);
    if (text) element.setAttribute(name, text.replace(new RegExp(`\\b${from}\\b`), from + 1));
  }

  function goDown(field) {
    const row = rowOf(field);
    const next = row.nextElementSibling ?? (isBlank(row) ? null : addRow(row));
    if (next) return one("input", next).focus();
    if (row.matches(".diagnosis")) one(".service input", field.form)?.focus();
  }

  const TOOLS = { ArrowUp: "up", ArrowDown: "down", Delete: "drop", Backspace: "drop" };

  function useTool(event, row) {
    const word = event.altKey && TOOLS[event.key];
    const button = word && one(`button[value^="${word}"]`, row);
    if (!button) return false;
    event.preventDefault();
    close();
    button.click();
    return true;
  }

  // ---- Keys of the form

  function onListKey(event) {
    if (event.key === "ArrowDown") walk(1);
    else if (event.key === "ArrowUp") walk(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen()) take(chosen());
    else return false;
    event.preventDefault();
    return true;
  }

  function onKey(event) {
    const field = event.target;
    const row = field.closest?.("#coding-form") && rowOf(field);
    if (!row || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (useTool(event, row)) return;
    if (!field.matches("input") || (open === field && onListKey(event))) return;
    if (event.key === "ArrowDown" && field.matches("[data-codes]") && !field.value.trim()) {
      event.preventDefault();
      return void find(field); // nothing typed: favourites, and what the practice uses most
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    close();
    goDown(field);
  }

  // ---- What the server said

  function markFields() {
    const wrong = new Set(all("#coding-findings .is-error").map((each) => each.dataset.place));
    for (const field of all("#coding-form input[id]")) {
      field.toggleAttribute("aria-invalid", wrong.has(field.id));
      if (wrong.has(field.id)) field.setAttribute("aria-invalid", "true");
    }
  }

  // Fields that come anew with what was typed are still unsaved: leaving the page asks first.
  function markUnsaved() {
    for (const field of all("#coding[data-unsaved] .code")) {
      const { value } = field;
      field.defaultValue = "";
      field.value = value;
    }
  }

  // What the server keeps for its author may be left without being asked.
  function markKept(line) {
    if (!one(".is-kept", line)) return;
    for (const field of all("input, textarea", line.closest("form"))) field.defaultValue = field.value;
    for (const each of all("option", line.closest("form"))) each.defaultSelected = each.selected;
  }

  // ---- The words of the note that a suggestion goes by

  function pointAt(place) {
    const link = place.closest?.(".suggestions li")?.querySelector('a[href^="#evidence-"]');
    const words = link && document.getElementById(link.hash.slice(1));
    for (const each of all("mark.is-pointed")) each.classList.toggle("is-pointed", each === words);
    words?.classList.add("is-pointed");
    return words;
  }

  document.addEventListener("pointerover", (event) => pointAt(event.target));
  document.addEventListener("focusin", (event) => {
    pointAt(event.target)?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-codes]") || event.inputType === "insertReplacementText") return;
    titleOf(field).textContent = "";
    ask(field);
  });
  document.addEventListener("focusin", (event) => {
    if (open && event.target !== open) close();
    if (event.target.matches("[data-codes]")) makeCombobox(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".codes-box [role=option]");
    if (option) event.preventDefault();
    if (option) take(option);
    else if (open && !event.target.closest(".codes-box")) close();
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const place = event.detail.ctx.target;
    if (place?.id === "typing") return markKept(place);
    if (!one("#coding-form")) return;
    markFields();
    if (place?.id !== "coding") return;
    markUnsaved();
    one("#coding [data-focus]")?.focus();
  });
})();
