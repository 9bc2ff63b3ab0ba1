// The link to the server: while it is cut nothing can be typed or tapped, so that no input is applied late or lost;
// when the server answers again the page is loaded anew.
const pollEvery = 2000;

async function serverIsBack() {
  try {
    const answer = await fetch('/health/live', { cache: 'no-store' });
    return answer.ok;
  } catch {
    return false;
  }
}

export function watchCircuit() {
  const modal = document.getElementById('components-reconnect-modal');
  const page = document.getElementById('page');
  if (!modal || !page) return;
  let timer = 0;

  const stopTheInput = (event) => {
    if (modal.contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const events = ['keydown', 'beforeinput', 'click', 'pointerdown', 'submit'];

  const check = () => {
    const classes = modal.classList;
    const trying = classes.contains('components-reconnect-show');
    const lost = classes.contains('components-reconnect-failed') || classes.contains('components-reconnect-rejected');
    const cut = trying || lost;
    if (page.inert === cut && (!lost || timer)) return;
    page.inert = cut;
    for (const name of events) {
      if (cut) document.addEventListener(name, stopTheInput, true);
      else document.removeEventListener(name, stopTheInput, true);
    }
    if (lost && !timer) {
      timer = setInterval(async () => { if (await serverIsBack()) location.reload(); }, pollEvery);
    } else if (!cut && timer) {
      clearInterval(timer);
      timer = 0;
    }
  };
  new MutationObserver(check).observe(modal, { attributes: true, attributeFilter: ['class'] });
}
