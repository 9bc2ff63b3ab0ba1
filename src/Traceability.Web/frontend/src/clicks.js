import { setTheme } from './theme.js';

// Delegated clicks: whole rows open their record, menus close when one clicks elsewhere, codes are copied.
const control = 'a,button,input,select,textarea,label,summary,[data-no-row-click]';

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

function openRow(event) {
  const row = event.target.closest?.('tr[data-row]');
  if (!row || event.target.closest(control) || String(window.getSelection())) return;
  const link = row.querySelector('a[data-row-link]');
  if (!link) return;
  if (event.button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener');
  else if (event.button === 0) link.click();
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    const inside = menu.contains(event.target);
    if (!inside || event.target.closest('[data-closes-menu]')) menu.open = false;
  }
}

async function copyButton(event) {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  event.preventDefault();
  if (await copy(button.dataset.copy)) {
    button.classList.add('is-copied');
    setTimeout(() => button.classList.remove('is-copied'), 1400);
  }
}

function goToField(event) {
  const link = event.target.closest?.('[data-go-to-field]');
  if (!link) return;
  event.preventDefault();
  const field = document.getElementById(link.dataset.goToField);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}

export function listenForClicks() {
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-prints]')) window.print();
    openRow(event);
    closeMenus(event);
    copyButton(event);
    goToField(event);
    if (event.target.closest?.('[data-print]')) window.print();
    const theme = event.target.closest?.('[data-theme-to]');
    if (theme) setTheme(theme.dataset.themeTo);
    if (event.target.closest?.('[data-closes-sheet]')) document.documentElement.classList.remove('nav-open');
    if (event.target.closest?.('[data-opens-sheet]')) document.documentElement.classList.add('nav-open');
    if (event.target.closest?.('[data-folds-nav]')) {
      const folded = document.documentElement.classList.toggle('nav-folded');
      document.cookie = `nav=${folded ? 'folded' : 'open'};path=/;max-age=31536000;samesite=lax`;
    }
  });
  document.addEventListener('auxclick', openRow);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    document.documentElement.classList.remove('nav-open');
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}
