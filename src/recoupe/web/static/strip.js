// The line of days: dragging over it asks for those days. Where each day stands comes with the drawing.

const day = (ms) => new Date(ms).toISOString().slice(0, 10);

export function strip(go) {
  const box = document.querySelector(".strip");
  if (!box) return;
  const edges = box.dataset.edges.split(" ").map((edge) => {
    const [date, at] = edge.split(":");
    return [Date.parse(date), Number(at)];
  });
  const dayAt = (x) => {
    const at = Math.max(0, Math.min(99.99, (100 * (x - box.getBoundingClientRect().left)) / box.clientWidth));
    const n = Math.max(0, edges.findIndex(([, place]) => place > at) - 1);
    const [[from, left], [to, right]] = [edges[n], edges[n + 1] ?? edges[n]];
    return day(from + ((to - from) * (at - left)) / Math.max(right - left, 0.001));
  };
  let start = null;
  let brush = null;
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") start = event.clientX;
  });
  addEventListener("pointermove", (event) => {
    if (start === null || !box.isConnected || (!brush && Math.abs(event.clientX - start) < 6)) return;
    brush ??= box.appendChild(Object.assign(document.createElement("div"), { className: "brush" }));
    const left = box.getBoundingClientRect().left;
    const [a, b] = [start, event.clientX].sort((x, y) => x - y);
    brush.style.left = `${a - left}px`;
    brush.style.width = `${b - a}px`;
    brush.dataset.days = `${dayAt(a)} – ${dayAt(b)}`;
  });
  addEventListener("pointerup", (event) => {
    if (brush) {
      const [a, b] = [start, event.clientX].sort((x, y) => x - y);
      const to = new URL(location.href);
      to.searchParams.set("from", dayAt(a));
      to.searchParams.set("to", dayAt(b));
      brush.remove();
      box.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      go(to.href);
    }
    start = brush = null;
  });
}
