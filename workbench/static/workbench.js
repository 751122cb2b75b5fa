// Keys, the item beside its list, leases and choices. Every page works without it.
"use strict";

(() => {
  const MINUTE = 60_000;
  const KEEP_EVERY = MINUTE;
  const IDLE_AFTER = 5 * MINUTE;
  const SENT_FOR = 10_000; // then a form may be sent again: its answer may have been a download
  const NARROW = matchMedia("(max-width: 760px)");
  const WIDE = matchMedia("(min-width: 1200px)"); // both as in workbench.css
  const KEYS_SWITCH = "revcycle-keys";
  const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const seen = (selector, root) => all(selector, root).filter(isSeen);

  // What a browser remembers is a comfort: it may be forbidden. Never anything of a patient.
  const recall = (store, name) => {
    try {
      return store.getItem(name);
    } catch {
      return null;
    }
  };
  const remember = (store, name, value) => {
    try {
      store.setItem(name, value);
    } catch {
      // Forbidden: it is forgotten.
    }
  };

  const tell = (text) => {
    one("#told").textContent = text;
  };
  const warn = (text) => {
    one("#banner").textContent = text;
  };

  // ---- Rows of a list, and the cursor that walks over them

  const rows = () => seen("[data-row]");
  const rowAt = () => document.activeElement.closest("[data-row]") ?? one("[data-row].is-at");
  const listName = () => `revcycle-at:${location.pathname.split("/").slice(0, 3).join("/")}`;

  function putCursor(row) {
    for (const other of all("[data-row].is-at")) other.classList.remove("is-at");
    row.classList.add("is-at");
    remember(sessionStorage, listName(), row.dataset.row);
  }

  function walk(step) {
    const list = rows();
    if (!list.length) return;
    const place = list.indexOf(rowAt());
    const next = place < 0 ? 0 : Math.min(Math.max(place + step, 0), list.length - 1);
    putCursor(list[next]);
    (one("a.open", list[next]) ?? one("a", list[next]))?.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  }

  function openRow() {
    one("a.open", rowAt() ?? document.createElement("i"))?.click();
  }

  function restoreCursor() {
    const id = recall(sessionStorage, listName());
    const row = id && one(`[data-row="${CSS.escape(id)}"]`);
    if (row) row.classList.add("is-at");
  }

  function markOpened() {
    for (const row of all("[data-row]")) {
      const link = one("a.open", row);
      row.classList.toggle("is-open", link !== null && link.pathname === location.pathname);
      if (row.classList.contains("is-open")) putCursor(row);
    }
  }

  // ---- Choosing rows

  let lastChosen = null;
  const boxes = () => seen('[data-row] [name="chosen"]');

  function choose(box, isRange) {
    const list = boxes();
    const from = list.indexOf(lastChosen);
    const to = list.indexOf(box);
    if (isRange && from >= 0) {
      const between = list.slice(Math.min(from, to), Math.max(from, to) + 1);
      for (const each of between) each.checked = box.checked;
    }
    lastChosen = box;
    countChosen();
  }

  function chooseRow(isRange) {
    const box = one('[name="chosen"]', rowAt() ?? document.createElement("i"));
    if (!box) return;
    box.checked = isRange || !box.checked;
    choose(box, isRange);
  }

  function countChosen() {
    const list = boxes();
    const count = list.filter((box) => box.checked).length;
    for (const place of all(".chosen-count")) place.textContent = `${count} chosen`;
    for (const box of all("[data-choose-all]")) {
      box.checked = count > 0 && count === list.length;
      box.indeterminate = count > 0 && count < list.length;
    }
  }

  function forgetChosen() {
    for (const box of all('[name="chosen"], [data-choose-all]')) box.checked = false;
    lastChosen = null;
    countChosen();
  }

  // ---- Keys

  const isOff = () => recall(localStorage, KEYS_SWITCH) === "off";
  const isTyping = (element) =>
    element.isContentEditable || element.matches(`${FIELDS}:not([type=submit], [type=button])`);

  function press(key) {
    const controls = seen(`[data-key="${CSS.escape(key)}"]`);
    const form = document.activeElement.closest("form");
    const control =
      controls.find((each) => form?.contains(each)) ??
      controls.find((each) => each.closest("#item, dialog")) ??
      controls[0];
    if (!control) return false;
    if (control.matches(FIELDS)) control.focus();
    else control.click();
    if (control.matches("summary") && control.parentElement.open) {
      one(FIELDS, control.parentElement)?.focus();
    }
    return true;
  }

  function goToSearch() {
    const field = seen("input[type=search]")[0]; // the one in the head finds anything anywhere
    field?.select();
    field?.focus();
  }

  const ROW_KEYS = [
    ["j", "Next row", () => walk(1)],
    ["k", "Row before", () => walk(-1)],
    ["Enter", "Open the row", openRow],
    ["x", "Choose the row", () => chooseRow(false)],
    ["X", "Choose all rows up to here (shift x)", () => chooseRow(true)],
  ];
  const PAGE_KEYS = [
    ["/", "Find a patient, number or code anywhere", goToSearch],
    ["?", "Show the keys", showKeys],
  ];

  function ownKeys() {
    const list = rows().length ? ROW_KEYS : [];
    return [...list, ...PAGE_KEYS];
  }

  function labelOf(control) {
    const copy = control.cloneNode(true);
    for (const extra of all("kbd", copy)) extra.remove();
    const label = control.matches(FIELDS) ? control.labels?.[0]?.textContent : copy.textContent;
    return (control.getAttribute("aria-label") ?? label ?? "").trim().replace(/\s+/g, " ");
  }

  function listKeys() {
    const controls = seen("[data-key]").map((each) => [each.dataset.key, labelOf(each)]);
    const own = ownKeys().map(([key, label]) => [key, label]);
    const leave = [["Escape", "Leave the field, or close the item"]];
    return new Map([...own, ...controls, ...leave]);
  }

  function showKeys() {
    const lines = [...listKeys()].map(([key, label]) => {
      const line = document.createElement("li");
      const cap = document.createElement("kbd");
      cap.textContent = key === "ctrl+enter" ? "ctrl ⏎" : key;
      line.append(cap, label);
      return line;
    });
    one("#keys-here").replaceChildren(...lines);
    one("#keys").showModal();
  }

  function showSwitch() {
    document.documentElement.classList.toggle("keys-off", isOff());
    for (const button of all("[data-keys-switch]")) {
      button.textContent = isOff() ? "Switch the keys on" : "Switch the keys off";
    }
    for (const place of all("[data-keys-state]")) {
      place.textContent = isOff() ? "The keys are off." : "The keys are on.";
    }
  }

  function switchKeys() {
    remember(localStorage, KEYS_SWITCH, isOff() ? "on" : "off");
    showSwitch();
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const isWithCtrl = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") return leave(event);
    if (isWithCtrl && event.key === "Enter" && press("ctrl+enter")) return event.preventDefault();
    const isForUs = !isWithCtrl && !event.altKey && !isTyping(event.target) && !one("dialog[open]");
    // The key that shows the keys stays: it is how they are switched on again.
    if (!isForUs || (isOff() && event.key !== "?")) return;
    if (event.key === "Enter" && event.target !== document.body && isSeen(event.target)) {
      if (!event.target.matches("[tabindex='-1']")) return; // a link or a button: its own
    }
    const own = ownKeys().find(([key]) => key === event.key);
    if (own) own[2]();
    if (own || (!event.repeat && press(event.key))) event.preventDefault();
  }

  // ---- Leaving a field, an opened act, an item

  const isTyped = (field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue;
  const hasTyped = () => all("#item textarea, #item input:not([type=hidden])").some(isTyped);
  const mayLeave = () => !hasTyped() || confirm("What you typed is not sent. Leave it?");

  function leave(event) {
    const target = event.target;
    if (one("dialog[open]")) return;
    const details = target.closest("details[open]");
    if (isTyping(target)) {
      target.blur();
      (target.closest("#item") ?? one("#rows"))?.querySelector("h1")?.focus();
    } else if (details) {
      details.open = false;
      one("summary", details).focus();
    } else if (one("#item") && mayLeave()) {
      closeItem();
    }
  }

  function closeItem() {
    const list = one("#rows[data-list-address]");
    const way = one("#item [data-close-item]");
    if (one(".desk.is-item") || !list) return location.assign(way.href);
    one("#beside").replaceChildren();
    history.pushState({ htmx: true }, "", list.dataset.listAddress);
    warn("");
    for (const row of all("[data-row].is-open")) row.classList.remove("is-open");
    one("a.open", one("[data-row].is-at") ?? list)?.focus();
  }

  // ---- The list beside an item that was opened by its address

  const listKey = (address) => `revcycle-list:${address.split("?")[0]}`;

  function rememberList() {
    const address = one("#rows")?.dataset.listAddress;
    if (address) remember(sessionStorage, listKey(address), address);
  }

  function showListBeside() {
    const place = one(".desk-list[data-list]");
    if (!place) return;
    const address = recall(sessionStorage, listKey(place.dataset.list)) ?? place.dataset.list;
    for (const way of all("#to-list, [data-close-item]")) way.href = address;
    if (WIDE.matches) htmx.ajax("GET", address, { target: "#rows", swap: "outerHTML" });
  }

  // ---- Keeping an item in one's hands while its page is open

  let activeAt = Date.now();
  let lostItem = null;

  async function keep() {
    const item = one("#item[data-keep]");
    if (!item || item === lostItem || Date.now() - activeAt > IDLE_AFTER) return;
    const body = new URLSearchParams({
      token: item.dataset.token,
      form_token: one("[name=form_token]").value,
    });
    try {
      sayKept(item, await fetch(item.dataset.keep, { method: "POST", body, redirect: "manual" }));
    } catch {
      warn("The workbench cannot be reached now. What you typed is still here.");
    }
  }

  function sayKept(item, answer) {
    if (item !== one("#item")) return;
    if (answer.ok) return warn("");
    lostItem = item;
    const isOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    warn(
      isOut
        ? "You are signed out. Copy what you typed here, then sign in again."
        : "This item is no longer in your hands. What you typed is still here: load the page anew to see who has it.",
    );
  }

  // ---- Forms: sent once, and by choosing where there is nothing to fill in

  function holdButtons(form, isHeld) {
    form.toggleAttribute("data-sent", isHeld);
    for (const button of all("button", form)) {
      if (isHeld) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  function onSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.hasAttribute("data-sent")) return event.preventDefault();
    holdButtons(form, true);
    setTimeout(() => holdButtons(form, false), SENT_FOR);
    // What is on its way would find the item finished.
    if (form.closest("#item")) one("#typing")?.dispatchEvent(new Event("htmx:abort"));
  }

  function foldFilters() {
    for (const fold of all(".fold")) fold.open = !NARROW.matches;
  }

  // ---- What htmx does

  function onRequest(event) {
    const { ctx } = event.detail;
    if (ctx.target?.id === "beside" && !mayLeave()) event.preventDefault();
    // A form that was sent has everything; after it the item is in nobody's hands.
    if (ctx.target?.id === "typing" && one("#item form[data-sent]")) event.preventDefault();
  }

  function dropEmpty(event) {
    const { request } = event.detail.ctx;
    if (request.method !== "GET" || !request.form) return;
    for (const [name, value] of [...request.body]) if (value === "") request.body.delete(name);
  }

  function afterSwap(event) {
    const { target, response } = event.detail.ctx;
    const id = target?.id;
    if (response.status < 400 && !lostItem?.isConnected) warn("");
    if (id === "beside") itemCame();
    if (id === "rows") listCame(event.detail.ctx.sourceElement);
  }

  function itemCame() {
    markOpened();
    focusItem();
  }

  function focusItem() {
    const place = one("#item [data-first]") ?? one("#item-title");
    if (place && !place.closest("#item").contains(document.activeElement)) place.focus();
  }

  function listCame(source) {
    rememberList();
    forgetChosen();
    restoreCursor();
    markOpened();
    if (!one(".desk.is-item")) tell(one("#rows caption, #rows h2")?.textContent.trim() ?? "");
    if (source?.closest?.(".pager")) one("#rows a.open")?.focus();
  }

  function onFailure() {
    warn("The workbench cannot be reached now. Try again in a moment.");
  }

  // ---- Everything together

  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", (event) => {
    if (event.target.closest("form[data-send-on-change]")) event.target.form.requestSubmit();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) putCursor(row);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.matches('[name="chosen"]')) choose(target, event.shiftKey);
    if (target.matches("[data-choose-all]")) {
      for (const box of boxes()) box.checked = target.checked;
      countChosen();
    }
    if (target.closest("[data-keys-switch]")) switchKeys();
    if (target.closest("[data-close-item]") && one("#item")) {
      event.preventDefault();
      if (mayLeave()) closeItem();
    }
    if (target.closest("[data-close]")) target.closest("dialog").close();
  });
  // Where there is no room beside the list, a row opens as a page.
  document.addEventListener(
    "click",
    (event) => {
      if (!WIDE.matches && event.target.closest("[data-row] a.open")) event.stopPropagation();
    },
    true,
  );
  for (const name of ["keydown", "pointerdown", "pointermove", "input"]) {
    document.addEventListener(name, () => (activeAt = Date.now()), { passive: true });
  }
  document.addEventListener("visibilitychange", () => document.hidden || keep());
  document.addEventListener("htmx:config:request", dropEmpty);
  document.addEventListener("htmx:before:request", onRequest);
  document.addEventListener("htmx:after:swap", afterSwap);
  document.addEventListener("htmx:error", onFailure);
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) holdButtons(form, false);
    forgetChosen();
  });
  setInterval(keep, KEEP_EVERY);

  showSwitch();
  foldFilters();
  NARROW.addEventListener("change", foldFilters);
  rememberList();
  restoreCursor();
  showListBeside();
  if (one("#item")) focusItem();
  // A region that is filled later is read out; one that came with the page is not.
  setTimeout(() => all(".said").forEach((said) => (said.textContent = said.textContent)), 200);
})();
