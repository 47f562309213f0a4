// The pages with forms work without this: it enlarges photos in place and reads answers out.
const large = document.createElement("div");
large.className = "large";
large.hidden = true;
large.setAttribute("role", "dialog");
large.setAttribute("aria-modal", "true");
large.setAttribute("aria-label", "看照片");
const image = document.createElement("img");
const shut = document.createElement("button");
shut.type = "button";
shut.textContent = "关上";
large.append(image, shut);
document.body.append(large);
let shown = null;

export function enlarge(link) {
  if (!link) return;
  shown = link;
  image.src = link.href;
  image.alt = link.querySelector("img").alt;
  large.hidden = false;
  shut.focus();
}

export function isLarge() {
  return !large.hidden;
}

function close() {
  large.hidden = true;
  if (shown) shown.focus();
}

function turn(step) {
  const links = [...document.querySelectorAll("[data-large]")];
  enlarge(links[links.indexOf(shown) + step]);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-large]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  enlarge(link);
});
large.addEventListener("click", close);
addEventListener("keydown", (event) => {
  if (!isLarge()) return;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowRight") turn(1);
  else if (event.key === "ArrowLeft") turn(-1);
  else if (event.key === "Tab") { event.preventDefault(); shut.focus(); }
});

// A second click while the answer is on its way sends nothing more.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What was answered stands on the page already; said again, it is read out.
const said = document.getElementById("said");
if (said) {
  const words = [...said.childNodes];
  said.replaceChildren();
  setTimeout(() => said.replaceChildren(...words), 150);
}
