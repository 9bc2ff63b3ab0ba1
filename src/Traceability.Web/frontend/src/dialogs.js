// Focus stays inside the topmost dialog and returns to where it came from.
const opened = [];
const reachable = 'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex="0"]';

const visible = (dialog) => [...dialog.querySelectorAll(reachable)].filter((item) => item.offsetParent !== null);

function keepInside(event) {
  const top = opened.at(-1);
  if (event.key !== 'Tab' || !top) return;
  const items = visible(top.dialog);
  if (items.length === 0) return;
  const first = items[0];
  const last = items.at(-1);
  if (!top.dialog.contains(document.activeElement)) {
    event.preventDefault();
    first.focus();
  } else if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

export function trap(dialog) {
  if (!dialog || opened.some((entry) => entry.dialog === dialog)) return;
  if (opened.length === 0) document.addEventListener('keydown', keepInside);
  opened.push({ dialog, before: document.activeElement });
  document.documentElement.classList.add('has-dialog');
  (dialog.querySelector('[data-autofocus]') ?? visible(dialog)[0] ?? dialog).focus();
}

export function release(dialog) {
  const index = opened.findIndex((entry) => entry.dialog === dialog || !entry.dialog.isConnected);
  if (index < 0) return;
  const [entry] = opened.splice(index, 1);
  if (opened.length === 0) {
    document.removeEventListener('keydown', keepInside);
    document.documentElement.classList.remove('has-dialog');
  }
  if (entry.before?.isConnected) entry.before.focus();
}

export function focusFirstError(form) {
  const summary = form?.querySelector('[data-error-summary]');
  summary?.scrollIntoView({ block: 'nearest' });
  summary?.focus();
}
