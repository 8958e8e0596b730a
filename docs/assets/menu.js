// The menu of narrow pages by keyboard. The theme opens it, and the sections in it, by labels of
// hidden checkboxes, which no key reaches: at 400 % zoom a desk has no other menu.

const NARROW = matchMedia("(max-width: 76.234375em)");
const SIDEBAR = ".md-sidebar--primary";
const BUTTONS = `label.md-header__button[for="__drawer"], ${SIDEBAR} label.md-nav__link[for], ${SIDEBAR} label.md-nav__title[for]:not([for="__drawer"])`;

/** Make buttons of the labels; of those that the theme has as tab stops, at every width. */
export function mendMenu() {
  for (const label of document.querySelectorAll(BUTTONS)) {
    const toggle = document.getElementById(label.htmlFor);
    if (NARROW.matches && toggle && label.tabIndex < 0) {
      label.dataset.cfMenu = "";
      label.tabIndex = 0;
    } else if (!NARROW.matches && "cfMenu" in label.dataset) {
      delete label.dataset.cfMenu;
      for (const name of ["tabindex", "role", "aria-expanded"]) label.removeAttribute(name);
    }
    if (!toggle || label.tabIndex < 0) continue;
    label.setAttribute("role", "button");
    label.setAttribute("aria-expanded", String(toggle.checked));
    if (label.htmlFor === "__drawer") label.setAttribute("aria-label", "Menu");
  }
}

/** @param {HTMLInputElement} toggle */
function moveFocus(toggle) {
  if (toggle.id === "__drawer") {
    const first = `${SIDEBAR} :is(a, label[tabindex])`;
    const target = toggle.checked
      ? [...document.querySelectorAll(first)].find((each) => each.checkVisibility({ visibilityProperty: true }))
      : document.querySelector('label[for="__drawer"].md-header__button');
    target?.focus();
  } else {
    const place = toggle.checked ? "nav > .md-nav__title" : "label.md-nav__link";
    toggle.parentElement.querySelector(`:scope > ${place}`)?.focus();
  }
}

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches(".md-toggle")) return;
  const button = document.activeElement;
  mendMenu();
  if (!NARROW.matches) return;
  if (button?.matches(BUTTONS) || button?.closest(SIDEBAR)) moveFocus(target);
});

document.addEventListener("keydown", (event) => {
  const focused = document.activeElement;
  if (event.key === " " && focused?.matches(BUTTONS)) {
    event.preventDefault();
    focused.click(); // the theme itself answers to Enter
  }
  const drawer = document.getElementById("__drawer");
  if (event.key === "Escape" && drawer?.checked && focused?.closest(SIDEBAR)) drawer.click();
});

NARROW.addEventListener("change", mendMenu);
