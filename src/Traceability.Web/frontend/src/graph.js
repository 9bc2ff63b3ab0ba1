// Moves, zooms and lights a trace graph. The server has placed every node; nothing is laid out here.
const states = new WeakMap();
const least = 0.08;
const most = 2.5;

export function graph(frame, action) {
  if (!frame) return;
  const state = states.get(frame) ?? start(frame);
  if (action === 'start' || action === 'update') {
    read(state);
    if (action === 'start') fit(state);
    else show(state);
  } else if (action === 'fit') fit(state);
  else if (action === 'zoomIn') zoom(state, 1.25);
  else if (action === 'zoomOut') zoom(state, 0.8);
  else if (action === 'full') (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen?.());
}

function start(frame) {
  const view = frame.querySelector('.tg-view');
  const world = frame.querySelector('.tg-world');
  const state = { frame, view, world, x: 0, y: 0, scale: 1, pointers: new Map(), moved: false };
  states.set(frame, state);

  view.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = view.getBoundingClientRect();
    zoom(state, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  view.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    state.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    state.moved = false;
  });
  window.addEventListener('pointermove', (event) => {
    const old = state.pointers.get(event.pointerId);
    if (!old) return;
    const now = { x: event.clientX, y: event.clientY };
    if (state.pointers.size === 1) {
      if (!state.moved && Math.hypot(now.x - old.x, now.y - old.y) < 4) return;
      state.moved = true;
      state.x += now.x - old.x;
      state.y += now.y - old.y;
      view.classList.add('is-moving');
    } else {
      const other = [...state.pointers].find(([id]) => id !== event.pointerId)[1];
      const box = view.getBoundingClientRect();
      const before = Math.hypot(old.x - other.x, old.y - other.y);
      const after = Math.hypot(now.x - other.x, now.y - other.y);
      state.moved = true;
      if (before > 0) zoom(state, after / before, (now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top);
    }
    state.pointers.set(event.pointerId, now);
    show(state);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, (event) => {
      state.pointers.delete(event.pointerId);
      view.classList.remove('is-moving');
    });
  }
  // A drag that ends on a card must not open it.
  view.addEventListener('click', (event) => {
    if (!state.moved) return;
    event.preventDefault();
    event.stopPropagation();
    state.moved = false;
  }, true);

  view.addEventListener('pointerover', (event) => light(state, event.target.closest?.('[data-key]')?.dataset.key));
  view.addEventListener('focusin', (event) => light(state, event.target.closest?.('[data-key]')?.dataset.key));
  view.addEventListener('pointerleave', () => light(state));
  view.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (event.target === view && step) {
      event.preventDefault();
      state.x += step[0];
      state.y += step[1];
      show(state);
    } else if (event.key === '+' || event.key === '=') zoom(state, 1.25);
    else if (event.key === '-') zoom(state, 0.8);
    else if (event.key === '0') fit(state);
  });
  new ResizeObserver(() => show(state)).observe(view);
  return state;
}

function read(state) {
  state.next = new Map();
  state.back = new Map();
  for (const edge of state.world.querySelectorAll('.tg-edge')) {
    const { from, to } = edge.dataset;
    (state.next.get(from) ?? state.next.set(from, []).get(from)).push(to);
    (state.back.get(to) ?? state.back.set(to, []).get(to)).push(from);
  }
}

function fit(state) {
  const { clientWidth: width, clientHeight: height } = state.view;
  const [w, h] = [parseFloat(state.world.style.width), parseFloat(state.world.style.height)];
  // Small graphs are not blown up; wide ones stay readable and open on the node the trace starts at.
  const whole = Math.min(width / w, height / h, 1);
  state.scale = Math.max(whole, Math.min(0.62, 1), least);
  const at = state.world.querySelector('.tg-node.is-start');
  if (state.scale > whole && at) {
    state.x = clamp(width / 2 - (at.offsetLeft + at.offsetWidth / 2) * state.scale, width - w * state.scale, 0);
    state.y = clamp(height / 2 - (at.offsetTop + at.offsetHeight / 2) * state.scale, height - h * state.scale, 0);
  } else {
    state.x = (width - w * state.scale) / 2;
    state.y = (height - h * state.scale) / 2;
  }
  if (w * state.scale <= width) state.x = (width - w * state.scale) / 2;
  if (h * state.scale <= height) state.y = (height - h * state.scale) / 2;
  show(state);
}

function clamp(value, low, high) {
  return Math.max(Math.min(low, high), Math.min(value, Math.max(low, high)));
}

function zoom(state, factor, x = state.view.clientWidth / 2, y = state.view.clientHeight / 2) {
  const scale = clamp(state.scale * factor, least, most);
  state.x = x - (x - state.x) * (scale / state.scale);
  state.y = y - (y - state.y) * (scale / state.scale);
  state.scale = scale;
  show(state);
}

function show(state) {
  state.world.style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
  const shown = state.frame.querySelector('.tg-window');
  if (!shown) return;
  shown.setAttribute('x', -state.x / state.scale);
  shown.setAttribute('y', -state.y / state.scale);
  shown.setAttribute('width', state.view.clientWidth / state.scale);
  shown.setAttribute('height', state.view.clientHeight / state.scale);
}

// Lights everything that leads to the node and everything it leads to.
function light(state, key) {
  if (state.lit === key) return;
  state.lit = key;
  state.world.classList.toggle('has-lit', Boolean(key));
  const up = key ? reach(state.back, key) : new Set();
  const down = key ? reach(state.next, key) : new Set();
  for (const node of state.world.querySelectorAll('.tg-node')) node.classList.toggle('is-lit', up.has(node.dataset.key) || down.has(node.dataset.key));
  for (const edge of state.world.querySelectorAll('.tg-edge')) {
    const { from, to } = edge.dataset;
    edge.classList.toggle('is-lit', (up.has(from) && up.has(to)) || (down.has(from) && down.has(to)));
    edge.classList.toggle('is-near', from === key || to === key);
  }
}

function reach(steps, key) {
  const seen = new Set([key]);
  const open = [key];
  while (open.length > 0) {
    for (const next of steps.get(open.pop()) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}
