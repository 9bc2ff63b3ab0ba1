// Keyboard: "/" reaches the search box, a wedge scanner reaches it from anywhere, forms move on with Enter and save with Ctrl+Enter.
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

const searchBox = () => document.querySelector('[data-search-box]');

// A wedge scanner types a code in a few milliseconds a character and ends with Enter.
const scan = { text: '', last: 0 };
const betweenKeys = 45;
const shortestCode = 4;

function collectScan(event) {
  const now = performance.now();
  if (now - scan.last > betweenKeys) scan.text = '';
  scan.last = now;
  if (event.key === 'Enter') {
    const code = scan.text;
    scan.text = '';
    if (code.length < shortestCode) return false;
    const box = searchBox();
    if (!box) return false;
    box.value = code;
    box.form.requestSubmit();
    return true;
  }
  if (event.key.length === 1) scan.text += event.key;
  return false;
}

function nextField(form, current) {
  const fields = [...form.querySelectorAll('input,select:not(.unit),textarea,button[type=submit]')]
    .filter((field) => !field.disabled && field.type !== 'hidden' && field.tabIndex >= 0 && field.offsetParent !== null);
  return fields[fields.indexOf(current) + 1];
}

// A lookup chooses on Enter by itself, which takes a moment: a scanner's next code belongs into the next field.
function moveOnWhenChosen(form, field) {
  const until = performance.now() + 3000;
  const look = () => {
    if (document.activeElement !== field) return;
    if (field.parentElement.querySelector('button.copy')) nextField(form, field)?.focus();
    else if (performance.now() < until) setTimeout(look, 60);
  };
  setTimeout(look, 60);
}

function inForm(event) {
  // The nearest form decides: a scan box inside a form is one of its own, and its Enter is the end of a code.
  const form = event.target.closest?.('form');
  if (!form?.hasAttribute('data-form') || event.key !== 'Enter') return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    // Blur first, so that the value just typed is on its way before the form is.
    event.target.blur();
    form.requestSubmit();
    return;
  }
  if (event.target.tagName !== 'INPUT' || event.defaultPrevented || event.target.type === 'submit') return;
  // Enter never saves by itself: a scanner ends every code with it.
  event.preventDefault();
  if (event.target.dataset.enter) moveOnWhenChosen(form, event.target);
  else nextField(form, event.target)?.focus();
}

export function listenForKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    inForm(event);
    if (typing(event.target)) return;
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = searchBox();
      if (box && performance.now() - scan.last > betweenKeys) {
        event.preventDefault();
        box.focus();
        box.select();
        return;
      }
    }
    if (!event.ctrlKey && !event.metaKey && !event.altKey && collectScan(event)) event.preventDefault();
  });
}
