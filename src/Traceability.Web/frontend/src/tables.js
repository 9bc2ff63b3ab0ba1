// A table wider than its frame scrolls inside it; a narrower one lets its head stick to the top of the page.
export function watchTable(frame) {
  const table = frame?.querySelector('table');
  if (!table) return;
  const measure = () => frame.classList.toggle('is-wide', table.scrollWidth > frame.clientWidth + 1);
  const observer = new ResizeObserver(() => {
    if (frame.isConnected) measure();
    else observer.disconnect();
  });
  observer.observe(frame);
  observer.observe(table);
}
