// The link to the server: while it is cut nothing can be typed or tapped, so that no input is applied late or lost. Blazor tries
// to reconnect by itself at growing intervals; beside that the server is asked whether it lives, and as soon as it does the
// circuit is taken up again, or, where the server has forgotten it (a restart), the page is loaded anew.
const pollEvery = 2000;
const inputs = ['keydown', 'beforeinput', 'click', 'pointerdown', 'submit'];

async function serverLives() {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

async function takenUpAgain() {
  try {
    return await window.Blazor.reconnect();
  } catch {
    return true; // not reachable after all: ask again later
  }
}

export function watchCircuit() {
  const modal = document.getElementById('components-reconnect-modal');
  const page = document.getElementById('page');
  if (!modal || !page) return;
  let cut = false;
  let timer = 0;

  const stop = (event) => {
    if (modal.contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const poll = async () => {
    if (await serverLives() && cut && !await takenUpAgain()) location.reload();
    else if (cut) timer = setTimeout(poll, pollEvery);
  };

  new MutationObserver(() => {
    const now = ['show', 'failed', 'rejected'].some((state) => modal.classList.contains(`components-reconnect-${state}`));
    if (now === cut) return;
    cut = now;
    page.inert = cut;
    for (const name of inputs) {
      if (cut) document.addEventListener(name, stop, true);
      else document.removeEventListener(name, stop, true);
    }
    clearTimeout(timer);
    if (cut) timer = setTimeout(poll, pollEvery);
  }).observe(modal, { attributes: true, attributeFilter: ['class'] });
}
