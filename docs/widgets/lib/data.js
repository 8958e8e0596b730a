// JSON that the build wrote to widgets/data/.

/** @type {Set<string>} What could not be read: what a proxy sent in its place may lie in the cache. */
const damaged = new Set();

/**
 * Read `widgets/data/NAME.json`.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function loadData(name) {
  const address = new URL(`../data/${name}.json`, import.meta.url);
  const answer = await fetch(address, { cache: damaged.has(name) ? "reload" : "default" });
  if (!answer.ok) throw new Error(`${name}.json: ${answer.status} ${answer.statusText}`);
  try {
    return await answer.json();
  } catch (error) {
    damaged.add(name);
    throw error;
  }
}
