// One floating menu for the whole page: arrow keys move, Escape closes, focus goes back to where it came from.
import { h } from "./draw.js";

let open = null;

// `entries`: {label, small, mark (node or text), run} or {title}
export function showMenu(anchor, label, entries) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label });
  for (const entry of entries) {
    if (entry.title) { menu.append(h("div", { class: "title" }, entry.title)); continue; }
    menu.append(h("button", { type: "button", role: "menuitem", tabindex: "-1", "data-entry": entry.id ?? entry.label, onclick: () => { closeMenu(); entry.run(); } },
      entry.mark ?? null, h("span", { dir: "auto" }, entry.label, entry.small ? h("small", { dir: "auto" }, entry.small) : null)));
  }
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  open = { menu, anchor };
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const above = at.top - height - 6 > 8 && (at.bottom + height + 6 > innerHeight - 8 || at.top > innerHeight * 0.6);
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${above ? at.top - height - 6 : Math.max(8, Math.min(at.bottom + 6, innerHeight - height - 8))}px`;
}

export function closeMenu() {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.removeAttribute("aria-expanded");
  if (anchor.isConnected) anchor.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (!open) return;
  const items = [...open.menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else if (to !== undefined) items.at(to % items.length)?.focus();
  else return;
  event.preventDefault();
});
document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
});
addEventListener("resize", closeMenu);
