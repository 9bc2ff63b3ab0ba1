import { watchCircuit } from './circuit.js';
import { followTheme } from './theme.js';
import { listenForKeys } from './keys.js';
import { listenForClicks, copy } from './clicks.js';
import { watchTable } from './tables.js';
import { graph } from './graph.js';
import { listenForVerification } from './verify.js';
import { trap, release, focusFirstError } from './dialogs.js';

followTheme();
listenForKeys();
listenForClicks();
watchCircuit();
listenForVerification();

// The few functions that components call by name.
window.traceability = {
  copy,
  graph,
  trap,
  release,
  focusFirstError,
  focus: (element) => element?.focus(),
  width: (element) => Math.round(element.clientWidth),
  watchTable,
  take: (element) => {
    const text = element.value;
    element.value = '';
    element.blur();
    return text;
  },
  select: (element) => element?.select?.(),
  remember: (key, value) => localStorage.setItem(`traceability.${key}`, value),
  recall: (key) => localStorage.getItem(`traceability.${key}`),
};
