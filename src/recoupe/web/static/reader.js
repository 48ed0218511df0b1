// The reader: a claim lights its words, words light their claims; kinds are switched; n and p go from claim to claim.

const KEPT = "recoupe-hidden-kinds";
const items = (node) => (node.dataset.items ?? "").split(" ").filter(Boolean);

/** Lights everything of these items and nothing else. */
function light(page, ids) {
  for (const node of page.querySelectorAll("[data-items]")) node.classList.toggle("lit", items(node).some((id) => ids.includes(id)));
}

export function reader() {
  const page = document.querySelector(".reader");
  if (!page) return lit(document.querySelector(".story"));
  let held = items(page.querySelector(".claim.lit") ?? document.body);
  page.addEventListener("pointerover", (event) => {
    const node = event.target.closest("[data-items]");
    light(page, node ? items(node) : held);
  });
  page.addEventListener("focusin", (event) => {
    const claim = event.target.closest(".claim");
    if (claim) light(page, (held = items(claim)));
  });
  page.addEventListener("click", (event) => {
    const words = event.target.closest(".m[data-items]");
    if (words) show(page, (held = items(words)));
  });
  const hidden = new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  for (const box of page.querySelectorAll("[data-kind][type=checkbox]")) {
    box.checked = !hidden.has(box.dataset.kind);
    page.classList.toggle(`no-${box.dataset.kind}`, !box.checked);
    box.addEventListener("change", () => {
      page.classList.toggle(`no-${box.dataset.kind}`, !box.checked);
      hidden[box.checked ? "delete" : "add"](box.dataset.kind);
      localStorage.setItem(KEPT, JSON.stringify([...hidden]));
    });
  }
  if (held.length && !location.hash) document.getElementById(held[0])?.scrollIntoView({ block: "center" });
}

/** Opens the narrowest claim of these items. */
function show(page, ids) {
  light(page, ids);
  const claim = page.querySelector(`.claim[data-items="${ids[ids.length - 1]}"]`) ?? page.querySelector(`.claim[data-items="${ids[0]}"]`);
  if (!claim) return;
  claim.querySelector("details").open = true;
  claim.scrollIntoView({ block: "nearest" });
}

function step(page, by) {
  const claims = [...page.querySelectorAll(".claim")].filter((claim) => claim.offsetParent !== null);
  const at = claims.findIndex((claim) => claim.contains(document.activeElement));
  const next = claims[(at + by + claims.length) % claims.length] ?? claims[0];
  next?.querySelector("summary").focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  document.getElementById(next?.dataset.items)?.scrollIntoView({ block: "center" });
}

/** In a story, an event in the list lights its mark on the line of days, and the other way round. */
function lit(page) {
  if (!page) return;
  const light = (id) => {
    for (const node of page.querySelectorAll("[data-id]")) node.classList.toggle("lit", node.dataset.id === id);
  };
  page.addEventListener("pointerover", (event) => light(event.target.closest("[data-id]")?.dataset.id));
  page.addEventListener("focusin", (event) => light(event.target.closest("[data-id]")?.dataset.id));
}

addEventListener("keydown", (event) => {
  const page = document.querySelector(".reader");
  if (!page || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea")) return;
  if (document.querySelector("dialog[open]")) return;
  const boxes = page.querySelectorAll("[data-kind][type=checkbox]");
  if (event.key === "n") step(page, 1);
  else if (event.key === "p") step(page, -1);
  else if (event.key === "[") page.querySelector("[rel=prev]")?.click();
  else if (event.key === "]") page.querySelector("[rel=next]")?.click();
  else if (/^[1-6]$/.test(event.key)) boxes[Number(event.key) - 1]?.click();
});
