// Keys for the review page, and how many are chosen. All of it works without, by its buttons.
import { enlarge, isLarge } from "./sheet.js";

const cards = [...document.querySelectorAll(".card")];
const many = document.getElementById("many");
const keys = document.getElementById("keys");
const STORE = "jifen.keys";

function remembered() {
  try { return localStorage.getItem(STORE) !== "off"; } catch { return true; }
}

function current() {
  return document.activeElement ? document.activeElement.closest(".card") : null;
}

function go(step) {
  const at = cards.indexOf(current());
  const next = cards[at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + step))];
  if (next) next.focus();
}

// Approving sends the form, with what the browser asks for first; the others open to be filled in.
function decide(card, verdict) {
  const found = card.querySelector(`[data-verdict=${verdict}]`);
  if (!found) return;
  if (verdict === "approve") { found.click(); return; }
  found.open = true;
  const field = found.querySelector("select, input:not([type=hidden])");
  if (field) field.focus();
}

function choose(card) {
  const tick = card.querySelector(".tick input");
  if (tick) tick.click();
}

const ACTS = {
  j: () => go(1),
  k: () => go(-1),
  y: (card) => decide(card, "approve"),
  n: (card) => decide(card, "reject"),
  g: (card) => decide(card, "adjust"),
  z: (card) => enlarge(card.querySelector("[data-large]")),
  x: choose,
};

addEventListener("keydown", (event) => {
  if (isLarge() || (keys && !keys.checked)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const key = event.key.toLowerCase();
  const card = current();
  if (!ACTS[key] || (!card && key !== "j" && key !== "k")) return;
  event.preventDefault();
  ACTS[key](card);
});

if (keys) {
  keys.checked = remembered();
  keys.addEventListener("change", () => {
    try { localStorage.setItem(STORE, keys.checked ? "on" : "off"); } catch { /* not kept */ }
  });
}

if (many) {
  const chosen = document.getElementById("chosen");
  const first = chosen.textContent;
  const count = () => {
    const ticked = document.querySelectorAll(".card .tick input:checked").length;
    chosen.textContent = ticked ? `选上了 ${ticked} 条。` : first;
  };
  document.addEventListener("change", count);
  addEventListener("pageshow", count);
}

const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (target && target.classList.contains("card")) target.focus();
