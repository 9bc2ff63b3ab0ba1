// The public verification page: where the browser can, the fingerprint is computed here and the file is not sent.
export function listenForVerification() {
  document.addEventListener('submit', async (event) => {
    const form = event.target.closest?.('form[data-verifies]');
    const file = form?.querySelector('input[type=file]')?.files[0];
    if (!file || !window.crypto?.subtle) return;
    event.preventDefault();
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const held = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const same = held === form.dataset.verifies;
    for (const panel of form.querySelectorAll('[data-verdict]')) panel.hidden = (panel.dataset.verdict === 'same') !== same;
    form.querySelector('[data-digest]').textContent = held;
  });
}
