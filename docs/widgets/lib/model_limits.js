// The table of cnnfilters/export/limits.py, which the exporter reads: change it there.
export const LIMITS = Object.freeze({
  "bytes": 20000000,
  "filters": 64,
  "kernel": 11,
  "features": 20000,
  "outputs": 1024,
  "linears": 4,
  "characters": 120,
  "number": 1000000,
  "least_std": 1e-06
});
