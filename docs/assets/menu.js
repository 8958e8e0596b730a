// The menu of narrow pages by keyboard. The theme opens it, and the sections in it, by labels of
// hidden checkboxes, which no key reaches: at 400 % zoom a desk has no other menu.

const NARROW = matchMedia("(max-width: 76.234375em)");
const SIDEBAR = ".md-sidebar--primary";
const OPENER = 'label.md-header__button[for="__drawer"]';
const SECTIONS = `${SIDEBAR} label.md-nav__link[for], ${SIDEBAR} label.md-nav__title[for]:not([for="__drawer"])`;

const drawer = () => /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);

/** Put a button into the opening label; make tab stops of sections while there is a menu to open. */
export function mendMenu() {
  const opener = document.querySelector(OPENER);
  if (opener && !opener.querySelector("button")) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", "Menu");
    button.append(...opener.childNodes);
    button.addEventListener("click", () => drawer()?.click());
    opener.append(button);
  }
  opener?.firstElementChild?.setAttribute("aria-expanded", String(drawer()?.checked));
  for (const label of all(SECTIONS))
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
    const target = toggle.checked ? all(first).find(canBeSeen) : all(`${OPENER} button`)[0];
    target?.focus();
  } else {
    const place = toggle.checked ? "nav > .md-nav__title" : "label.md-nav__link";
    const target = toggle.parentElement?.querySelector(`:scope > ${place}`);
    if (target instanceof HTMLElement) target.focus();
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
  if (event.key === " " && focused instanceof HTMLElement && focused.matches(SECTIONS)) {
    event.preventDefault();
    focused.click(); // the theme itself answers to Enter
  }
  if (event.key === "Escape" && drawer()?.checked && focused?.closest(SIDEBAR)) drawer()?.click();
});

NARROW.addEventListener("change", mendMenu);
