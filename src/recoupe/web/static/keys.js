// The keyboard: one table of keys for each view. A key does nothing while something is written.

let at = -1;

const rows = () => [...document.querySelectorAll("[data-list] > li, [data-list] > tr")].filter((row) => row.offsetParent !== null);

/** The row that the keys speak of. */
export const current = () => rows()[at];

/** Moves by a number of rows, and shows where to. */
export function step(by) {
  const all = rows();
  if (!all.length) return;
  at = Math.max(0, Math.min(all.length - 1, at + by));
  for (const row of all) row.classList.toggle("lit", row === all[at]);
  const target = all[at].querySelector("summary, a, input") ?? all[at];
  target.focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
  all[at].dispatchEvent(new CustomEvent("reached", { bubbles: true }));
}

/** A fresh page begins before its first row. */
export function keys() {
  at = -1;
  for (const button of document.querySelectorAll("[data-open]"))
    button.onclick = () => document.getElementById(button.dataset.open).showModal();
  for (const button of document.querySelectorAll("[data-close]")) button.onclick = () => button.closest("dialog").close();
  document.querySelector("main").addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-list] > li, [data-list] > tr");
    if (row) at = rows().indexOf(row);
  });
}

const writing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function escape() {
  const open = document.querySelector("dialog[open]");
  if (open) return open.close();
  const held = document.activeElement;
  if (held && writing(held)) return held.blur();
  const row = current();
  if (row?.querySelector("details[open]")) return row.querySelector("details").removeAttribute("open");
  document.querySelector(".chips .chip")?.click();
}

const actions = {
  "/": () => document.querySelector(".search input").select(),
  "?": () => document.getElementById("keys").showModal(),
  j: () => step(1),
  k: () => step(-1),
  f: () => current()?.querySelector(".choose")?.click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return escape();
  if (writing(event.target) || document.querySelector("dialog[open]")) return;
  if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});
