// Review by keys: each presses the button that is there for everyone, on the row that is lit where nothing is ticked.
import { current, step } from "./keys.js";

export function review() {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const undo = document.querySelector("[data-undo]");
  if (undo) undo.form.id = "undo";
  desk.addEventListener("submit", (event) => {
    const ticked = desk.querySelectorAll("[name=target]:checked");
    if (!ticked.length) tick(current(), event);
  });
  for (const split of document.querySelectorAll("[data-split]"))
    split.form.addEventListener("submit", (event) => {
      if (!split.form.querySelector("[type=checkbox]:checked")) event.preventDefault();
    });
  const row = location.hash ? document.querySelector(`.queue > ${CSS.escape(location.hash).replace(/^\\#/, "#")}`) : null;
  if (!row) step(1);
}

function tick(row, event) {
  const box = row?.querySelector("[name=target]");
  if (box) box.checked = true;
  else event?.preventDefault();
}

function press(key) {
  const desk = document.getElementById("desk");
  const button = desk.querySelector(`[data-key="${key}"]`);
  const who = desk.querySelector("[name=who]");
  if (!who.value.trim()) return who.focus();
  if (key === "m") {
    const ticked = desk.querySelectorAll("[name=target]:checked");
    if (ticked.length < 2) {
      tick(current());
      return desk.querySelectorAll("[name=target]:checked").length > 1 ? button.click() : undefined;
    }
  }
  button?.click();
}

addEventListener("keydown", (event) => {
  if (!document.getElementById("desk") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  if ("ynmu".includes(event.key)) {
    event.preventDefault();
    press(event.key);
  } else if (event.key === "e" || event.key === "s") {
    event.preventDefault();
    document.getElementById(`edit-${current()?.dataset.id}`)?.showModal();
  }
});
