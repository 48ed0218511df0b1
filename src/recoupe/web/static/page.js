// What a page does beyond what its links and forms do by themselves. Nothing here is needed to read or to judge.
import "./judge.js";
import { keys } from "./keys.js";
import { reader } from "./reader.js";
import { review } from "./review.js";
import { strip } from "./strip.js";
import { taking } from "./taking.js";

document.documentElement.classList.add("js");

/** Everything that a freshly shown page needs. */
function ready() {
  keys();
  reader();
  review();
  strip(go);
  taking();
  for (const field of document.querySelectorAll("input[data-who]:not([type=hidden])"))
    field.addEventListener("input", () => sign(field.value));
  const filters = document.querySelector(".side .filters");
  if (filters && matchMedia("(max-width: 60rem)").matches) filters.removeAttribute("open");
}

/** The name that every judgement of this page is signed with. */
function sign(name) {
  for (const field of document.querySelectorAll("[data-who]")) if (field.value !== name) field.value = name;
}

/** Shows another address of the same view in place, so that filtering keeps the reader where he or she is. */
async function go(href, { push = true } = {}) {
  const answer = await fetch(href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || page.body.dataset.view !== document.body.dataset.view) return location.assign(href);
  const at = scrollY;
  const open = new Set([...document.querySelectorAll("li[data-id] > details[open]")].map((d) => d.parentElement.dataset.id));
  document.title = page.title;
  for (const part of ["main", ".foot"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  for (const id of open) document.querySelector(`li[data-id="${id}"] > details`)?.setAttribute("open", "");
  if (push) history.pushState({}, "", answer.url);
  document.documentElement.style.scrollBehavior = "auto";
  scrollTo(0, at);
  document.documentElement.style.scrollBehavior = "";
  ready();
  const facts = document.querySelector(".chips") ?? document.querySelector(".facts");
  document.getElementById("said").textContent = facts?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const to = new URL(link.href instanceof SVGAnimatedString ? link.href.baseVal : link.href, location.href);
  const same = to.origin === location.origin && to.pathname === location.pathname && document.body.dataset.view === "story";
  if (!same || (to.hash && to.search === location.search) || link.hasAttribute("data-hard")) return;
  event.preventDefault();
  go(to.href);
});
addEventListener("popstate", () => {
  if (document.body.dataset.view === "story") go(location.href, { push: false });
});
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
});

ready();
