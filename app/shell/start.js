// Starts the app. Before it, what must not flash: the reader's theme and size of letters.
import init from "/assets/durvis-app.js";

for (const name of ["theme", "size"]) {
  try {
    const value = localStorage.getItem(name);
    if (value) document.documentElement.dataset[name] = value;
  } catch {
    // A browser that keeps nothing: the device's own look it is.
  }
}

init({ module_or_path: document.getElementById("start").dataset.wasm }).catch((error) => {
  document.getElementById("crash").hidden = false;
  throw error;
});
