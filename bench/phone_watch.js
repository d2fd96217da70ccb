// Notes when the page became usable, when Save was tapped and when it said that the entry is saved.
window.marks = {};
const note = () => {
  const now = performance.now();
  if (document.querySelector('#pain input, main .primary, .save-bar .primary')) window.marks.usable ??= now;
  if (document.querySelector('h1.saved')) window.marks.saved ??= now;
};
new MutationObserver(note).observe(document, { childList: true, subtree: true });
addEventListener('click', (event) => {
  if (!event.target.closest?.('.save-bar .primary')) return;
  window.marks.tapped = performance.now();
  delete window.marks.saved;
}, true);
