// The menu of narrow pages by keyboard. The theme opens it, and the sections in it, by labels of
// hidden checkboxes, which no key reaches: at 400 % zoom a desk has no other menu.

const NARROW = matchMedia("(max-width: 76.234375em)");
const SIDEBAR = ".md-sidebar--primary";
const OPENER = 'label.md-header__button[for="__drawer"]';
const SECTIONS = `${SIDEBAR} label.md-nav__link[for], ${SIDEBAR} label.md-nav__title[for]:not([for="__drawer"])`;

/** Put a button into the opening label; make tab stops of sections while there is a menu to open. */
export function mendMenu() {
  const opener = document.querySelector(OPENER);
  if (opener && !opener.querySelector("button")) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", "Menu");
    button.append(...opener.childNodes);
    button.addEventListener("click", () => document.getElementById("__drawer")?.click());
    opener.append(button);
  }
  opener?.firstElementChild?.setAttribute("aria-expanded", String(document.getElementById("__drawer")?.checked));
  for (const label of document.querySelectorAll(SECTIONS))
    if (NARROW.matches && label.tabIndex < 0) {
      label.dataset.cfMenu = "";
      label.tabIndex = 0;
    } else if (!NARROW.matches && "cfMenu" in label.dataset) {
      delete label.dataset.cfMenu;
      label.removeAttribute("tabindex");
    }
}

/** As `checkVisibility`, whose options not every browser knows. @param {Element} element */
function canBeSeen(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
}

/** @param {HTMLInputElement} toggle */
function moveFocus(toggle) {
  if (toggle.id === "__drawer") {
    const first = `${SIDEBAR} :is(a, label[tabindex])`;
    const target = toggle.checked
      ? [...document.querySelectorAll(first)].find(canBeSeen)
      : document.querySelector(`${OPENER} button`);
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
  if (button?.closest(`${OPENER}, ${SIDEBAR}`)) moveFocus(target);
});

document.addEventListener("keydown", (event) => {
  const focused = document.activeElement;
  if (event.key === " " && focused?.matches(SECTIONS)) {
    event.preventDefault();
    focused.click(); // the theme itself answers to Enter
  }
  const drawer = document.getElementById("__drawer");
  if (event.key === "Escape" && drawer?.checked && focused?.closest(SIDEBAR)) drawer.click();
});

NARROW.addEventListener("change", mendMenu);
