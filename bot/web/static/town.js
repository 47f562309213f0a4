// The screen of town and district: told of changes by the server, it fetches its figures anew.

const figures = document.getElementById("figures");
const state = document.getElementById("state");
const printer = document.getElementById("print");
const FRESH_MS = 4000;
const RETRY_MS = 5000;
const RELOAD_MS = 10000;
let shown = figures.dataset.stamp;
let wanted = shown;
let isBusy = false;

function say(words) {
  if (state.textContent !== words) state.textContent = words;
}

function partOf(address) {
  const url = new URL(address);
  url.searchParams.set("part", "");
  url.hash = "";
  return url;
}

/** Put new figures in place; what was open stays open, and the focus where it was. */
function put(html) {
  const open = [...figures.querySelectorAll("details[open]")].map((one) => one.id);
  const before = new Map([...figures.querySelectorAll(".tile")].map((one) => [one.id, one.textContent]));
  const active = document.activeElement;
  const tile = active?.closest?.(".tile, details");
  const focused = tile && [tile.id, active.tagName];
  figures.innerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused[0])?.querySelector(focused[1].toLowerCase())?.focus();
  for (const one of figures.querySelectorAll(".tile")) {
    if (before.has(one.id) && before.get(one.id) !== one.textContent) {
      one.classList.add("fresh");
      setTimeout(() => one.classList.remove("fresh"), FRESH_MS);
    }
  }
}

async function refresh() {
  if (isBusy) return;
  isBusy = true;
  try {
    while (wanted !== shown) {
      const aim = wanted;
      const answer = await fetch(partOf(location.href), { cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) {
        location.assign("/enter");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      put(await answer.text());
      shown = aim;
    }
    say("数字跟着变");
  } catch {
    say("暂时连不上,过一会儿再试");
    setTimeout(refresh, RETRY_MS);
  } finally {
    isBusy = false;
  }
}

const source = new EventSource(figures.dataset.live);
source.addEventListener("change", (event) => {
  document.getElementById("still").hidden = true;
  wanted = event.data;
  if (wanted === shown) say("数字跟着变");
  else refresh();
});
source.addEventListener("gone", () => {
  source.close();
  location.assign("/enter");
});
source.addEventListener("error", () => {
  say("断开了,正在重连");
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), RELOAD_MS);
});

if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}
window.addEventListener("beforeprint", () => {
  for (const one of figures.querySelectorAll("details")) one.open = true;
});
