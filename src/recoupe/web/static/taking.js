// Dispatches from files: dropped on the form, one fills it; many, or a folder, are read one after the other, and can be stopped.

export function taking() {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (files.length > 1) return readAll(files);
    form.elements.text.value = files.length ? await files[0].text() : event.dataTransfer.getData("text/plain");
    form.requestSubmit();
  });
  for (const field of document.querySelectorAll("[data-files]"))
    field.addEventListener("change", () => {
      readAll([...field.files]);
      field.value = "";
    });
}

const READ = /\.(txt|text|html?|jsonl|ndjson)$/i;

async function readAll(files) {
  const shown = document.querySelector(".progress");
  const [bar, count] = [shown.querySelector("progress"), shown.querySelector("[data-done]")];
  const list = document.querySelector("[data-taken]");
  const chosen = files.filter((file) => READ.test(file.name)).sort((a, b) => path(a).localeCompare(path(b)));
  let stopped = false;
  shown.hidden = false;
  shown.querySelector("[data-stop]").onclick = () => (stopped = true);
  bar.max = Math.max(chosen.length, 1);
  for (const [n, file] of chosen.entries()) {
    if (stopped) break;
    list.prepend(await added(file, list.dataset));
    bar.value = n + 1;
    count.textContent = `${n + 1} / ${chosen.length}`;
  }
}

const path = (file) => file.webkitRelativePath || file.name;

async function added(file, words) {
  const line = document.createElement("li");
  const answer = await fetch("/api/v1/dispatches", { method: "POST", body: file, headers: { "content-type": "text/plain" } });
  const told = await answer.json();
  const ids = answer.ok ? [...told.added, ...told.there] : [];
  const name = document.createElement(ids.length === 1 ? "a" : "span");
  name.textContent = path(file);
  if (ids.length === 1) name.href = `/dispatches/${ids[0]}`;
  line.classList.toggle("no", !answer.ok);
  const said = answer.ok ? (told.added.length ? `${words.added} (${told.added.length})` : words.there) : `${words.refused}: ${told.detail}`;
  line.append(name, ` · ${said}`);
  return line;
}
