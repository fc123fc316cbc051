// Before anything is painted, so that a chosen theme does not flash.
try {
  const chosen = localStorage.getItem('crowd.theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // Storage is forbidden: the browser's preference holds.
}
