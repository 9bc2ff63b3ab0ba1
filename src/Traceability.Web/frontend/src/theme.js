// The choice (light, dark or system) is kept in a cookie; js/theme.js applies it before the first paint.
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function apply() {
  const choice = document.documentElement.dataset.themeChoice ?? 'system';
  document.documentElement.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
}

export function setTheme(choice) {
  document.documentElement.dataset.themeChoice = choice;
  document.cookie = `theme=${choice};path=/;max-age=31536000;samesite=lax`;
  apply();
}

export function followTheme() {
  dark.addEventListener('change', apply);
}
