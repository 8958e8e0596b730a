// The theme fetches the whole search index on every page, more than the text that a reader came for.
// Let that one request wait until somebody is about to search, or comes from a search result.
(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const waiting = new WeakSet();

  /** @param {string} method @param {string | URL} url @param {boolean} async @param {(string | null)[]} rest */
  XMLHttpRequest.prototype.open = function (method, url, async = true, ...rest) {
    if (String(url).endsWith("search/search_index.json")) waiting.add(this);
    return open.call(this, method, url, async, ...rest);
  };

  /** @param {Document | XMLHttpRequestBodyInit | null} [body] */
  XMLHttpRequest.prototype.send = function (body) {
    if (!waiting.has(this) || /[?&][hq]=/.test(location.search)) return send.call(this, body);
    const sought = (/** @type {Event} */ { target }) => {
      if (!(target instanceof Element && target.closest('[data-md-component="search"], [for="__search"]'))) return;
      for (const name of ["focusin", "pointerdown"]) removeEventListener(name, sought);
      send.call(this, body);
    };
    for (const name of ["focusin", "pointerdown"]) addEventListener(name, sought);
  };
})();
