// Judging by keys where there is no desk: in a story and in the reader. A name is asked for once; each judgement is signed.
import { current } from "./keys.js";

const marked = new Set();

/** Sends a judgement of these targets. */
function send(verb, targets) {
  const form = document.getElementById("judging");
  const who = form.querySelector("[name=who]");
  if (!who.value.trim()) return ask(() => send(verb, targets));
  form.querySelector("[name=verb]").value = verb;
  form.querySelector("[name=back]").value = location.pathname + location.search;
  for (const target of targets) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "target", value: target }));
  form.submit();
}

function ask(then) {
  const dialog = document.getElementById("signing");
  dialog.onclose = () => {
    const name = dialog.querySelector("input").value.trim();
    if (!name) return;
    for (const field of document.querySelectorAll("[data-who]")) field.value = name;
    then();
  };
  dialog.showModal();
}

/** Two marked events are one. */
function mark(row, id) {
  marked[marked.has(id) ? "delete" : "add"](id);
  row.classList.toggle("marked", marked.has(id));
  if (marked.size === 2) send("merge", [...marked]);
}

addEventListener("keydown", (event) => {
  const view = document.body.dataset.view;
  if (!["story", "reader"].includes(view) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const row = current();
  const id = row?.dataset.target ?? row?.dataset.id;
  if (!id || document.querySelector("form.keep")) return;
  const reject = view === "reader" ? "x" : "n";
  if (event.key === "y") send("accept", [id]);
  else if (event.key === reject) send("reject", [id]);
  else if (event.key === "m" && id.startsWith("o")) mark(row, id);
  else if (event.key === "e" || event.key === "s") location.assign(`${row.querySelector("[data-page]").getAttribute("href")}#judge`);
  else return;
  event.preventDefault();
});
