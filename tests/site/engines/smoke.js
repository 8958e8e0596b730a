// What must hold in every browser engine, asked in the page itself, so that each driver asks the same.
// Put first into each page (copies.py): it notes what goes wrong from the start. Every question
// answers with a list of problems, empty if there are none, or with plain data.

var smoke = (() => { // of the window, so that a driver finds it
  const STEP = 50; // milliseconds between two looks
  const REST = 600; // so long must things keep their place to be at rest
  const SMALL = 2; // CSS pixels that a rounding may cost

  // The theme observes the body and what lies in it: a size that changes while others are told of theirs is
  // told in the next frame. Nothing is lost, though it is reported like an error.
  const TOLD_LATER = "ResizeObserver loop completed with undelivered notifications.";

  /** @type {string[]} */
  const wrong = [];

  /** Note errors, refused requests and what a policy stops, from now on. */
  function listen() {
    addEventListener("error", ({ message, target }) => {
      if (message !== TOLD_LATER) wrong.push(message || `not loaded: ${addressOf(target)}`);
    }, true);
    addEventListener("unhandledrejection", ({ reason }) => wrong.push(`not handled: ${reason}`));
    addEventListener("securitypolicyviolation", (event) => wrong.push(`${event.effectiveDirective} stopped ${event.blockedURI}`), true);
    const { error } = console;
    console.error = (...words) => (wrong.push(words.join(" ")), error.apply(console, words));
  }

  /** @param {any} element A picture, a script or a style sheet. */
  const addressOf = (element) => element.src ?? element.href;

  /** @param {number} milliseconds */
  const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /** Wait for it. @param {() => unknown} holds @returns {Promise<boolean>} Whether it came. */
  async function until(holds) {
    for (const end = performance.now() + smoke.patience; performance.now() < end; await sleep(STEP)) if (holds()) return true;
    return Boolean(holds());
  }

  /** @param {string} selector @param {Document | Element} [within] @returns {any[]} */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const widgets = () => all("main *").filter((element) => element.localName.includes("-"));
  const isReady = (/** @type {HTMLElement} */ widget) => widget.dataset.cfMounted === "ready";
  const isShown = (/** @type {Element} */ element) => element.getClientRects().length > 0 && !element.closest("details:not([open]) > :not(summary), [hidden]"); // WebKit lays out what hidden=until-found hides
  const show = (/** @type {Element} */ element) => element.scrollIntoView({ block: "center", behavior: "instant" });

  /** Bring every widget near, one after the other. */
  async function wake() {
    await until(() => document.readyState === "complete");
    for (const widget of widgets()) {
      show(widget);
      await until(() => isReady(widget));
    }
    scrollTo({ top: 0, behavior: "instant" });
  }

  // --- A page as it opens.

  /** Everything that is wrong with a page that has been read to its end. */
  async function problems() {
    await wake();
    const found = [...(await undrawnPictures()), ...(await undrawnFormulas()), ...sleepers(), ...overflow()];
    return [...found, ...wrong];
  }

  const sleepers = () => widgets().filter((each) => !isReady(each)).map((each) => `<${each.localName}> is not ready`);

  /** Pictures that a reader should see and does not. */
  async function undrawnPictures() {
    const found = [];
    for (const picture of all("img").filter(isShown)) {
      show(picture);
      if (!(await until(() => picture.complete && picture.naturalWidth > 0))) found.push(`no picture: ${picture.currentSrc}`);
    }
    return found;
  }

  /** Formulas without a height, or set in one line as by a browser that knows no MathML. */
  async function undrawnFormulas() {
    const formulas = all("math").filter(isShown);
    if (!formulas.length) return [];
    await document.fonts.ready;
    const faces = [...document.fonts].filter(({ family }) => family.includes("STIX"));
    const box = (/** @type {Element} */ element) => element.getBoundingClientRect();
    return [
      ...(faces.some(({ status }) => status === "loaded") ? [] : ["the font of the formulas is not used"]),
      ...formulas.filter((each) => box(each).height < SMALL).map((each) => `no height: ${each.textContent}`),
      ...all("math mfrac").filter(isShown)
        .filter(({ children: [above, below] }) => box(above).bottom > box(below).top + SMALL)
        .map((each) => `a fraction in one line: ${each.textContent}`),
      ...formulas.filter((each) => (getComputedStyle(each).getPropertyValue("hanging-punctuation") || "none") !== "none")
        .map((each) => `its brackets hang: ${each.textContent}`),
      ...touching(formulas).map((each) => `two large signs touch: ${each.textContent}`),
    ];
  }

  /** Sums, products and the like whose limits touch those of the next. @param {Element[]} formulas */
  function touching(formulas) {
    const limits = "munderover, munder, mover";
    return formulas.flatMap((formula) => all(limits, formula)).filter((sign) => {
      const last = sign.previousElementSibling?.matches("mspace") ? sign.previousElementSibling.previousElementSibling : null;
      const before = [sign.previousElementSibling, last].find((each) => each?.matches(limits));
      return before && sign.getBoundingClientRect().left - before.getBoundingClientRect().right < SMALL;
    });
  }

  function overflow() {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth + SMALL ? [`the page is ${scrollWidth} wide in a window of ${clientWidth}`] : [];
  }

  // --- The first thing that a reader does with each widget.

  /** The control of that name. @param {Element} widget @param {string} name @returns {any} */
  function control(widget, name) {
    const nameOf = (/** @type {any} */ each) => (each.labels?.[0]?.textContent ?? each.getAttribute("aria-label") ?? each.textContent).trim();
    const found = all("button, select, input, textarea", widget).find((each) => nameOf(each).startsWith(name));
    if (!found) throw new Error(`there is no control called ${name}`);
    return found;
  }

  /** Set a control as a reader does. @param {HTMLInputElement} field @param {string} value */
  function enter(field, value) {
    field.focus();
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  const another = (/** @type {HTMLSelectElement} */ select) => [...select.options].find(({ value, disabled }) => value && !disabled && value !== select.value)?.value ?? "";
  const tile = (/** @type {Element} */ widget) => all('button[aria-pressed="false"]', widget)[2];
  const NETWORK = "nn.Sequential(nn.Conv2d(1, 6, 5), nn.MaxPool2d(2))";

  /** What to do, and what the widget must then say; without that, anything else than before.
   * @type {Record<string, {does: (it: Element) => void, says: RegExp | null}>} */
  const JOBS = {
    "arithmetic-playground": { does: (it) => enter(control(it, "Kernel size"), "1"), says: null },
    "convolution-stepper": { does: (it) => control(it, "Next").click(), says: null },
    "digit-lab": { does: (it) => enter(control(it, "Digit"), "3"), says: /sees an? 3\b/ },
    "kernel-playground": { does: (it) => enter(control(it, "Weights"), another(control(it, "Weights"))), says: null },
    "kernel-timeline": { does: (it) => (control(it, "First").click(), control(it, "Next").click()), says: null },
    "shape-tracer": { does: (it) => enter(control(it, "Layers"), NETWORK), says: /6 × 12 × 12/ },
    "unit-browser": { does: (it) => tile(it).click(), says: null },
  };

  /** What a widget shows, with its pictures. @param {HTMLElement} widget */
  const shown = (widget) => widget.innerText + all("canvas", widget).map((canvas) => canvas.toDataURL()).join("");

  /** Problems of each widget's first job. */
  async function firstJobs() {
    await wake();
    const found = [];
    for (const widget of widgets()) found.push(...(await firstJob(widget)).map((problem) => `<${widget.localName}>: ${problem}`));
    return [...found, ...wrong];
  }

  /** @param {HTMLElement} widget @returns {Promise<string[]>} */
  async function firstJob(widget) {
    const job = JOBS[widget.localName];
    if (!job) return ["no first job is written for it"];
    show(widget);
    const before = shown(widget);
    try {
      job.does(widget);
    } catch (error) {
      return [String(error)];
    }
    const done = await until(() => shown(widget) !== before && (!job.says || job.says.test(widget.innerText)));
    const refused = all('[aria-invalid="true"]', widget).map((field) => `refused: ${field.value}`);
    return done ? refused : [`its first job shows nothing new${job.says ? `, or not ${job.says}` : ""}`, ...refused];
  }

  // --- A link to what stands behind a widget.

  /** The first heading behind each widget. */
  function behind() {
    const headings = all("main :is(h2, h3, h4)[id]");
    const follows = (/** @type {Element} */ widget, /** @type {Element} */ heading) => widget.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING;
    return widgets().map((widget) => headings.find((heading) => follows(widget, heading) && !widget.contains(heading))?.id).filter(Boolean);
  }

  /** Follow the entry of the page's contents. @param {string} id */
  async function follow(id) {
    await until(() => document.readyState === "complete");
    all(`.md-nav--secondary a[href$="#${id}"]`)[0].click();
    return landed(id);
  }

  /** Where a heading has come to rest, once the widgets near the window are there. @param {string} id */
  async function landed(id) {
    await until(() => document.readyState === "complete");
    const heading = all(`#${CSS.escape(id)}`)[0];
    const top = () => heading.getBoundingClientRect().top;
    const isNear = (/** @type {Element} */ each) => each.getBoundingClientRect().bottom > -innerHeight && each.getBoundingClientRect().top < 2 * innerHeight;
    const isCalm = () => widgets().every((each) => isReady(each) || !isNear(each));
    for (let last = NaN; last !== top() || !(await until(isCalm)); ) {
      last = top();
      await sleep(REST);
    }
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const inside = top() >= header - SMALL && heading.getBoundingClientRect().bottom <= innerHeight;
    return inside ? [] : [`#${id} is at ${Math.round(top())}, not between ${Math.round(header)} and ${innerHeight}`];
  }

  // --- A digit that is drawn.

  const SEVEN = [[8, 7], [20, 7], [18, 11], [15, 16], [13, 21]]; // pixels of 28, as MNIST has a seven

  const lab = () => all("digit-lab")[0];
  const paper = () => all("canvas", lab())[0];

  /** Clear the paper, and say along which points of the window a seven is drawn. */
  async function seven() {
    await wake();
    control(lab(), "Clear").click();
    show(paper());
    await sleep(REST);
    const { left, top, width, height } = paper().getBoundingClientRect();
    return SEVEN.map(([x, y]) => [left + (width * (x + 0.5)) / 28, top + (height * (y + 0.5)) / 28]);
  }

  /** Whether the lab reads a seven. */
  async function readsSeven() {
    const right = await until(() => /sees an? 7\b/.test(lab().innerText));
    return right ? [...wrong] : [`the lab does not see a 7: ${/sees.*/.exec(lab().innerText)?.[0]}`, ...wrong];
  }

  const patience = 20_000; // milliseconds: a busy machine, and a widget's data
  return { patience, listen, problems, firstJobs, behind, landed, follow, seven, readsSeven };
})();
smoke.listen();
